"""A review names the answers behind the checks for training that nothing shows."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit, Role
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in


@pytest.mark.thorough
def test_review_lists_what_is_without_evidence(draft: Audit, cast: Cast) -> None:
    lead = draft.use_case.owner
    unshown: dict[Key, Sent] = {("level", "example_quality"): Sent(value="asserted")}
    save_entries(audit=draft, by=lead, sent=unshown, sender=Sender())
    submit_audit(audit=fresh_audit(draft), by=lead)
    advice = assess_today(fresh_audit(draft)).advice
    assert advice is not None
    assert advice.unproven_answers
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])

    page = html_of(reviewer.get(reverse("review", args=[draft.pk])))

    named = ", ".join(f"“{label}”" for label in advice.unproven_answers)
    assert named in " ".join(page.split())


def test_method_says_which_answers_need_proof(client: Client) -> None:
    page = " ".join(html_of(client.get(reverse("method"))).split())

    assert "holds only if the results that prove it" in page
    assert "the number of examples, may be merely asserted" in page
