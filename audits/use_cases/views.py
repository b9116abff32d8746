"""A person's own use cases, and registering one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, Count, Q, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from audits.access.members import MemberRequest, members_only, require_contributor
from audits.held_forms import held_as
from audits.models import Audit
from audits.services.use_cases.use_cases import register_use_case, team_named
from audits.services.verdicts.assessments import framework_of, verdict_words
from audits.templatetags.drawings import NamedVerdict, named_verdict
from audits.use_cases.forms import RegisterForm

_A_PAGE = 50


@members_only
@require_GET
def use_cases(request: MemberRequest) -> HttpResponse:
    """Show a person's own use cases, those that wait for them first."""
    own = Audit.objects.current().filter(use_case__owner=request.user)
    is_draft = Q(state=Audit.State.DRAFT)
    counted = own.aggregate(all=Count("pk"), waiting=Count("pk", filter=is_draft))
    drafts = Case(When(is_draft, then=0), default=1)
    audits = own.for_rows().order_by(drafts, "-created_at", "pk")
    pages = Paginator(audits, _A_PAGE)
    pages.count = counted["all"]
    page = pages.get_page(request.GET.get("page"))
    rows = [(audit, verdict_words(audit)) for audit in page]
    context = {
        "nav": "use_cases",
        "page": page,
        "waiting": counted["waiting"],
        "assessed": counted["all"] - counted["waiting"],
        "open_rows": [row for row in rows if row[0].is_draft],
        "done_rows": [_done(audit) for audit, _ in rows if not audit.is_draft],
    }
    return render(request, "use_cases/use_cases.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneRow:
    """What a row shows of an audit that is no draft."""

    audit_id: UUID
    name: str
    team: str
    verdict: NamedVerdict | None
    is_due: bool
    review_cause: str
    submitted_on: date | None
    state: str


def _done(audit: Audit) -> DoneRow:
    sent = audit.submitted_at
    return DoneRow(
        audit_id=audit.pk,
        name=audit.use_case.name,
        team=str(audit.use_case.team),
        verdict=named_verdict(framework_of(audit), audit.verdict),
        is_due=audit.review_due_at is not None,
        review_cause=audit.review_cause,
        submitted_on=timezone.localdate(sent) if sent else None,
        state=audit.get_state_display(),
    )


@held_as("A new use case")
@members_only
@require_http_methods(["GET", "POST"])
def register(request: MemberRequest) -> HttpResponse:
    require_contributor(request.membership)
    form = RegisterForm(request.POST) if request.method == "POST" else RegisterForm()
    if form.is_bound and form.is_valid():
        try:
            audit = _register(request, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("tasks", audit.pk)
    return render(
        request, "use_cases/register.html", {"form": form, "nav": "use_cases"}
    )


@transaction.atomic
def _register(request: MemberRequest, form: RegisterForm) -> Audit:
    """Found the team if it is new and register the use case, both or neither."""
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
    )
