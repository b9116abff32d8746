"""A person's own use cases, and registering one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Case, Count, F, Q, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from audits.access.inbox import counts_waiting, reader_of
from audits.access.members import MemberRequest, members_only, require_contributor
from audits.frameworks.answering.progress import at_start
from audits.frameworks.loading import loader
from audits.frameworks.named import NamedVerdict
from audits.held_forms import held_as
from audits.limits import REGISTRATIONS, mark_as_refused
from audits.models import Audit, AuditQuerySet, Membership, PortfolioRow, User
from audits.models.audits import IN_ROWS
from audits.models.inbox.columns import Reader
from audits.models.portfolio.filters import (
    FOR_VOTE,
    IN_REVIEW,
    NOT_READY,
    SIGNED_WAITING,
    TO_DECIDE,
    signed_waiting,
)
from audits.models.portfolio.waits_for import WaitsFor, submitted_for, waits_for
from audits.models.written_once import written_once
from audits.scoring.explaining.advice_rows import lower_first
from audits.services.portfolio.recent import RecentUseCase, recently_changed
from audits.services.use_cases.namesakes import namesakes_said
from audits.services.use_cases.use_cases import (
    last_number,
    register_use_case,
    team_named,
)
from audits.services.verdicts.assessments import verdict_named
from audits.use_cases.forms import RegisterForm
from audits.use_cases.waiting import waiting_for

_A_PAGE = 50
_A_SCREEN = 12  # rows that are looked over at once
_DIGITS = 9
_STATES = (Audit.State.DRAFT, Audit.State.IN_REVIEW, Audit.State.SIGNED_OFF)
# States that a board has decided, and the keys of the counts beside states.
_DECIDED = ("refused", "open", "carried_out")
_BOARD = "board"
_NOT_READY = "not_ready"


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
    done = [_done(audit, here, member) for audit in shown if not audit.is_draft]
    waiting = waiting_for(reader, listed.first)
    to_answer, due = waiting.to_answer, waiting.due
    context = {
        "nav": "use_cases",
        "start": at_start(loader.current()),
        "page": page,
        "waiting": waiting,
        "standing": _standing(listed.counted),
        "again": listed.again,
        "drafts": [(audit, verdict_named(audit)) for audit in shown if audit.is_draft],
        "in_review": [
            x for x in done if not x.is_signed and x.audit_id not in to_answer
        ],
        "signed": [row for row in done if row.is_signed and not row.is_decided],
        "decided": [row for row in done if row.is_decided],
        "due": [x for x in done if x.is_due and x.audit_id not in due],
        "recent": _recent(request, page),
    }
    if not page:
        context |= _without_own(member)
    return render(request, "use_cases/use_cases.html", context)


def _standing(counted: Mapping[str, int]) -> list[str]:
    """Return how many use cases are in each state, in words.

    The board has decided only what it recorded a decision of.
    """
    drafts, submitted, signed = (counted.get(state, 0) for state in _STATES)
    not_ready, decided = (counted.get(key, 0) for key in (_NOT_READY, _BOARD))
    words = {
        "draft" if drafts == 1 else "drafts": drafts,
        "submitted, but not ready": not_ready,
        "in review": submitted - not_ready,
        "signed off": signed - decided,
        "decided": decided,
    }
    return [f"{number:,} {said}" for said, number in words.items() if number]


def _without_own(member: Membership) -> dict[str, Any]:
    """Return what somebody without use cases of their own may look at."""
    rows = PortfolioRow.objects.all()
    numbers = rows.number_awaiting(member.user) if member.may_review else (0, 0)
    # One that is signed off, if there is any.
    assessed = rows.exclude(state=Audit.State.DRAFT).order_by("-state", "number")
    example = assessed.values_list("audit", flat=True).first()
    waiting = {
        "to_decide": Count("pk", TO_DECIDE),
        "for_board": Count("pk", SIGNED_WAITING),
        "for_vote": Count("pk", FOR_VOTE),
        "of_deferred": Count("pk", SIGNED_WAITING & Q(board_state="deferred")),
        "not_ready": Count("pk", NOT_READY),
        "not_ready_late": Count("pk", NOT_READY & Q(due_on__lt=timezone.localdate())),
        "in_review": Count("pk", IN_REVIEW),
    }
    return {
        "to_review": numbers[0],
        "submitted": numbers[1],
        "example": example,
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
        self.first = _listed_first(**reader.given_in_full)

    @cached_property
    def counted(self) -> Mapping[str, int]:
        """How many there are by state; only more than a page are asked for."""
        if len(self.first) < _A_PAGE:
            found = Counter(audit.state for audit in self.first)
            decided = sum(map(_is_decided, self.first))
            not_ready = sum(map(_is_not_ready, self.first))
        else:
            found = Counter({state: number for state, number, *_ in self._states})
            decided = sum(each[-1] for each in self._states)
            not_ready = sum(each[-2] for each in self._states)
        return found | Counter({_BOARD: decided, _NOT_READY: not_ready})

    @property
    def again(self) -> int:
        """How many follow a decided one that is counted, too: of one use case."""
        if len(self.first) < _A_PAGE:
            return sum(audit.is_renewal for audit in self.first)
        return sum(again for _, _, again, *_ in self._states)

    @cached_property
    def _states(self) -> list[tuple[str, int, int, int, int]]:
        return list(_states(owner=self.owner))

    def __len__(self) -> int:
        return sum(self.counted.get(state, 0) for state in _STATES)

    def __getitem__(self, places: slice) -> Sequence[Audit]:
        if not places.start:
            return self.first[places]
        return list(_listed(self.owner)[places])


@written_once
def _listed_first(*, person: User, **given: Any) -> "QuerySet[Audit]":
    """Return those of the first page, which most people open alone.

    Each says what waits for its owner: that is counted once for all of them.
    """
    reader = Reader.of_given(person=person, **given)
    return _listed(person).annotate(**counts_waiting(reader))[:_A_PAGE]


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
            case_name=F("use_case__name"),
            team_name=F("use_case__team__name"),
            told_board=F("portfolio_row__board_said"),
            told_board_state=F("portfolio_row__board_state"),
            told_board_due=F("portfolio_row__board_due_on"),
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

    With those that follow a signed one, those that nobody can sign off yet, and those
    that the board has decided.
    """
    again = Count("supersedes", Q(state__in=Audit.OPEN))
    decided = Count("pk", Q(portfolio_row__board_state__in=_DECIDED))
    found = _owned(owner).order_by().values_list("state")
    not_ready = Count("pk", submitted_for(WaitsFor.TEAM))
    return found.annotate(
        number=Count("pk"), again=again, not_ready=not_ready, decided=decided
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneRow:
    """The row of an audit that is not a draft.

    `board` is what became of the board's decision, and `carry_out_by` until when what
    it approved must be done. `on` is the day of its sign-off once it `is_signed`, else
    of its submission. It `is_decided` once the board has. What waits for a reviewer or
    the board is decided `decide_by`, unless it is `not_ready`: it needs answers first,
    and the reader may have to take it back `to_answer` it.
    """

    audit_id: UUID
    name: str
    team: str
    verdict: NamedVerdict | None
    is_due: bool
    review_cause: str
    is_signed: bool
    is_decided: bool
    on: date | None
    review_by: date | None
    board: str
    carry_out_by: date | None
    decide_by: date | None
    is_late: bool
    not_ready: bool
    to_answer: bool
    state: str
    is_renewal: bool
    is_renewed: bool

    @property
    def place(self) -> str:
        """The name of the page where the reader acts on it, or reads it."""
        return "reopen" if self.to_answer else "result"


def _done(audit: Any, here: tzinfo, member: Membership) -> DoneRow:
    is_signed = audit.state == Audit.State.SIGNED_OFF
    provisional = ", provisional" if audit.is_provisional else ""
    at = audit.signed_off_at if is_signed else audit.submitted_at
    is_renewal, whom = audit.is_renewal, _waits_for(audit)
    due = None if is_renewal else _decide_by(audit, whom)
    not_ready = whom == WaitsFor.TEAM
    return DoneRow(
        audit_id=audit.pk,
        name=audit.case_name,
        team=audit.team_name,
        verdict=verdict_named(audit),
        is_due=audit.review_due_at is not None,
        review_cause=audit.told_cause or audit.review_cause,
        is_signed=is_signed,
        is_decided=_is_decided(audit),
        on=at.astimezone(here).date() if at else None,
        review_by=audit.valid_until,
        board=_board_said(audit, whom),
        carry_out_by=audit.told_board_due if audit.told_board_state == "open" else None,
        decide_by=due,
        is_late=due is not None and due < timezone.localdate(),
        not_ready=not_ready,
        to_answer=not_ready and bool(member.may_contribute),
        state=f"{audit.get_state_display()}{provisional}",
        is_renewal=is_renewal,
        is_renewed=audit.is_renewed,
    )


def _is_not_ready(audit: Any) -> bool:
    """Return whether it was submitted and waits for its team all the same."""
    return not audit.is_draft and _waits_for(audit) == WaitsFor.TEAM


def _decide_by(audit: Any, whom: WaitsFor) -> date | None:
    """Return until when a decision is needed of a reviewer, or then of the board."""
    day: date | None = audit.told_due
    if audit.state == Audit.State.SIGNED_OFF:
        day = audit.told_board_due if whom == WaitsFor.BOARD else None
    return day


def _waits_for(audit: Any) -> WaitsFor:
    """Return who acts next; what the board has deferred waits for its next paper."""
    return waits_for(
        audit.state,
        is_provisional=audit.is_provisional,
        asks_board=audit.waits_for_board and audit.told_board_state == "undecided",
    )


def _is_decided(audit: Any) -> bool:
    """Return whether the board has decided: what it deferred waits for it again."""
    is_signed = audit.state == Audit.State.SIGNED_OFF
    return is_signed and audit.told_board_state in _DECIDED


def _board_said(audit: Any, whom: WaitsFor) -> str:
    """Return what became of the board's decision; empty where none is asked for."""
    if whom == WaitsFor.BOARD:
        return "waits for the board"
    decided = audit.told_board_state not in (None, "", "undecided")
    return f"Board: {lower_first(audit.told_board)}" if decided else ""


@held_as("A new use case")
@members_only
@require_http_methods(["GET", "POST"])
def register(request: MemberRequest) -> HttpResponse:
    require_contributor(request.membership)
    form = RegisterForm(request.POST) if request.method == "POST" else RegisterForm()
    refusal = None
    if form.is_bound and form.is_valid():
        refusal = REGISTRATIONS.refusal(request.user.pk)
        if refusal:
            form.add_error(None, refusal.sentence)
    if form.is_bound and form.is_valid():
        try:
            audit = _register(request, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if said := namesakes_said(audit.use_case):
                messages.warning(request, said)
            return redirect("tasks", audit.pk)
    context = {"form": form, "nav": "use_cases", "shown": shown_to(request)}
    page = render(request, "use_cases/register.html", context)
    return mark_as_refused(page, refusal) if refusal else page


def shown_to(request: MemberRequest) -> int:
    """Return the last number of a use case that was given when the page was opened."""
    said = request.POST.get("registered", "")
    if said.isdecimal() and len(said) < _DIGITS:
        return int(said)
    return last_number(request.membership.organization)


@transaction.atomic
def _register(request: MemberRequest, form: RegisterForm) -> Audit:
    """Create the team if it is new and register the use case, both or neither."""
    fields = form.cleaned_data
    organization = request.membership.organization
    team = fields["team"] or team_named(
        organization=organization, by=request.user, name=fields["new_team"]
    )
    return register_use_case(
        organization=organization,
        by=request.user,
        owner=request.user,
        team=team,
        name=fields["name"],
        summary=fields["summary"],
        stage=fields["stage"],
        tags=fields["tags"],
        own=form.own_values,
        shown=shown_to(request),
    )
