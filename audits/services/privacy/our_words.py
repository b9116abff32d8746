"""The words of the program itself, which a name may be as well.

A person chooses their name. Where it is “not”, or a verdict, no erasure may take that
word from what others wrote.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

_WORD = re.compile(r"[^\W_]+")
# Keys, digests and numbers: no letters at all, or hexadecimal ones with a digit.
_KEY = re.compile(r"[\d\W]+|(?=[a-f-]*\d)[0-9a-f-]{4,}")
# What the list of the back office and the queue of tasks are written in.
_OF_OTHERS = "added changed deleted fields name object args kwargs default"


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters.

    >>> words_of("Go-live, O’Neil_x")
    ['go', 'live', 'o', 'neil', 'x']
    """
    return _WORD.findall(text.casefold())


def our_words() -> set[str]:
    """Return every word of pages, methods, columns, choices and modules.

    It reads files, so it is for what happens rarely.
    """
    return set(words_of(" ".join((*_of_files(), *_of_columns(), _OF_OTHERS))))


def are_ours(name: str, ours: Iterable[str]) -> bool:
    """Return whether nothing in a name is a word of people alone.

    >>> ours = {"not", "ready", "migrate"}
    >>> [are_ours(x, ours) for x in ("Migrate", "not ready", "Ann", "7f-bdbb", "!")]
    [True, True, False, True, True]
    """
    if _KEY.fullmatch(name.casefold()):
        return True
    return all(word in ours or _KEY.fullmatch(word) for word in words_of(name))


def _of_files() -> Iterator[str]:
    root = Path(settings.BASE_DIR)
    for folder, ending in (
        ("templates", "html"),
        ("templates", "txt"),
        ("audits", "yaml"),
    ):
        for path in (root / folder).rglob(f"*.{ending}"):
            yield path.read_text(encoding="utf-8")
    for path in (root / "audits").rglob("*.py"):
        yield " ".join(path.relative_to(root).with_suffix("").parts)


def _of_columns() -> Iterator[str]:
    yield from settings.TASKS
    for model in apps.get_models():
        yield model._meta.label
        for column in model._meta.concrete_fields:
            yield column.name
            yield from (str(code) for code, _ in column.flatchoices)
