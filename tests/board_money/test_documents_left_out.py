"""A price that leaves out documents says so wherever the money is read."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, Role
from audits.models.audits import codes_of
from audits.reports.context import build_paper
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.decision_words import decision_words, money_note
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.reports.test_appendix import pages
from tests.reviews.conftest import client_of
from tests.scoring.live_prompts import LIVE_FACTS

pytestmark = pytest.mark.once

FACTS = LIVE_FACTS | {"knowledge_size": "medium"}
NUMBERS = {
    "requests": "50000",
    "prefix_tokens": "2000",
    "variable_tokens": "300",
    "output_tokens": "300",
    "model": "gpt-6.2-sol",
    "today": "prompt",
}
LEFT_OUT = {"knowledge_tokens": "100000"}
SAID = (
    "“All documents that answers come from” is 100,000 tokens, but one call sends only "
    "2,300: add the documents to “Text repeated in every call”, also if only the "
    "advice adds them (enter what the prompt will have); or choose"
)


def assessed(**numbers: str) -> Assessment:
    inputs = Inputs(codes=codes_of(dict(FACTS)), numbers=NUMBERS | numbers)
    return assess_on(current(), inputs, date(2026, 11, 27))


def said_of(**numbers: str) -> str:
    found = assessed(**numbers)
    money = money_of(found)
    assert found.verdict == "prompt_long_context"
    return f"{decision_words(current(), found, money)} {money_note(found, money)}"


def test_prompt_without_its_documents_costs_more_than_the_current_plan() -> None:
    said = said_of(**LEFT_OUT)

    assert re.search(
        r"This asks for more than \$11,616 \([^)]+\) over 12 months: that price leaves "
        r"out the documents that answers come from\.",
        said,
    )
    assert "nothing beyond the current plan" not in said
    assert "nothing up front" not in said


def test_prompt_with_its_documents_says_that_both_have_one_price() -> None:
    said = said_of(prefix_tokens="102000", **LEFT_OUT)

    assert (
        "This asks for nothing beyond the current plan if today’s prompt has the "
        "documents already: both are priced with them, $"
    ) in said
    assert "leaves out" not in said


def test_prompt_without_documents_asks_for_nothing_more() -> None:
    said = said_of()

    assert "This asks for nothing beyond the current plan: $" in said
    assert "priced with them" not in said


def test_price_beside_another_plan_says_what_it_leaves_out() -> None:
    said = said_of(today="fine_tune_own", **LEFT_OUT)

    told = "The price of “Prompt” leaves out the documents that answers come from."
    assert told in said
    assert "leaves out" not in said_of(today="fine_tune_own")


def submitted(cast: Cast) -> Audit:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        by, pk = tenant.contributor, tenant.draft.pk
        save_answers(audit=tenant.draft, by=by, answers=FACTS)
        sent = {("number", k): Sent(value=x) for k, x in (NUMBERS | LEFT_OUT).items()}
        audit = Audit.objects.get(pk=pk)
        save_entries(audit=audit, by=by, sent=sent, sender=Sender())
        return submit_audit(audit=Audit.objects.get(pk=pk), by=by)


def test_result_and_review_say_it_beside_the_money(cast: Cast) -> None:
    audit = submitted(cast)
    reviewer = client_of(cast, Role.REVIEWER)

    for name in ("result", "review"):
        text = html_of(reviewer.get(reverse(name, args=[audit.pk])))
        assert f"Cannot all be right: {SAID}" in text, name


def test_paper_says_it_on_page_one_and_beside_the_prices(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        audit.assessment = document.dump(assessed(**LEFT_OUT))
        first, *rest = pages(build_paper(audit))

    assert "more than $11,616" in first
    assert "nothing beyond the current plan" not in first
    assert f"Cannot all be right: {SAID}" in " ".join(rest)
    assert len(rest) == 4


def test_share_that_is_not_counted_makes_no_price_wrong(
    cast: Cast, client: Client
) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        found = assessed(cache_hit="0.5", prefix_tokens="500")
        audit.assessment = document.dump(found)
        assert build_paper(audit).cannot_be_right == ()
        assert "not counted" in build_paper(audit).given


def test_result_says_beside_both_sums_that_they_are_one_price(cast: Cast) -> None:
    tenant = cast.ours
    numbers = NUMBERS | LEFT_OUT | {"prefix_tokens": "102000"}
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=FACTS)
        sent = {("number", k): Sent(value=x) for k, x in numbers.items()}
        audit = Audit.objects.get(pk=tenant.draft.pk)
        save_entries(audit=audit, by=tenant.contributor, sent=sent, sender=Sender())

    page = client_of(cast, Role.CONTRIBUTOR).get(reverse("result", args=[audit.pk]))

    assert "Today’s prompt and the advised one have one price" in html_of(page)
