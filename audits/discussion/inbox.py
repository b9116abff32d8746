"""The rows of an inbox: what they are about, and where they lead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload
from uuid import UUID

from django.urls import reverse

from audits.access.inbox import last_of, notices_of
from audits.discussion.asks import AskRow, row_of
from audits.models import (
    AnswerRequest,
    Audit,
    Membership,
    NoticeKind,
    Review,
    SecondOpinion,
)
from audits.models.inbox.columns import Notice
from audits.scoring.explaining.completeness import named
from audits.services.discussion.notice_words import (
    ends_on,
    granted_of,
    label_of,
    question_of,
)
from audits.services.discussion.urgency import urgency_of
from audits.services.people.answered_asks import labels_answered
from audits.services.people.mails import path_to_answer
from audits.services.people.times_of_day import is_over
from audits.services.portfolio.cases import CaseLine, case_lines
from audits.services.reviews.opinions.own_verdict import other_verdict
from audits.services.reviews.points import Point, points_in
from audits.services.reviews.returned import waits_for

OF_CASE = (NoticeKind.TO_REVIEW, NoticeKind.LATE)

UNREAD = "unread"

# Who may answer an audit that was sent back, and what of it.
type Returned = tuple[str, tuple[Point, ...]]
# What is read for rows: cases, what was sent back, second opinions, what is approved.
type _Beside = tuple[
    dict[UUID, CaseLine], dict[UUID, Returned], dict[str, str], dict[UUID, str]
]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an inbox, in words.

    `asked` is its request, if somebody asks; `answered` what was answered of one of the
    reader's, and `answer` what a question is answered with now; `ends_on` the day on
    which a model is shut down, or until when a condition must be met. `case` says of
    one in review what it asks for. Of one that was sent back, `points` is what to
    answer again, and `waits_for` says who may. `counted` says how a second opinion
    compares with the submission, and `granted` what the board approved.
    """

    notice: Notice
    label: str
    asked: AskRow | None
    answered: str
    ends_on: date | None
    answer: str = ""
    case: CaseLine | None = None
    points: tuple[Point, ...] = ()
    waits_for: str = ""
    counted: str = ""
    granted: str = ""

    @property
    def says_day(self) -> bool:
        """Whether the sentence of its kind has the day of the decision already."""
        return self.notice.kind == NoticeKind.LATE

    @property
    def is_overdue(self) -> bool:
        """Whether that day is over."""
        return is_over(self.ends_on)

    @property
    def urgency(self) -> str:
        """The classes of its tag: due, to do, or neither while it can wait."""
        return urgency_of(self.notice, self.ends_on, self.case)

    @property
    def path(self) -> str:
        """The address that marks it as read and leads to its place."""
        return reverse("notice", args=(self.notice.kind, self.notice.subject))


class Notices(Sequence[Notice]):
    """Rows of an inbox that a page at a time is read of, and how many there are.

    They are of one kind, unread, or all. The query of the first page is written once.
    """

    def __init__(
        self, member: Membership, chosen: str, number: int, on_a_page: int
    ) -> None:
        self._member, self._number, self._on_a_page = member, number, on_a_page
        self._unread = chosen == UNREAD
        self._kind = "" if self._unread else chosen

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, place: int) -> Notice: ...

    @overload
    def __getitem__(self, place: slice) -> list[Notice]: ...

    def __getitem__(self, place: int | slice) -> Notice | list[Notice]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        return [Notice.of(columns) for columns in self._columns(place)]

    def _columns(self, place: slice) -> Iterable[tuple[Any, ...]]:
        member, unread = self._member, self._unread
        if not self._number:
            return ()
        if place.stop <= self._on_a_page:
            found = last_of(member, self._kind, self._on_a_page, unread=unread)
            return found[place]
        kinds = [self._kind] if self._kind else NoticeKind.values
        return notices_of(member, kinds, unread=unread)[place]


def rows_of(notices: Iterable[Notice]) -> list[Row]:
    """Return rows in words; one query for all requests, one for what was answered."""
    notices = list(notices)
    kinds = (NoticeKind.ASKED, NoticeKind.ANSWERED)
    asked = {row.subject for row in notices if row.kind in kinds}
    asks = AnswerRequest.objects.with_audit().in_bulk(asked) if asked else {}
    as_answered = AnswerRequest.ClosedAs.ANSWERED
    labels = labels_answered(
        [
            asks[row.subject]
            for row in notices
            if row.kind == NoticeKind.ANSWERED
            and row.flag == as_answered
            and row.subject in asks
        ]
    )
    answered = {pk: named(found) for pk, found in labels.items() if found}
    of_case = {row.audit_id for row in notices if row.kind in OF_CASE and row.waits}
    returned = _returned([row.subject for row in notices if _is_sent_back(row)])
    beside = case_lines(of_case), returned, _opinions(notices), granted_of(notices)
    return list(_rows(notices, asks, answered, beside))


def _opinions(notices: Iterable[Notice]) -> dict[str, str]:
    """Return how second opinions compare with what was submitted, by their number."""
    which = [notice.flag for notice in notices if _is_opinion(notice)]
    rows = SecondOpinion.objects.filter(pk__in=which)
    found = rows.select_related("by", "audit__use_case") if which else ()
    return {str(each.pk): _compared(each) for each in found}


