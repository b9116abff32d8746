"""A signed-off audit with something of each kind in it."""

from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django_scopes import scope

from audits.models import Audit, Role, User
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.evidence import add_file, add_link
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast
from tests.scoring.worked_numbers import CALLS
from tests.services.reviews.signing import sign


@pytest.fixture
def reviewer(cast: Cast) -> User:
    return cast.ours.people[Role.REVIEWER]


@pytest.fixture
def signed(cast: Cast) -> Iterator[Audit]:
    """An audit with an entry of each kind, and evidence, that is signed off."""
    tenant = cast.ours
    lead = tenant.contributor
    with scope(organization=tenant.organization):
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
        upload = ContentFile(b"Counted 40", "run.txt")
        add_file(audit=audit, by=lead, question="goal", upload=upload)
        audit = submit_audit(audit=audit, by=lead)
        sign(cast, audit)
        yield fresh_audit(audit)
