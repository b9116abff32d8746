"""What waits for a person, as their inbox has it, for the page that they open first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse

from audits.access.inbox import waiting_of
from audits.frameworks.named import NamedVerdict
from audits.models import Audit, NoticeKind
from audits.models.inbox.columns import Notice, Reader
from audits.models.queries.written_once import written_once
from audits.models.use_cases import Stage
from audits.services.discussion.notice_words import ends_on, granted_of, label_of
from audits.services.discussion.urgency import urgency_of
from audits.services.people.times_of_day import is_over
from audits.services.portfolio.cases import CaseLine, case_lines
from audits.services.verdicts.assessments import verdict_shown

_OF_CASE = (NoticeKind.TO_REVIEW, NoticeKind.LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """One row: what waits, where it is done, and the verdict of its audit.

    `ends_on` is the day on which a model is shut down, or until when a condition must
    be met. `case` says of one in review what it asks for, and `granted` what the board
    approved of one to carry out.
    """

    notice: Notice
    label: str
    team: str
    verdict: NamedVerdict | None
    ends_on: date | None
    case: CaseLine | None
    granted: str

    @property
    def is_overdue(self) -> bool:
        """Whether that day is over."""
        return is_over(self.ends_on)

    @property
    def urgency(self) -> str:
        """The classes of its tag, as in the inbox."""
        return urgency_of(self.notice, self.ends_on, self.case)

    @property
    def can_wait(self) -> bool:
        """Whether it is the review of a use case that has stopped."""
        notice = self.notice
        return notice.kind == NoticeKind.DUE and notice.flag == Stage.STOPPED

    @property
    def path(self) -> str:
        """The address that marks it as read and leads to its place."""
        return reverse("notice", args=(self.notice.kind, self.notice.subject))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many things wait, as the inbox counts them, and the last of them.

    `later` is, by its audit, what can wait and is said in the row of its use case.
    """

    number: int
    rows: tuple[WaitingRow, ...]
    later: Mapping[UUID, WaitingRow]

    @property
    def now(self) -> int:
        """How many of them cannot wait."""
        return self.number - len(self.later)

    @property
    def due(self) -> frozenset[UUID]:
        """The audits whose row says why their verdict is due for review."""
        notices = (row.notice for row in (*self.rows, *self.later.values()))
        return frozenset(x.audit_id for x in notices if x.kind == NoticeKind.DUE)

    @property
    def whole(self) -> frozenset[UUID]:
        """The audits of which a row is about the use case as a whole: listed once.

        A condition is not: what the board decides may be due before it.
        """
        notices = (row.notice for row in self.rows if not row.label)
        return frozenset(x.audit_id for x in notices if x.kind != NoticeKind.CONDITION)


def waiting_for(reader: Reader, listed: Sequence[Audit]) -> Waiting:
    """Return what waits for a reader.

    Args:
        reader: Who it is.
        listed: Audits that were read with the name of their team.
    """
    number, notices = waiting_of(reader)
    blind = reader.member.organization.second_opinion_since is not None
    rows = _rows(notices, listed, reader.member.user_id, blind=blind)
    shown = {audit.pk for audit in listed}
    later = {x.notice.audit_id: x for x in rows if x.can_wait} if rows else {}
    later = {pk: row for pk, row in later.items() if pk in shown}
    kept = tuple(row for row in rows if later.get(row.notice.audit_id) is not row)
    return Waiting(number=number, rows=kept, later=later)


def _rows(
    notices: Sequence[Notice], listed: Iterable[Audit], reader: int, *, blind: bool
) -> tuple[WaitingRow, ...]:
    """Return the rows; where second opinions are asked for, none to review tells it."""
    hidden = (NoticeKind.TO_REVIEW,) if blind else ()
    if not notices:
        return ()
    audits = _audits_of(notices, listed)
    waits = {each.audit_id for each in notices if each.kind in _OF_CASE}
    cases = case_lines(waits, reader)
    granted = granted_of(notices)
    return tuple(
        WaitingRow(
            notice=notice,
            label=label_of(notice),
            team=audits[notice.audit_id].team_name,
            verdict=None
            if notice.kind in hidden
            else verdict_shown(audits[notice.audit_id]),
            ends_on=ends_on(notice),
            case=cases.get(notice.audit_id) if notice.kind in _OF_CASE else None,
            granted=granted.get(notice.audit_id, ""),
        )
        for notice in notices
    )


def _audits_of(notices: Iterable[Notice], listed: Iterable[Audit]) -> dict[UUID, Any]:
    """Return the audits of notices: mostly all of them are listed already."""
    audits = {audit.pk: audit for audit in listed}
    others = {notice.audit_id for notice in notices} - audits.keys()
    if others:
        wanted = {f"audit_{place}": pk for place, pk in enumerate(others)}
        audits |= {audit.pk: audit for audit in _audits(**wanted)}
    return audits


@written_once
def _audits(**wanted: Any) -> "QuerySet[Audit]":
    found = Audit.objects.filter(pk__in=[*wanted.values()])
    named = found.annotate(team_name=F("use_case__team__name"))
    told = ("framework", "framework_version", "verdict", "comes_first", "override")
    return named.only(*told)
