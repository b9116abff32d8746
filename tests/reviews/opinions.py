"""Somebody who gives a second opinion, and the form of it."""

from audits.models import Audit, Membership, Role, User
from audits.services.reviews.opinions.second_opinions import (
    questions_of,
)
from audits.services.verdicts.assessments import (
    assessment_of,
)
from tests.casting import Tenant


def second_reviewer(tenant: Tenant) -> User:
    person = User.objects.create_user("grace@northgate.example", None, name="Grace")
    Membership.objects.create(
        user=person, organization=tenant.organization, role=Role.REVIEWER
    )
    return person


def answers_to(audit: Audit, *, but_last: bool) -> tuple[dict[str, list[str]], str]:
    """Return the form of somebody who answers alike, except the last question."""
    asked = questions_of(audit)
    given = {**assessment_of(audit).codes, **audit.given_codes}
    sent: dict[str, list[str]] = {
        "read": [str(audit.submitted_at)],
        "knew": ["nothing"],
    }
    for each in asked:
        code = given[each.id]
        sent[f"q-{each.id}"] = [code] if isinstance(code, str) else [*code]
    if but_last:
        sent[f"q-{asked[-1].id}"] = ["unknown"]
    return sent, asked[-1].label
