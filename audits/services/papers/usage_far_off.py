"""Whether usage of a use case is far off what its paper counts a month with."""

from audits.models import Audit, Outcome
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import todays_plan
from audits.scoring.tracking.far_off import far_off
from audits.scoring.tracking.outcomes import months_of
from audits.scoring.tracking.since_papers import UseCaseMonths, since_papers


def usage_far_off(audit: Audit, assessment: Assessment) -> str:
    """Say that months of usage cost far more or less than the paper counts; else empty.

    Real usage counts before synthetic usage.

    Note: one query, for a use case with a current plan that has a price.

    Args:
        audit: The audit of the paper.
        assessment: Its assessment.
    """
    plan = todays_plan(assessment)
    if plan is None:
        return ""
    shown = Outcome.objects.exclude(months=[]).filter(audit__use_case=audit.use_case_id)
    stored = shown.order_by("audit__signed_off_at", "pk").values_list(
        "months", flat=True
    )
    months = [month for each in stored for month in months_of(each)]
    files = {month.file: "" for month in months}
    found = since_papers([UseCaseMonths(name="", months=tuple(months), files=files)])
    model = str(assessment.numbers.get("model", ""))
    return far_off(found[0], plan.month.expected, model=model) if found else ""
