"""A draft whose answers by hand lead to training, and one with a target."""

from collections.abc import Iterator

import pytest
from django_scopes import scope

from audits.models import Audit, ResultsFile
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast, Tenant
from tests.proved import show
from tests.replayed import replayed
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS


@pytest.fixture
def draft(cast: Cast) -> Iterator[Audit]:
    with scope(organization=cast.ours.organization):
        _answer(cast.ours)
        yield fresh_audit(cast.ours.draft)


@pytest.fixture
def aimed(cast: Cast) -> Iterator[Audit]:
    """Return the draft with a target of 80 of 100, and without earlier files."""
    with scope(organization=cast.ours.organization):
        _aim(cast.ours)
        yield fresh_audit(cast.ours.draft)


@replayed
def _aim(tenant: Tenant) -> None:
    _answered(tenant)
    ResultsFile.objects.filter(use_case=tenant.draft.use_case).delete()
    sent = {("candidate", "target"): Sent(value={"share": "0.8"})}
    audit, lead = fresh_audit(tenant.draft), tenant.contributor
    save_entries(audit=audit, by=lead, sent=sent, sender=Sender())


@replayed
def _answer(tenant: Tenant) -> None:
    _answered(tenant)


def _answered(tenant: Tenant) -> None:
    audit, lead = tenant.draft, tenant.contributor
    save_answers(audit=audit, by=lead, answers=TRAINING_CASE)
    show(audit, lead)
    sent = {("level", q): Sent(value=x) for q, x in TRAINING_LEVELS.items()}
    save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
