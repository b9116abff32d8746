"""A paper says the same caution about results as the review."""

from django.test import Client
from django.urls import reverse

from audits.models import Audit, Role
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.candidates.made_csv import upload
from tests.wizard.candidates.results_saved import save_results, wanted


def test_paper_says_that_chance_may_explain_a_result_and_compares_it(
    client: Client, draft: Audit, cast: Cast
) -> None:
    wanted(draft, "85")
    kinds = {"kind-0": "prompt", "kind-1": "examples"}
    save_results(draft, upload({"base prompt": 70, "few-shot": 88}), **kinds)
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])
    review = html_of(reviewer.get(reverse("review", args=[draft.pk])))

    told = build_paper(fresh_audit(draft)).results_told

    [chance] = [each for each in told if "chance may explain it" in each]
    assert chance.startswith("“few-shot (Prompt with examples)”: reaches 85 of 100")
    assert f"Reaches{chance.partition('reaches')[2].rstrip('.')}" in review
    [compared] = [each for each in told if each.startswith("On 100 cases that both")]
    assert compared.partition(". ")[0] in review
