"""A draft with answers and numbers, and the addresses of its scenarios."""

from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast, Tenant
from tests.replayed import replayed
from tests.results.answered_drafts import answered
from tests.scoring.worked_numbers import CALLS


@pytest.fixture
def draft(cast: Cast) -> Audit:
    """Return a draft of ours with answers and numbers."""
    with scope(organization=cast.ours.organization):
        _give_numbers(cast.ours)
        return fresh_audit(cast.ours.draft)


@replayed
def _give_numbers(tenant: Tenant) -> None:
    audit = answered(tenant)
    sent: Any = {("number", key): Sent(value=text) for key, text in CALLS.items()}
    save_entries(audit=audit, by=tenant.contributor, sent=sent, sender=Sender())


def address(audit: Audit, **given: Any) -> str:
    query = {name.replace("__", "."): text for name, text in given.items()}
    return reverse("what_if", args=[audit.pk], query=query)
