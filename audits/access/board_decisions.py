"""Steps of decisions of a board."""

from uuid import UUID

from audits.access.members import require_contributor
from audits.access.owned import owned
from audits.models import DecisionStep, Membership


def step_for_taking_back(member: Membership, step_id: UUID) -> DecisionStep:
    """Return a step of the member's organization; 404 for none, 403 for a reader."""
    steps = DecisionStep.objects.select_related("audit__use_case", "by")
    found = owned(member, steps.filter(public_id=step_id, undoes=None).first(), "step")
    require_contributor(member)
    return found
