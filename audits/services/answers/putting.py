"""Puts entries into the documents of an audit.

An answer that is replaced after it led to a settled verdict stays in its entry, so that
every reader is told which verdict it would give.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from audits.frameworks.questions import UNKNOWN
from audits.models import Audit, User, Version
from audits.scoring.inputs import codes_of
from audits.scoring.told.moved_answers import EarlierAnswer
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Stored
from audits.services.answers.set_aside import version_of

LED = "led"
_SITTING = "sitting"
_MOST_KEPT = 5  # of a question
_A_SITTING = timedelta(minutes=30)


def put_entry(
    audit: Audit, key: Key, value: Any, *, by: User, sender: Sender
) -> Version:
    """Change an entry of the audit, and return the version to keep of it."""
    kind, item = key
    before = audit.entries(kind).get(item)
    number, now = Stored.of(before).version + 1, timezone.now()
    led = _led(audit, item, value, by) if kind == "answer" else []
    audit.entries(kind)[item] = {
        "value": value,
        "version": number,
        "by": by.pk,
        "at": now.isoformat(timespec="seconds"),
        "tab": sender.tab,
        "seq": sender.seq,
        **({LED: led} if led else {}),
    }
    return version_of(audit, key, value, number, by)


def earlier_answers(audit: Audit) -> tuple[EarlierAnswer, ...]:
    """Return the answers that led to a settled verdict and were replaced since.

    Note: one query, and none where there are none.
    """
    if not (found := [*_kept(audit)]):
        return ()
    pks = {each["by"] for _, each in found}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=pks)}
    return tuple(
        EarlierAnswer(
            question=question,
            code=codes_of({question: each["value"]})[question],
            level=each["level"],
            by=names.get(each["by"], ""),
            on=date.fromisoformat(each["on"]),
            is_same_sitting=bool(each.get(_SITTING)),
        )
        for question, each in found
    )


def _kept(audit: Audit) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for question, entry in audit.answers.items():
        for each in entry.get(LED, ()):
            yield question, each


def _sitting(audit: Audit, before: Mapping[str, Any]) -> dict[str, bool]:
    """Mark what is replaced soon after it was given, before anything was submitted.

    Who answers tries, and settles conflicts. Reviewers read of it all the same.
    """
    if audit.submitted_at or not before.get("at"):
        return {}
    is_soon = timezone.now() - datetime.fromisoformat(before["at"]) < _A_SITTING
    return {_SITTING: True} if is_soon else {}


def _led(audit: Audit, item: str, value: Any, by: User) -> list[dict[str, Any]]:
    """Return the earlier answers to keep: none since it was as it is again.

    Of too many the second oldest goes, so that what it was first always stays.
    """
    before = audit.answers.get(item, {})
    led, old = [*before.get(LED, ())], before.get("value")
    is_settled = bool(audit.verdict) and not audit.is_provisional
    if is_settled and old not in (None, UNKNOWN, value):
        level = audit.levels.get(item, {}).get("value")
        today = timezone.localdate().isoformat()
        kept = {"value": old, "level": level, "by": by.pk, "on": today}
        led.append(kept | _sitting(audit, before))
    for place, each in enumerate(led):
        if each["value"] == value:
            return led[:place]
    return led if len(led) <= _MOST_KEPT else [led[0], *led[2:]]