def _compared(opinion: SecondOpinion) -> str:
    """Say how an opinion compares, and of what waits or is signed, its own verdict."""
    audit, said = opinion.audit, opinion.counted.said
    is_current = opinion.submitted_at == audit.submitted_at
    other = other_verdict(audit, opinion) if is_current else ""
    return f"{said}; it gives another verdict: {other}" if other else said


def _is_opinion(notice: Notice) -> bool:
    return notice.kind == NoticeKind.OPINION


def _is_sent_back(notice: Notice) -> bool:
    return notice.kind == NoticeKind.SENT_BACK and notice.waits


def _returned(subjects: list[UUID]) -> dict[UUID, Returned]:
    """Return who answers what again of audits that were sent back, by review."""
    if not subjects:
        return {}
    found = Review.objects.filter(pk__in=subjects)
    reviews = list(found.select_related("audit__use_case", "by"))
    who = waits_for(reviews)
    return {
        review.pk: (
            who[review.pk],
            tuple(x for x in points_in(review, review.audit) if x.is_open)
            if review.points
            else (),
        )
        for review in reviews
    }


def place_of(notice: Notice, member: Membership) -> str:
    """Return where a member acts on a row, or reads what it tells."""
    is_draft = notice.state == Audit.State.DRAFT and member.may_contribute
    match notice.kind:
        case NoticeKind.COMMENTED | NoticeKind.MENTIONED:
            return _discussion(notice, is_draft=is_draft)
        case NoticeKind.ASKED:
            is_over = notice.flag == AnswerRequest.ClosedAs.SIGNED
            return _submission(notice) if is_over else _answer(notice)
        case NoticeKind.ANSWERED:
            return _answer(notice) if is_draft else _submission(notice)
        case NoticeKind.CONFLICT | NoticeKind.NOT_KEPT:
            return _conflict(notice)
        case NoticeKind.TO_REVIEW:
            return reverse("review", args=(notice.audit_id,))
        case NoticeKind.NOT_DONE | NoticeKind.CARRY_OUT | NoticeKind.RECORDED:
            return reverse("board", args=(notice.audit_id,))
        case NoticeKind.CONDITION | NoticeKind.MET:
            return reverse("condition", args=(notice.subject,))
    return _as_a_whole(notice, member, is_draft=is_draft)


def _as_a_whole(notice: Notice, member: Membership, *, is_draft: bool) -> str:
    """Return the place of a row that is about a whole audit, or about many."""
    if notice.kind == NoticeKind.GIVEN and notice.flag != "1":
        return reverse("portfolio", query={"owner": str(member.user.public_id)})
    place = "result"
    if notice.kind == NoticeKind.SENT_BACK and is_draft:
        place = "tasks"
    elif notice.kind == NoticeKind.NOT_READY:
        place = "reopen"
    elif notice.kind == NoticeKind.OVERRIDDEN:
        place = "override"
    return reverse(place, args=(notice.audit_id,))


def _discussion(notice: Notice, *, is_draft: bool) -> str:
    path = reverse("older_comments", args=(notice.audit_id, notice.item))
    return f"{_answer(notice) if is_draft else path}#comments-{notice.item}"


def _answer(notice: Notice) -> str:
    return path_to_answer(notice.audit_id, notice.section, notice.item)


def _submission(notice: Notice) -> str:
    fragment = f"q-{notice.item}" if notice.item else None
    return reverse("submission", args=(notice.audit_id,), fragment=fragment)


def _conflict(notice: Notice) -> str:
    """Return where its author chooses; for others, where the answer is."""
    if notice.flag == "mine":
        return reverse("conflicts", args=(notice.audit_id,))
    if question_of(notice):
        return _answer(notice)
    return reverse("tasks", args=(notice.audit_id,))


def _rows(
    notices: Iterable[Notice],
    asks: dict[Any, AnswerRequest],
    answered: dict[UUID, str],
    beside: _Beside,
) -> Iterator[Row]:
    cases, returned, opinions, granted = beside
    for notice in notices:
        is_asked = notice.kind == NoticeKind.ASKED
        ask = asks.get(notice.subject) if is_asked else None
        who, points = returned.get(notice.subject, ("", ()))
        yield Row(
            notice=notice,
            label=label_of(notice),
            asked=row_of(ask) if ask else None,
            answered=answered.get(notice.subject, ""),
            ends_on=ends_on(notice),
            answer=_answer_now(notice, asks) if notice.subject in answered else "",
            case=cases.get(notice.audit_id) if notice.kind in OF_CASE else None,
            points=points,
            waits_for=who,
            counted=opinions.get(notice.flag, "") if _is_opinion(notice) else "",
            granted=granted.get(notice.audit_id, ""),
        )


def _answer_now(notice: Notice, asks: dict[Any, AnswerRequest]) -> str:
    """Return what the question of a request is answered with now; empty if not one."""
    question, code = question_of(notice), asks[notice.subject].audit.codes
    if question is None or question.id not in code:
        return ""
    given = code[question.id]
    chosen = [given] if isinstance(given, str) else given
    return ", ".join(x.name for x in question.options if x.id in chosen)
