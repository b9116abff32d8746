"""Whether two names of teams are one, or are so alike that one may be a slip."""

from collections.abc import Iterable
from difflib import SequenceMatcher

ARCHIVED = (
    "The team “{}” is archived. Choose another one, or ask an administrator to bring "
    "it back"
)
# In names shorter than this, one other letter makes another name, as in HR and IT.
_SHORTEST = 5
_TWO_LETTERS_FROM = 8


def tidied(name: str) -> str:
    """Return a name with single spaces and none around it."""
    return " ".join(name.split())


def key_of(name: str) -> str:
    """Return what is the same in all spellings of one name: no case, single spaces."""
    return tidied(name).casefold()


def same_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a name is, in any case and spacing; else None.

    The same spelling comes first.
    """
    key = key_of(name)
    same = [each for each in known if key_of(each) == key]
    return name if name in same else next(iter(same), None)


def similar_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like another; None if none is.

    One letter may differ, and two in a name of 8 characters or more. A number that
    differs makes another name.
    """
    key = key_of(name)
    most = 2 if len(key) >= _TWO_LETTERS_FROM else 1
    found = [
        (differing, each)
        for each in known
        if (differing := _letters_between(key, key_of(each))) <= most
    ]
    return min(found)[1] if found and len(key) >= _SHORTEST else None


def _letters_between(one: str, other: str) -> int:
    """Return how many letters differ; many where a number does."""
    far = len(one) + len(other)
    if abs(len(one) - len(other)) > 2 or _digits(one) != _digits(other):  # noqa: PLR2004 - as many letters may differ
        return far
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(
        max(end - start, until - begin)
        for step, start, end, begin, until in steps
        if step != "equal"
    )


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))
