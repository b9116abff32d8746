"""No first day of an offer stops a page or a paper."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Role
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.examples import some_of
from tests.scoring.worked_cases import TRAINING_CASE
from tests.signed_in import sign_in
from tests.wizard.numbers.test_offer import OFFER
from tests.wizard.page_forms import send


@pytest.mark.parametrize("day", some_of(["2020-01-01", "2021-12-31", "2099-12-31"], 1))
def test_offer_that_begins_on_any_day_is_shown_and_printed(
    client: Client, cast: Cast, day: str
) -> None:
    draft = cast.ours.draft
    page = reverse("numbers", args=[draft.pk])
    sent = {**OFFER, "proposal_start": day, "requests": "50000", "model": "gpt-5"}
    send(client, page, **sent)
    for name in ("numbers", "check", "result"):
        there = reverse(name, args=[draft.pk])
        assert client.get(there, follow=True).status_code == 200, name
    with scope(organization=cast.ours.organization):
        lead = cast.ours.contributor
        audit, _ = save_answers(audit=draft, by=lead, answers=TRAINING_CASE)
        audit = fresh_audit(audit)
        submit_audit(audit=audit, by=audit.use_case.owner)
        assert build_paper(fresh_audit(audit)).one
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])
    assert reviewer.get(reverse("review", args=[draft.pk])).status_code == 200
