"""A person's own use cases, and what waits for them."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.inbox import reader_of, with_inbox_state
from audits.access.members import MemberRequest, members_only
from audits.frameworks.answering.progress import at_start
from audits.frameworks.loading import loader
from audits.models import (
    Audit,
    AuditQuerySet,
    Membership,
    PortfolioRow,
    UseCase,
    User,
)
from audits.models.audits import IN_ROWS
from audits.models.inbox.columns import Reader
from audits.models.inbox.sources import state as inbox_state
from audits.models.portfolio.filters import (
    FOR_VOTE,
    IN_REVIEW,
    NOT_READY,
    SIGNED_WAITING,
    TO_DECIDE,
    asks_board,
    signed_waiting,
)
from audits.models.queries.written_once import written_once
from audits.services.people.times_of_day import today_shown
from audits.services.portfolio.recent import RecentUseCase, recently_changed
from audits.services.verdicts.assessments import verdict_named
from audits.use_cases.done_rows import DECIDED, DoneRow, done_row, is_decided
from audits.use_cases.of_all import of_all
from audits.use_cases.waiting import waiting_for

_A_PAGE = 50
_A_SCREEN = 12  # rows that are looked over at once
_STATES = (Audit.State.DRAFT, Audit.State.IN_REVIEW, Audit.State.SIGNED_OFF)
# The key of the count beside states.
_BOARD = "board"


@members_only
@require_GET
def use_cases(request: MemberRequest) -> HttpResponse:
    """Show what waits for a person, as their inbox counts it, and their use cases."""
    reader = reader_of(request.membership)
    listed: Any = _Listed(reader)
    pages = Paginator(listed, _A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    here, shown = timezone.get_current_timezone(), list(page.object_list)
    member = request.membership
    waiting = waiting_for(reader, listed.first)
    due, later = waiting.due, waiting.later
    above = waiting.whole - later.keys() if page.number == 1 else frozenset()
    done = [
        done_row(audit, here, member, later.get(audit.pk))
        for audit in shown
        if not audit.is_draft
    ]
    done.sort(key=lambda row: row.is_due and row.can_wait)
    below = [row for row in done if row.audit_id not in above]
    drafts = [x for x in shown if x.is_draft and x.pk not in above]
    lists: dict[str, list[Any]] = {
        "drafts": [(audit, verdict_named(audit)) for audit in drafts],
        "in_review": [row for row in below if not row.is_signed],
        "signed": [row for row in below if row.is_signed and not row.is_decided],
        "decided": [row for row in below if row.is_decided],
    }
    context = {
        "nav": "use_cases",
        "start": at_start(loader.current()),
        "page": page,
        "waiting": waiting,
        "standing": _standing(
            *listed.signed_and_decided,
            above=0 if page.has_other_pages() else _number_above(done, above),
        ),
        **lists,
        "due": [x for x in done if x.is_due and x.audit_id not in due],
        "recent": _recent(request, page),
        "of_all": of_all(member),
    }
    if not page:
        context |= _without_own(member)
    return render(request, "use_cases/use_cases.html", context)


def _number_above(done: Iterable[DoneRow], above: Container[UUID]) -> int:
    """Count those signed off that are listed above, among what waits."""
    signed = (x for x in done if x.is_signed and not x.is_decided)
    return sum(x.audit_id in above for x in signed)


def _standing(signed: int, decided: int, *, above: int) -> str:
    """Say how many use cases are signed off and wait, and how many are decided.

    `above` of those signed off wait for the reader, and are in the list that says so.

    >>> _standing(0, 1, above=0), _standing(0, 0, above=0)
    ('1 use case is decided.', '')
    >>> _standing(2, 1200, above=1)
    '2 use cases are signed off (1 waits for you), 1,200 are decided.'
    """
    waits = f" ({above:,} wait{'s' if above == 1 else ''} for you)" if above else ""
    both = (signed, f"signed off{waits}"), (decided, "decided")
    said = [f"{n:,} {'is' if n == 1 else 'are'} {what}" for n, what in both if n]
    what = "use case" if (signed or decided) == 1 else "use cases"
    number, _, rest = ", ".join(said).partition(" ")
    return f"{number} {what} {rest}." if said else ""


def _without_own(member: Membership) -> dict[str, Any]:
    """Return what somebody without use cases of their own may look at."""
    rows = PortfolioRow.objects.all()
    numbers = rows.number_awaiting(member.user) if member.may_review else (0, 0)
    gone = UseCase.objects.filter(given_from=member.user).order_by("-given_at")
    # One that is signed off, if there is any.
    assessed = rows.exclude(state=Audit.State.DRAFT).order_by("-state", "number")
    example = assessed.values_list("audit", flat=True).first()
    waiting = {
        "to_decide": Count("pk", TO_DECIDE),
        "for_board": Count("pk", SIGNED_WAITING),
        "for_vote": Count("pk", FOR_VOTE),
        "of_deferred": Count("pk", SIGNED_WAITING & Q(board_state="deferred")),
        "not_ready": Count("pk", NOT_READY),
        "not_ready_late": Count("pk", NOT_READY & Q(due_on__lt=today_shown())),
        "in_review": Count("pk", IN_REVIEW),
    }
    return {
        "to_review": numbers[0],
        "submitted": numbers[1],
        "example": example,
        # The last that went, which says of all that went with it how many they were.
        "gone": gone.select_related("owner", "given_by")
        .filter(taken_count__gt=0)
        .first(),
        "awaiting": rows.aggregate(**waiting) if numbers[0] else None,
    }


def _recent(request: MemberRequest, page: Page[Any]) -> tuple[RecentUseCase, ...]:
    """Return what the person changed last, unless a short list has it all."""
    if page.number > 1:
        return ()
    recent = recently_changed(request.membership)
    listed = {audit.pk for audit in page.object_list}
    is_short = len(listed) <= _A_SCREEN
    return () if is_short and {each.audit_id for each in recent} <= listed else recent


def _owned(owner: User) -> AuditQuerySet:
    return Audit.objects.not_superseded().filter(use_case__owner=owner)


class _Listed:
    """A person's own use cases by place, those that wait for them first."""

    def __init__(self, reader: Reader) -> None:
        self.owner: User = reader.person
        self.first = _listed_first(owner=self.owner)
        with_inbox_state(reader.member, next(iter(self.first), None))

    @cached_property
    def counted(self) -> Mapping[str, int]:
        """How many there are by state; only more than a page are asked for.

        The board has decided only what it recorded a decision of.
        """
        if len(self.first) < _A_PAGE:
            found = Counter(audit.state for audit in self.first)
            decided = sum(map(is_decided, self.first))
            return found | Counter({_BOARD: decided})
        states = list(_states(owner=self.owner))
        decided = sum(each for _, _, each in states)
        return {state: number for state, number, _ in states} | {_BOARD: decided}

    @property
    def signed_and_decided(self) -> tuple[int, int]:
        """How many are signed off and not decided, and how many are decided."""
        decided = self.counted.get(_BOARD, 0)
        return self.counted.get(Audit.State.SIGNED_OFF, 0) - decided, decided

    def __len__(self) -> int:
        return sum(self.counted.get(state, 0) for state in _STATES)

    def __getitem__(self, places: slice) -> Sequence[Audit]:
        if not places.start:
            return self.first[places]
        return list(_listed(self.owner)[places])


