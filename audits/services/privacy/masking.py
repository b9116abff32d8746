"""Masks the name and the address of a person in text, wherever it is stored."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import models
from django_tasks_db.models import DBTaskResult

from audits.models import Event, Organization, User
from audits.services.privacy.rows import own_models

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
_BATCH = 200
# The record keeps people as numbers, and its digests cover every character.
_KEPT = (Event,)


class Mask:
    """What is searched for: whole names and addresses, as they are and as they were.

    A name is found in any case; one of two letters, such as “Bo”, only as it is
    written, since it may be a word. Chinese and other writing without spaces has no
    whole words.
    """

    def __init__(self, person: User) -> None:
        said = dict.fromkeys((person.email, person.name.strip(), *person.former))
        taken = _taken_by_others(person)
        found = [x for x in said if x not in taken and len(x) >= _FEWEST]
        # The longest first: a former name may be the beginning of another.
        patterns = map(_pattern, sorted(found, key=len, reverse=True))
        self._said = re.compile("|".join(patterns))

    def finds(self, value: Any) -> bool:
        """Whether a text, or any text in a JSON value, names the person."""
        if isinstance(value, str):
            return bool(self._said.search(value))
        if isinstance(value, dict):
            return any(self.finds(each) for pair in value.items() for each in pair)
        if isinstance(value, list | tuple):
            return any(map(self.finds, value))
        return False

    def put(self, value: Any, room: int | None = None) -> Any:
        """Return a value without the person, in at most so many characters."""
        if isinstance(value, str):
            return self._said.sub(MASK, value)[:room]
        if isinstance(value, dict):
            return {self.put(key): self.put(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.put(each) for each in value]
        return value


def _pattern(said: str) -> str:
    """Return the pattern of a name or an address.

    >>> [bool(re.search(_pattern("Bo"), x)) for x in ("Bo asked", "a bo", "Bob")]
    [True, False, False]
    >>> [bool(re.search(_pattern("李娜"), x)) for x in ("请问李娜的意见", "李 娜")]
    [True, False]
    >>> said = ("ANN  LEE.", "请问Ann Lee的意见", "Joann Lee, Ann Leeds")
    >>> [bool(re.search(_pattern("Ann Lee"), x)) for x in said]
    [True, True, False]
    """
    words = r"\s+".join(map(re.escape, said.split()))
    before = "" if re.match(rf"[{_UNSPACED}]", said[0]) else rf"(?<!{_LETTER})"
    after = "" if re.match(rf"[{_UNSPACED}]", said[-1]) else rf"(?!{_LETTER})"
    case = "" if len(said) <= _SHORT else "i"
    return rf"(?{case}:{before}{words}{after})"


def _taken_by_others(person: User) -> set[str]:
    """Return the former addresses of a person that somebody else has now."""
    own = [each for each in person.former if "@" in each]
    others = User.objects.filter(email__in=own).exclude(pk=person.pk)
    return {*others.values_list("email", flat=True)}


def mask_rows(mask: Mask, organizations: list[Organization]) -> dict[str, list[str]]:
    """Mask a person in all text of some organizations; return the keys of what changed.

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
    for organization in organizations:
        own = Organization._base_manager.filter(pk=organization.pk)
        list(_mask(mask, Organization, own))
    return found


def mask_elsewhere(mask: Mask) -> None:
    """Mask a person in the back office's list, and in the queue of tasks."""
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
    columns = {f.attname: f for f in model._meta.concrete_fields if _has_text(f)}
    if not columns:
        return
    read = rows.order_by("pk").values_list("pk", *columns)
    for pk, *values in read.iterator(chunk_size=_BATCH):
        said = zip(columns.items(), values, strict=True)
        changed = {
            name: mask.put(value, getattr(field, "max_length", None))
            for (name, field), value in said
            if mask.finds(value)
        }
        if changed:
            model._base_manager.filter(pk=pk).update(**changed)
            yield str(pk)


def _has_text(field: models.Field[Any, Any]) -> bool:
    """Whether people's words can be in a column: no key, file or choice of ours."""
    if field.primary_key or field.is_relation or field.choices:
        return False
    if isinstance(field, models.FileField):
        return False
    return isinstance(field, models.CharField | models.TextField | models.JSONField)
