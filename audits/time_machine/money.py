"""What the recommended way of one use case costs, by date."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.audits import audit_for_viewing
from audits.access.members import MemberRequest, members_only
from audits.models import Audit
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES
from audits.scoring.history.money_by_date import OWN_MACHINES, money_by_date
from audits.scoring.money.of_assessment import recommended_way
from audits.services.portfolio.rescoring import AHEAD
from audits.services.verdicts.assessments import assessment_of, framework_of


@members_only
@require_GET
def money(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_viewing(request.membership, audit_id)
    today = timezone.localdate()
    context = {
        "nav": "time_machine",
        "audit": audit,
        "today": today,
        **_priced(audit, today),
    }
    return render(request, "time_machine/money.html", context)


def _priced(audit: Audit, today: date) -> dict[str, Any]:
    """Return the recommended way and its days; nothing if it has no list price."""
    if not audit.answered:
        return {}
    assessment = assessment_of(audit)
    plan = assessment.costs.plan if assessment.costs else None
    way = recommended_way(assessment, plan) if plan else None
    if way is None:
        return {}
    framework = framework_of(audit)
    days = money_by_date(framework, audit.inputs, way, today + AHEAD)
    return {
        "way": TECHNIQUE_NAMES[way],
        "days": days,
        "on_own": way in OWN_MACHINES,
    }
