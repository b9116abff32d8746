"""Masks the name and the address of a person in text, wherever it is stored."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import models
from django_tasks_db.models import DBTaskResult

from audits.models import Event, Organization, User
from audits.services.privacy.our_words import are_ours, our_words
from audits.services.privacy.rows import own_models
from audits.services.privacy.written import put_in, written_columns

MASK = "Erased person"
_FEWEST = 2  # letters of a name that is searched for
_SHORT = 2  # letters of a name that may be a word in other case
# Thai, Lao, Burmese, Khmer, kana, Chinese and Hangul: no space has to be before or
# after a name in them.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
)
_LETTER = rf"[^\W_{_UNSPACED}]"
_NOTHING = r"(?!)"
_BATCH = 200
# The record keeps people as numbers, and its digests cover every character.
_KEPT = (Event,)


class Mask:
    """What is searched for: whole names and addresses, as they are and as they were.

    A name is found in any case; one of two letters, such as “Bo”, only as it is
    written, since it may be a word. Chinese and other writing without spaces has no
    whole words. A name of nothing but words of the program is found only as people
    write names, with capitals; a single such word, a colleague's name or address is not
    searched for: `spared` has these, and `left` their places, for somebody to look at.
    """

    def __init__(self, person: User, organizations: list[Organization]) -> None:
        self.left: list[str] = []
        self.spared: list[str] = []
        said = dict.fromkeys((person.email, person.name.strip(), *person.former))
        taken, ours = _taken_by_others(person, organizations), our_words()
        searched: list[str] = []
        # The longest first: a former name may be the beginning of another.
        for each in sorted(said, key=len, reverse=True):
            if len(each) < _FEWEST or not each.strip():
                continue
            is_name = "@" not in each and are_ours(each, ours)
            if each.casefold() in taken or (is_name and len(each.split()) == 1):
                self.spared += [] if "@" in each else [each]
            else:
                searched.append(_pattern(each, in_capitals=is_name))
        self._said = re.compile("|".join(searched) or _NOTHING)
        left = map(_pattern, self.spared)
        self._left = re.compile("|".join(left) or _NOTHING)

    def finds(self, value: Any) -> bool:
        """Whether a text, or any text in a JSON value, names the person."""
        if isinstance(value, str):
            return bool(self._said.search(value))
        if isinstance(value, dict):
            return any(map(self.finds, value.values()))
        if isinstance(value, list | tuple):
            return any(map(self.finds, value))
        return False

    def put(self, text: str) -> str:
        """Return a text without the person."""
        return self._said.sub(MASK, text)

    def leaves(self, text: str) -> str:
        """Return a text that differs where it may name the person, but is left."""
        return self._left.sub(MASK, text)


def _pattern(said: str, *, in_capitals: bool = False) -> str:
    """Return the pattern of a name or an address.

    >>> [bool(re.search(_pattern("Bo"), x)) for x in ("Bo asked", "a bo", "Bob")]
    [True, False, False]
    >>> [bool(re.search(_pattern("李娜"), x)) for x in ("请问李娜的意见", "李 娜")]
    [True, False]
    >>> said = ("ANN  LEE.", "请问Ann Lee的意见", "Joann Lee, Ann Leeds")
    >>> [bool(re.search(_pattern("Ann Lee"), x)) for x in said]
    [True, True, False]
    >>> said = ("Will May", "WILL MAY", "will may")
    >>> [bool(re.search(_pattern("will may", in_capitals=True), x)) for x in said]
    [True, True, False]
    """
    words = r"\s+".join(map(_in_capitals if in_capitals else re.escape, said.split()))
    before = "" if re.match(rf"[{_UNSPACED}]", said[0]) else rf"(?<!{_LETTER})"
    after = "" if re.match(rf"[{_UNSPACED}]", said[-1]) else rf"(?!{_LETTER})"
    case = "" if in_capitals or len(said) <= _SHORT else "i"
    return rf"(?{case}:{before}{words}{after})"


def _in_capitals(word: str) -> str:
    return rf"{re.escape(word[0].upper())}(?i:{re.escape(word[1:])})"


def _taken_by_others(person: User, organizations: list[Organization]) -> set[str]:
    """Return addresses that somebody else has, and names that colleagues have."""
    said = [person.name.strip(), *person.former]
    others = User.objects.exclude(pk=person.pk)
    addresses = others.filter(email__in=[x.lower() for x in said if "@" in x])
    names = others.filter(memberships__organization__in=organizations)
    return {
        x.strip().casefold()
        for x in (
            *addresses.values_list("email", flat=True),
            *names.values_list("name", flat=True),
        )
    } - {person.email.casefold()}


def mask_rows(mask: Mask, organizations: list[Organization]) -> dict[str, list[str]]:
    """Mask a person in what people wrote in some organizations; return the keys.

    Args:
        mask: What is masked.
        organizations: Those that they ever belonged to.
    """
    found: dict[str, list[str]] = {}
    for model in own_models():
        if model in _KEPT:
            continue
        rows = model._base_manager.filter(organization__in=organizations)
        if keys := list(_mask(mask, model, rows)):
            found[str(model._meta.model_name)] = keys
    return found


def mask_elsewhere(mask: Mask) -> None:
    """Mask a person in the back office's list, and in what tasks said."""
    list(_mask(mask, LogEntry, LogEntry._base_manager.all()))
    list(_mask(mask, DBTaskResult, DBTaskResult._base_manager.all()))


def lines_that_name(mask: Mask, organizations: list[Organization]) -> int:
    """Count the lines of records that name a person; there should be none."""
    rows = Event._base_manager.filter(organization__in=organizations)
    details = rows.values_list("subject", "details").iterator(chunk_size=_BATCH)
    return sum(map(mask.finds, details))


def _mask(
    mask: Mask, model: type[models.Model], rows: models.QuerySet[Any]
) -> Iterator[str]:
    columns = written_columns(model)
    if not columns:
        return
    read = rows.order_by("pk").values_list("pk", *columns)
    for pk, *values in read.iterator(chunk_size=_BATCH):
        changed = {}
        for (name, field), value in zip(columns.items(), values, strict=True):
            masked = put_in(field, value, mask.put)
            if masked != value:
                changed[name] = masked
            if put_in(field, masked, mask.leaves) != masked:
                mask.left.append(f"{model._meta.model_name}.{name} ({pk})")
        if changed:
            model._base_manager.filter(pk=pk).update(**changed)
            yield str(pk)
