"""What people did in an audit before it was submitted, for its timeline."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.utils import timezone

from audits.models import (
    AnswerRequest,
    Audit,
    Event,
    Submission,
    UseCase,
    User,
    Version,
)
from audits.scoring.explaining.completeness import named
from audits.services.people.answered_asks import labels_answered
from audits.services.verdicts.assessments import framework_of

# A copy or a renewal is written in less.
_BEGINS = timedelta(seconds=2)

_OF_OFFER = "proposal_"

type Did = Literal[
    "asked", "asked_answered", "answered", "notes", "numbers", "offer", "both_answered"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One thing that somebody did.

    `other` is whom they asked, who had asked them, or whose answer was not kept, and
    `about` a question or a section. `named` are the questions that they answered of it,
    and `count` those that they answered or wrote a note on, or the numbers that they
    entered, on a day, before or after a submission.
    """

    kind: Did
    at: datetime
    by: User
    audit: UUID
    other: User | None = None
    about: str = ""
    named: str = ""
    count: int = 0


def contributions_to(audits: Mapping[UUID, Audit]) -> Iterator[Contribution]:
    """Yield requests, entries of each person and day, and conflicts that are settled.

    Entries are answers, notes, numbers, and those of an offer. One that a copy or a
    renewal brought is nobody's of that day. What it said is not told.
    """
    yield from _asks(audits)
    yield from _entries(audits)
    yield from _settled(audits)


def starters_of(use_case: UseCase, audits: Sequence[UUID]) -> dict[UUID, User]:
    """Return who started each audit of a use case, where the record says so.

    Args:
        use_case: The use case.
        audits: Its audits, the first one first.
    """
    subjects = {str(pk): pk for pk in audits}
    if audits:
        subjects[use_case.reference] = audits[0]
    verbs = ("use_case.registered", "use_case.copied", "audit.begun_again")
    found = Event.objects.filter(
        organization=use_case.organization_id, verb__in=verbs, subject__in=subjects
    )
    return {
        subjects[event.subject]: event.actor
        for event in found.select_related("actor")
        if event.actor
    }


def _asks(audits: Mapping[UUID, Audit]) -> Iterator[Contribution]:
    asks = AnswerRequest.objects.filter(audit__in=audits)
    found = [*asks.select_related("by", "of", "closed_by")]
    for ask in found:
        ask.audit = audits[ask.audit_id]
    answered = labels_answered([ask for ask in found if _is_answered(ask)])
    for ask in found:
        audit = ask.audit
        about = _label(audit, ask.question) if ask.question else ""
        about = about or _section(audit, ask.section)
        asked = Contribution(
            kind="asked",
            at=ask.at,
            by=ask.by,
            audit=audit.pk,
            other=ask.of,
            about=about,
        )
        yield asked
        if _is_answered(ask) and ask.closed_at and ask.closed_by:
            labels = answered.get(ask.pk, [])
            yield replace(
                asked,
                kind="asked_answered",
                at=ask.closed_at,
                by=ask.closed_by,
                other=ask.by,
                named=named(labels) if labels else "",
            )


def _is_answered(ask: AnswerRequest) -> bool:
    return ask.closed_as == AnswerRequest.ClosedAs.ANSWERED


def _entries(audits: Mapping[UUID, Audit]) -> Iterator[Contribution]:
    kinds = (Version.Kind.ANSWER, Version.Kind.NOTE, Version.Kind.NUMBER)
    found = Version.objects.filter(
        audit__in=audits, kind__in=kinds, set_aside=False, value__isnull=False
    )
    days: dict[tuple[UUID, int, date, int, Did], tuple[datetime, set[str]]] = {}
    submitted = list(
        Submission.objects.filter(audit__in=audits).values_list("audit", "at")
    )
    for pk, by, kind, item, at in found.values_list(
        "audit", "by", "kind", "item", "at"
    ):
        if _was_brought(audits[pk], at):
            continue
        # What is corrected after a submission is not told as entered with the rest.
        before = sum(audit == pk and sent < at for audit, sent in submitted)
        key = (pk, by, timezone.localdate(at), before, _did(kind, item))
        last, items = days.get(key, (at, set()))
        days[key] = max(last, at), items | {item}
    people = User.objects.in_bulk({by for _, by, *_ in days})
    for (pk, by, *_, did), (at, items) in days.items():
        yield Contribution(kind=did, at=at, by=people[by], audit=pk, count=len(items))


def _did(kind: str, item: str) -> Did:
    if kind == Version.Kind.ANSWER:
        return "answered"
    if kind == Version.Kind.NOTE:
        return "notes"
    return "offer" if item.startswith(_OF_OFFER) else "numbers"


def _was_brought(audit: Audit, at: datetime) -> bool:
    """Return whether an audit began with the answer of that moment."""
    has_answers = audit.supersedes_id or audit.copied_from_id or audit.copied_number
    return bool(has_answers) and at <= audit.created_at + _BEGINS


def _settled(audits: Mapping[UUID, Audit]) -> Iterator[Contribution]:
    """Yield of each question the last answer that was set aside, once it was chosen."""
    of_answers = Version.objects.filter(
        audit__in=audits, kind=Version.Kind.ANSWER
    ).select_related("by")
    aside = {
        (each.audit_id, each.item, each.by_id): each
        for each in of_answers.filter(set_aside=True).order_by("at", "pk")
    }
    items = {item for _, item, _ in aside}
    counted = [*of_answers.filter(set_aside=False, item__in=items)] if items else []
    for (pk, item, _), mine in aside.items():
        here = [x for x in counted if (x.audit_id, x.item) == (pk, item)]
        before = [x for x in here if x.at <= mine.at and x.number > mine.number]
        theirs = max(before, key=lambda each: each.number, default=None)
        if not mine.settled or theirs is None or theirs.by_id == mine.by_id:
            continue
        after = next((x for x in here if x.number == theirs.number + 1), None)
        is_kept = after is not None and after.by_id == mine.by_id
        kept, not_kept = (mine, theirs) if is_kept else (theirs, mine)
        yield Contribution(
            kind="both_answered",
            at=after.at if after and is_kept else mine.at,
            by=kept.by,
            audit=pk,
            other=not_kept.by,
            about=_label(audits[pk], item),
        )


def _label(audit: Audit, question: str) -> str:
    found = framework_of(audit).question_by_id.get(question)
    return found.label if found else ""


def _section(audit: Audit, section: str) -> str:
    titles = {each.id: each.title for each in framework_of(audit).sections}
    return titles.get(section, "")
