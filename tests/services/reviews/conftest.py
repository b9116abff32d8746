"""A signed-off audit with something of each kind in it."""

from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django_scopes import scope

from audits.models import Audit, Evidence, Role, User
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.evidence import add_file, add_link
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast, Tenant
from tests.replayed import replayed
from tests.scoring.worked_numbers import CALLS

_RUN = b"Counted 40"


@pytest.fixture
def reviewer(cast: Cast) -> User:
    return cast.ours.people[Role.REVIEWER]


@pytest.fixture
def signed(cast: Cast) -> Iterator[Audit]:
    """An audit with an entry of each kind, and evidence, that is signed off."""
    tenant = cast.ours
    with scope(organization=tenant.organization):
        _sign_with_all(tenant)
        run = Evidence.objects.get(audit=tenant.submitted, question="goal").file
        assert run.name
        if not run.storage.exists(run.name):  # a test before this one removed it
            run.storage.save(run.name, ContentFile(_RUN))
        yield fresh_audit(tenant.submitted)


@replayed
def _sign_with_all(tenant: Tenant) -> None:
    lead = tenant.contributor
    audit = reopen_audit(audit=tenant.submitted, by=lead)
    sent = {("number", key): Sent(value=value) for key, value in CALLS.items()}
    sent[("level", "change_rate")] = Sent(value="documented")
    sent[("note", "goal")] = Sent(value="As the handbook says")
    save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
    add_link(
        audit=audit,
        by=lead,
        question="change_rate",
        link="https://wiki.example/changes",
        name="Changes",
    )
    upload = ContentFile(_RUN, "run.txt")
    add_file(audit=audit, by=lead, question="goal", upload=upload)
    audit = submit_audit(audit=audit, by=lead)
    review_audit(
        audit=audit,
        by=tenant.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(audit),
        opened=True,
    )
