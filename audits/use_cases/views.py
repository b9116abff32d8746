"""A person's own use cases, and registering one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audits.access import MemberRequest, members_only, require_contributor
from audits.models import Audit
from audits.services.assessments import verdict_words
from audits.services.use_cases import register_use_case, team_named
from audits.use_cases.forms import RegisterForm


@members_only
@require_GET
def use_cases(request: MemberRequest) -> HttpResponse:
    audits = (
        Audit.objects.current()
        .with_use_case()
        .filter(use_case__owner=request.user)
        .order_by("-created_at")
    )
    rows = [(audit, verdict_words(audit)) for audit in audits]
    context = {
        "nav": "use_cases",
        "open_rows": [row for row in rows if row[0].is_draft],
        "done_rows": [row for row in rows if not row[0].is_draft],
    }
    return render(request, "use_cases/use_cases.html", context)


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
