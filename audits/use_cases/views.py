"""A person's own use cases, and registering one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Case, Count, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from audits.access.members import MemberRequest, members_only, require_contributor
from audits.frameworks.answering.progress import at_start
from audits.frameworks.loading import loader
from audits.frameworks.named import NamedVerdict
from audits.held_forms import held_as
from audits.limits import REGISTRATIONS, mark_as_refused
from audits.models import Audit, AuditQuerySet, PortfolioRow, User
from audits.models.written_once import written_once
from audits.services.portfolio.recent import (
    MOST,
    RecentUseCase,
    recently_changed,
)
from audits.services.use_cases.namesakes import namesakes_said
from audits.services.use_cases.use_cases import (
    last_number,
    register_use_case,
    team_named,
)
from audits.services.verdicts.assessments import verdict_named
from audits.use_cases.forms import RegisterForm

_A_PAGE = 50
_DIGITS = 9


@members_only
@require_GET
def use_cases(request: MemberRequest) -> HttpResponse:
    """Show a person's own use cases, those that wait for them first."""
    listed: Any = _Listed(request.user)
    pages = Paginator(listed, _A_PAGE)
    counted = dict(_states(owner=request.user))
    pages.count = sum(counted.values())
    waiting = counted.get(Audit.State.DRAFT, 0)
    page = pages.get_page(request.GET.get("page"))
    rows = [(audit, verdict_named(audit)) for audit in page]
    context = {
        "nav": "use_cases",
        "start": at_start(loader.current()),
        "page": page,
        "waiting": waiting,
        "assessed": pages.count - waiting,
        "open_rows": [row for row in rows if row[0].is_draft],
        "done_rows": [_done(audit) for audit, _ in rows if not audit.is_draft],
        "recent": _recent(request, page),
    }
    if not rows and request.membership.may_review:
        numbers = PortfolioRow.objects.all().number_awaiting(request.user)
        context["to_review"], context["submitted"] = numbers
    return render(request, "use_cases/use_cases.html", context)


def _recent(request: MemberRequest, page: Page[Any]) -> tuple[RecentUseCase, ...]:
    """Return what the person changed last, unless a short list has it all."""
    if page.number > 1:
        return ()
    recent = recently_changed(request.membership)
    listed = {audit.pk for audit in page}
    is_short = len(listed) <= MOST
    return () if is_short and {each.audit_id for each in recent} <= listed else recent


def _owned(owner: User) -> AuditQuerySet:
    return Audit.objects.not_superseded().filter(use_case__owner=owner)


class _Listed:
    """A person's own use cases by place, those that wait for them first."""

    def __init__(self, owner: User) -> None:
        self.owner = owner

    def __len__(self) -> int:
        return sum(count for _, count in _states(owner=self.owner))

    def __getitem__(self, places: slice) -> Sequence[Audit]:
        if not places.start:
            return _listed_first(owner=self.owner)[places]
        return list(_listed(self.owner)[places])


@written_once
def _listed_first(*, owner: User) -> "QuerySet[Audit]":
    """Return those of the first page, which most people open alone."""
    return _listed(owner)[:_A_PAGE]


def _listed(owner: User) -> "QuerySet[Audit]":
    drafts = Case(When(state=Audit.State.DRAFT, then=0), default=1)
    owned = _owned(owner).for_rows().with_renewals().with_sent_back()
    return owned.order_by(drafts, "-created_at", "pk")


@written_once
def _states(*, owner: User) -> Any:
    """Count a person's own use cases by state."""
    return _owned(owner).order_by().values_list("state").annotate(Count("pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneRow:
    """The row of an audit that is not a draft."""

    audit_id: UUID
    name: str
    team: str
    verdict: NamedVerdict | None
    is_due: bool
    review_cause: str
    submitted_on: date | None
    state: str
    is_renewal: bool
    is_renewed: bool


def _done(audit: Any) -> DoneRow:
    sent = audit.submitted_at
    return DoneRow(
        audit_id=audit.pk,
        name=audit.use_case.name,
        team=str(audit.use_case.team),
        verdict=verdict_named(audit),
        is_due=audit.review_due_at is not None,
        review_cause=audit.told_cause or audit.review_cause,
        submitted_on=timezone.localdate(sent) if sent else None,
        state="Provisional" if audit.is_provisional else audit.get_state_display(),
        is_renewal=audit.is_renewal,
        is_renewed=audit.is_renewed,
    )


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
        shown=shown_to(request),
    )