@written_once
def _listed_first(*, owner: User) -> "QuerySet[Audit]":
    """Return those of the first page, which most people open alone.

    Each has the state of the inboxes, so that nothing else need ask for it.
    """
    return _listed(owner).annotate(inbox_state=inbox_state())[:_A_PAGE]


def _listed(owner: User) -> "QuerySet[Audit]":
    places = (Audit.State.DRAFT, Audit.State.IN_REVIEW)
    by_state = Case(
        *(When(state=state, then=place) for place, state in enumerate(places)),
        default=len(places),
    )
    rows = (
        _owned(owner)
        .only(*IN_ROWS)
        .annotate(
            told_cause=F("portfolio_row__review_cause"),
            told_due=F("portfolio_row__due_on"),
            told_stage=F("portfolio_row__stage"),
            case_name=F("use_case__name"),
            team_name=F("use_case__team__name"),
            told_board=F("portfolio_row__board_said"),
            told_board_state=F("portfolio_row__board_state"),
            told_board_due=F("portfolio_row__board_due_on"),
            asks_board=Case(
                When(asks_board("portfolio_row__", audit=""), then=True), default=False
            ),
            waits_for_board=Case(
                When(signed_waiting("portfolio_row__", audit=""), then=True),
                default=False,
            ),
        )
    )
    return rows.with_renewals().with_sent_back().order_by(by_state, "-created_at", "pk")


@written_once
def _states(*, owner: User) -> Any:
    """Count a person's own use cases by state.

    With those that the board has decided.
    """
    decided = Count("pk", Q(portfolio_row__board_state__in=DECIDED))
    found = _owned(owner).order_by().values_list("state")
    return found.annotate(number=Count("pk"), decided=decided)
