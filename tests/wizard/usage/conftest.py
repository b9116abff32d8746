"""A draft with typed numbers."""

from collections.abc import Iterator

import pytest
from django_scopes import scope

from audits.models import Audit, UsageUpload
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast, Tenant
from tests.replayed import replayed
from tests.scoring.worked_cases import TRAINING_CASE
from tests.wizard.usage.usage_pages import TYPED


@pytest.fixture
def draft(cast: Cast) -> Iterator[Audit]:
    with scope(organization=cast.ours.organization):
        _type(cast.ours)
        yield fresh_audit(cast.ours.draft)


@replayed
def _type(tenant: Tenant) -> None:
    audit, lead = tenant.draft, tenant.contributor
    save_answers(audit=audit, by=lead, answers=TRAINING_CASE)
    sent = {("number", k): Sent(value=x) for k, x in TYPED.items()}
    save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
    UsageUpload.objects.filter(use_case=audit.use_case).delete()
