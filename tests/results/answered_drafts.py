"""A draft of the cast with answers that lead to training."""

from django_scopes import scope

from audits.models import Audit
from audits.services.answers.answers import fresh_audit, save_answers
from tests.casting import Tenant
from tests.replayed import replayed
from tests.scoring.worked_cases import TRAINING_CASE


def answered(tenant: Tenant) -> Audit:
    with scope(organization=tenant.organization):
        _answer(tenant)
        return fresh_audit(tenant.draft)


@replayed
def _answer(tenant: Tenant) -> None:
    save_answers(audit=tenant.draft, by=tenant.contributor, answers=TRAINING_CASE)
