"""What people did in an audit before it was submitted, for its timeline."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal
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
from audits.models.events import IMPORTED
from audits.scoring.explaining.completeness import named
from audits.services.answers.words import label_of, words_of
from audits.services.people.answered_asks import labels_answered
from audits.services.verdicts.assessments import framework_of

# A copy or a renewal is written in less.
_BEGINS = timedelta(seconds=2)

_OF_OFFER = "proposal_"

# An answer that is changed so long after it was given is a change of mind, no slip.
_LEFT = timedelta(seconds=30)

type Did = Literal[
    "asked",
    "asked_answered",
    "answered",
    "notes",
    "numbers",
    "offer",
    "typed",
    "both_answered",
]


# What leads to a verdict.
DECIDE: tuple[Did, ...] = ("answered", "numbers", "typed")


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """An answer in words: to which question, and what it was before, if it was."""

    label: str
    now: str
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One thing that somebody did.

    `other` is whom they asked, who had asked them, or whose answer was not kept, and
    `about` a question or a section. `named` are the questions that they answered of it,
    and `count` those that they answered or wrote a note on, or the numbers that they
    entered, on a day, before or after a submission. `answers` says each answer.
    """

    kind: Did
    at: datetime
    by: User
    audit: UUID
    other: User | None = None
    about: str = ""
    named: str = ""
    count: int = 0
    answers: tuple[AnswerTold, ...] = ()


def contributions_to(audits: Mapping[UUID, Audit]) -> Iterator[Contribution]:
    """Yield requests, entries of each person and day, and conflicts that are settled.

    Entries are answers, notes, numbers, those of an offer, and results that were typed
    with their target. One that a copy or a
    renewal brought is nobody's of that day. Of notes and numbers only how many there
    are is told.
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
    verbs = (
        *("use_case.registered", IMPORTED, "use_case.copied"),
        "audit.begun_again",
    )
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


@dataclass(slots=True)
class _Group:
    """What somebody entered of one kind in one go: each item before it and after it."""

    kind: str
    at: datetime
    last: str = ""
    items: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def add(self, item: str, at: datetime, was: Any, now: Any) -> None:
        self.at, self.last = max(self.at, at), item
        first, _ = self.items.get(item, (was, None))
        self.items[item] = first, now

    def is_other_mind(self, item: str, at: datetime, now: Any) -> bool:
        """Return whether an entry corrects one of these that somebody had left."""
        _, before = self.items.get(item, (None, now))
        return before != now and (item != self.last or at - self.at >= _LEFT)


@dataclass(slots=True)
class _Entered:
    """What somebody entered in an audit on a day, in the order in which it was."""

    groups: list[tuple[Did, _Group]] = field(default_factory=list)

    def add(
        self, did: Did, kind: str, item: str, at: datetime, *, was: Any, now: Any
    ) -> None:
        """Add an entry to the last ones of its kind, unless it comes apart from them.

        It does after what was entered of another kind that decides, and as a change of
        mind.
        """
        found = next((each for k, each in reversed(self.groups) if k == did), None)
        if found is None or (did in DECIDE and self._is_apart(found, item, at, now)):
            found = _Group(kind, at)
            self.groups.append((did, found))
        found.add(item, at, was, now)

    def _is_apart(self, found: _Group, item: str, at: datetime, now: Any) -> bool:
        between = (
            found.at < other.at < at
            for did, other in self.groups
            if did in DECIDE and other is not found
        )
        return any(between) or found.is_other_mind(item, at, now)


def _entries(audits: Mapping[UUID, Audit]) -> Iterator[Contribution]:
    found = Version.objects.filter(audit__in=audits, set_aside=False)
    entered: dict[tuple[UUID, int, date, int], _Entered] = defaultdict(_Entered)
    submitted = list(
        Submission.objects.filter(audit__in=audits).values_list("audit", "at")
    )
    last: dict[tuple[UUID, str, str], Any] = {}
    rows = found.exclude(kind=Version.Kind.LEVEL).order_by("at", "number")
    for pk, by, kind, item, at, value in rows.values_list(
        *("audit", "by", "kind", "item", "at", "value")
    ):
        was, last[pk, kind, item] = last.get((pk, kind, item)), value
        if value is None or _was_brought(audits[pk], at) or _is_told(kind, value):
            continue
        # What is corrected after a submission is not told as entered with the rest.
        before = sum(audit == pk and sent < at for audit, sent in submitted)
        day = entered[pk, by, timezone.localdate(at), before]
        day.add(_did(kind, item), kind, item, at, was=was, now=value)
    people = User.objects.in_bulk({by for _, by, *_ in entered})
    for (pk, by, *_), each in entered.items():
        for did, group in each.groups:
            yield Contribution(
                kind=did,
                at=group.at,
                by=people[by],
                audit=pk,
                count=len(group.items),
                answers=_told(audits[pk], did, group),
            )


def _is_told(kind: str, value: Mapping[str, Any]) -> bool:
    """Return whether a result is told with its file, or as one that was changed."""
    of_files = ("sha256", "wrong", "replaced")
    return kind == Version.Kind.CANDIDATE and any(value.get(x) for x in of_files)


def _told(audit: Audit, did: Did, group: _Group) -> tuple[AnswerTold, ...]:
    """Return answers and results in words, answers in the order of the questions."""
    if did not in ("answered", "typed"):
        return ()
    framework = framework_of(audit)
    items = list(group.items)
    if did == "answered":
        items = [each.id for each in framework.questions if each.id in group.items]
    told = []
    for item in items:
        was, now = (
            words_of(framework, group.kind, item, value) if value else ""
            for value in group.items[item]
        )
        label = label_of(framework, group.kind, item)
        told.append(AnswerTold(label, now, "" if was == now else was))
    return tuple(told)


def _did(kind: str, item: str) -> Did:
    if kind == Version.Kind.ANSWER:
        return "answered"
    if kind == Version.Kind.CANDIDATE:
        return "typed"
    if kind == Version.Kind.NOTE:
        return "notes"
    return "offer" if item.startswith(_OF_OFFER) else "numbers"


def brought_until(audit: Audit) -> datetime | None:
    """Return until when an audit was given the answers that it began with, if any."""
    has_answers = audit.supersedes_id or audit.copied_from_id or audit.copied_number
    return audit.created_at + _BEGINS if has_answers else None


def _was_brought(audit: Audit, at: datetime) -> bool:
    """Return whether an audit began with the answer of that moment."""
    until = brought_until(audit)
    return until is not None and at <= until


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
