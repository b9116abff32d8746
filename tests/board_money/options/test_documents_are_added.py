"""An advised prompt with all documents has its own price, and today's stays today's."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.decision_words import decision_words, money_note
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.money.of_assessment import money_of, todays_plan
from audits.scoring.money.words import Money
from audits.scoring.numbers.contradictions import contradictions
from audits.scoring.options.if_nothing import if_nothing
from audits.scoring.options.options import options
from tests.scoring.live_prompts import LIVE_FACTS

DAY = date(2026, 11, 27)
FACTS = LIVE_FACTS | {"knowledge_size": "medium"}
NUMBERS = {
    "requests": "9345",
    "prefix_tokens": "2400",
    "variable_tokens": "742",
    "output_tokens": "449",
    "cache_hit": "0.9",
    "retry_rate": "0",
    "model": "gpt-6.2-sol",
    "today": "prompt",
}
DOCUMENTS = {"knowledge_tokens": "180000"}


def assessed(facts: Any = FACTS, **numbers: str) -> Assessment:
    inputs = Inputs(codes=codes_of(dict(facts)), numbers=NUMBERS | numbers)
    return assess_on(current(), inputs, DAY)


def money(found: Assessment) -> Money:
    assert found.verdict == "prompt_long_context"
    said = money_of(found)
    assert said is not None
    return said


def year_today(found: Assessment) -> Decimal:
    plan = todays_plan(found)
    assert plan is not None
    return plan.year.expected


def test_doing_nothing_costs_what_it_costs_without_the_documents() -> None:
    without, found = assessed(), assessed(**DOCUMENTS)

    assert year_today(found) == year_today(without)
    said = if_nothing(current(), found, money(found))
    assert f"“Prompt” goes on and costs ${year_today(without):,} over" in said
    nothing = options(current(), found)[-1]
    assert nothing.cost.startswith(f"{year_today(without):,} ")


def test_advised_prompt_is_priced_with_the_documents_added_once() -> None:
    found = assessed(**DOCUMENTS)
    in_it = assessed(prefix_tokens="182400")

    chosen = money(found).chosen
    assert (chosen.technique, chosen.roles) == ("prompt_documents", ("recommended",))
    assert chosen.month == money(in_it).chosen.month
    assert money(found).today != chosen
    assert options(current(), found)[0].name == "Prompt with documents"


def test_words_ask_for_the_year_and_free_that_of_today() -> None:
    found = assessed(**DOCUMENTS)
    said = money(found)

    words = f"{decision_words(current(), found, said)} {money_note(found, said)}"
    assert re.search(
        r"This asks for \$[\d,]+ \([^)]+\) over 12 months for “Prompt with "
        r"documents",
        words,
    ), words
    assert "nothing beyond the current plan" not in words
    assert "priced with them" not in words


@pytest.mark.parametrize(
    ("facts", "numbers"),
    [
        (FACTS, {"prefix_tokens": "182400"}),
        (FACTS | {"tried": ["in_prompt"]}, {}),
    ],
)
def test_documents_that_are_there_are_not_added_again(
    facts: Any, numbers: dict[str, str]
) -> None:
    found = assessed(facts, **DOCUMENTS | numbers)

    assert found.costs is not None
    priced = [cost.technique for cost in found.costs.plan.techniques]
    assert "prompt_documents" not in priced
    assert money(found).chosen.technique == "prompt"


def test_documents_contradict_no_length_of_a_call() -> None:
    found = contradictions(current(), codes_of(dict(FACTS)), NUMBERS | DOCUMENTS, DAY)

    assert [each.text for each in found if "sends only" in each.text] == []


def test_documents_of_unknown_length_are_said_to_be_left_out() -> None:
    found = assessed()
    said = money(found)

    words = f"{decision_words(current(), found, said)} {money_note(found, said)}"
    assert "leaves out the documents that answers come from" in words
    assert "nothing beyond the current plan" not in words


def test_assessment_is_read_back_as_it_was() -> None:
    found = assessed(**DOCUMENTS)

    assert document.load(document.dump(found)) == found


SEARCHED = FACTS | {"knowledge_size": "large"}
LONG = {"knowledge_tokens": "210000"}


def test_documents_that_fit_are_priced_beside_the_search_that_is_advised() -> None:
    found = assessed(SEARCHED, **LONG)
    in_it = assessed(SEARCHED, prefix_tokens="212400")
    assert found.context_layer == "rag"
    assert found.costs is not None
    assert in_it.costs is not None

    added = found.costs.plan.of("prompt_documents").price
    held = in_it.costs.plan.of("prompt").price
    assert added is not None
    assert held is not None
    assert added.month == held.month
    [said] = (x for x in options(current(), found) if x.name == "Prompt with documents")
    assert said.amount == added.year_as_printed.expected
    assert said.why.startswith("Costs less, but answers need facts, and over 200,000 ")


@pytest.mark.parametrize(
    ("answers", "numbers"),
    [
        ({"knowledge_size": "huge"}, {}),
        ({}, {"knowledge_tokens": "900000"}),
        ({}, {"corpus_tokens": "9000000"}),
        ({"tried": ["in_prompt"], "quality_gap": "large", "eval": "small_set"}, {}),
        ({"tried": ["updated"], "quality_gap": "large", "eval": "small_set"}, {}),
    ],
)
def test_documents_that_are_long_or_were_tested_are_no_option_beside_a_search(
    answers: dict[str, Any], numbers: dict[str, str]
) -> None:
    found = assessed(SEARCHED | answers, **LONG | numbers)

    assert found.context_layer == "rag"
    assert found.costs is not None
    priced = [cost.technique for cost in found.costs.plan.techniques]
    assert "prompt_documents" not in priced


def test_documents_are_no_option_where_no_fact_is_at_fault() -> None:
    found = assessed(FACTS | {"goal": ["style"]}, **LONG)

    assert found.context_layer != "rag"
    assert found.costs is not None
    priced = [cost.technique for cost in found.costs.plan.techniques]
    assert "prompt_documents" not in priced
