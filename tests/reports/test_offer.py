"""An offer in a board paper: one sentence on page 1, the comparison in A4."""

from dataclasses import replace
from typing import Any

import pytest
from django_scopes import scope
from pytest_django import Settings

from audits.reports.context import Paper
from audits.scoring.options.options import Choice
from audits.services.papers.covers import save_cover
from tests.casting import Cast
from tests.examples import some_of, thorough
from tests.reports.packs.made_packs import (
    add_decision,
    ask_for_pack,
    let_all_be_ready,
    parts_of,
    state_money,
)
from tests.reports.papers import words_of
from tests.reports.test_appendix import pages, paper
from tests.reports.test_budgets import at_its_fullest
from tests.reports.test_tasks import IMMEDIATE
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS

pytestmark = pytest.mark.once

OFFER = {
    "proposal_by": "Nordlys",
    "proposal_technique": "fine_tune",
    "proposal_includes": "training and hosting",
    "proposal_currency": "EUR",
    "proposal_once": "100000",
    "proposal_month": "1500",
    "proposal_requests": "60000",
    "proposal_document": "Letter of 3 November",
}

# (100,000 + 12 × 1,500) × 1.1172 = 131,829.60; less 45,884.
OPTION = "Offer: Nordlys 131,830 At least $85,946 more; €118,000"


def with_offer(cast: Cast, **more: Any) -> Paper:
    return paper(cast, RETRIEVAL_CASE, ON_OWN_GPUS | OFFER | more)


@pytest.mark.thorough
def test_end_of_the_model_to_train_is_below_the_table_of_the_offer(cast: Cast) -> None:
    first, appendix = words_of(with_offer(cast, tuned="gpt-4.1-mini"))
    ends = (
        "GPT-4.1 mini closes to training on 6 January 2027 and retires on 14 "
        "January 2027"
    )

    assert OPTION in first
    assert f"{ends}: a model ready on the first day of the offer serves" in appendix


@pytest.mark.thorough
def test_offer_is_one_sentence_of_page_one_and_one_table_of_the_appendix(
    cast: Cast,
) -> None:
    first, appendix = words_of(with_offer(cast))

    decided = "This declines the offer of Nordlys ($131,830 over 12 months)."
    rate = "1 EUR was 1.1172 US dollars on 30 October 2026, European Central Bank."
    assert [first.count(words) for words in (OPTION, decided, rate)] == [1, 1, 1]
    assert first.count("Nordlys") == 2
    assert appendix.count("The offer costs at least $85,946 more than what") == 1
    assert "Source: Letter of 3 November" in appendix
    for row in (
        "Current plan: Tuned open model $28,906 $164,782",
        "Offered by Nordlys: Fine-tune $111,720 (€100,000) $131,830 (€118,000)",
        "What the verdict recommends: Retrieval $8,300 $45,884",
        "Offer against the current plan Not compared Offer against what",
    ):
        assert row in appendix
    assert "1 EUR was 1.1172 US dollars on 30 October 2026" in appendix


@pytest.mark.thorough
@pytest.mark.parametrize("lines", some_of([0, 8], 1))
def test_offer_and_its_table_share_a_page(cast: Cast, lines: int) -> None:
    lower = ("It is a line further down.",) * lines
    words = pages(replace(with_offer(cast), long_readings=lower))

    (page,) = (page for page in words if "The offer costs at least $85,946" in page)
    assert "Offer against what the verdict recommends" in page


@pytest.mark.thorough
def test_paper_without_an_offer_has_no_word_of_one(cast: Cast) -> None:
    words = " ".join(words_of(paper(cast, RETRIEVAL_CASE)))

    assert "The offer" not in words
    assert "Offer of" not in words


def test_offer_is_told_where_no_other_number_was_given(cast: Cast) -> None:
    first, appendix = words_of(paper(cast, RETRIEVAL_CASE, OFFER))

    assert "Offer: Nordlys 131,830" in first
    assert "€118,000 over 12 months" in first
    assert "Current plan: Not entered No amount" in appendix


def others(number: int) -> list[Choice]:
    """Return so many options, each for a reason of its own on one line."""
    return [
        Choice(
            name="Few-shot by search", cost="1,201 (662–2,284)", why=f"Ruled out, {i}"
        )
        for i in range(number)
    ]


@pytest.mark.thorough
@pytest.mark.parametrize("language", [thorough("en"), "de"])
def test_fullest_page_one_with_the_longest_offer_is_one_page(
    cast: Cast, language: str
) -> None:
    name = "Nordlys Sprachmodelle und Beratungsgesellschaft mbH & Co. KG"
    more = {"proposal_by": name, "proposal_months": "7", "requests": "20000000"}
    made = with_offer(cast, **more)

    one = at_its_fullest(made.one, language)
    chosen, *_, offer, nothing = made.one.options
    options = (chosen, *others(4), offer, nothing)
    full = replace(made, one=replace(one, options=options))
    first, second, *_ = pages(full)
    assert len(name) == 60
    assert "".join(name.split()) in "".join(first.split())
    assert second.startswith("A1 How the verdict was reached ")


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_pack_names_an_offer_on_the_page_of_its_decision_alone(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_all_be_ready(monkeypatch)
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        state_money(add_decision(cast.ours, "Offered"), **OFFER)
        overview, *others = parts_of(ask_for_pack(cast.ours))

    assert "Nordlys" not in overview
    assert sum("Offer: Nordlys 131,830" in page for page in others) == 1
    assert sum("Nordlys" in page for page in others) == 1


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_words_of_an_author_are_marked_in_a_pack_and_on_its_page(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_all_be_ready(monkeypatch)
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant = cast.ours
    fields = {"decision_asked": "Approve EUR 120,000 now.", "sponsor": "Internal Audit"}
    with scope(organization=tenant.organization):
        audit = add_decision(tenant, "Written")
        save_cover(audit=audit, by=tenant.contributor, fields=fields)
        overview, *others = parts_of(ask_for_pack(tenant))

    assert "Approve EUR 120,000 now. In the author’s words." in overview
    assert overview.count("In the author’s words.") == 1
    assert sum("Sponsor* Internal Audit" in page for page in others) == 1


@pytest.mark.thorough
def test_offer_of_several_years_is_told_with_all_that_it_commits_to(cast: Cast) -> None:
    first, appendix = words_of(with_offer(cast, proposal_months="24"))

    assert "This declines the offer of Nordlys ($" in first
    assert OPTION in first
    # 100,000 + 24 × 1,500.
    assert appendix.count("It commits to €136,000 over 24 months.") == 1
    assert "The offer is for 60,000 of 100,000 calls a month" in appendix
