"""An offer beside what runs today and what is recommended; it decides nothing."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import published
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_again, assess_on
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.proposals.proposal import ComparedProposal
from audits.scoring.proposals.proposal_words import ProposalWords
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS

FRAMEWORK = published("fine_tuning", 2)
DAY = date(2026, 11, 24)
OFFER = {
    "proposal_by": "Nordlys",
    "proposal_technique": "fine_tune",
    "proposal_currency": "EUR",
    "proposal_once": "100000",
    "proposal_month": "1500",
}


def assessed(facts: dict[str, Any], numbers: dict[str, str]) -> Assessment:
    inputs = Inputs(codes=read(FRAMEWORK, facts), numbers=numbers)
    return assess_on(FRAMEWORK, inputs, DAY)


def offer_of(assessment: Assessment) -> ComparedProposal:
    assert assessment.proposal is not None
    return assessment.proposal


def test_offer_stands_beside_the_amounts_that_the_money_has() -> None:
    assessment = assessed(RETRIEVAL_CASE, ON_OWN_GPUS | OFFER)
    money, offer = money_of(assessment), offer_of(assessment)
    assert money is not None
    assert money.today is not None
    assert offer.today is not None
    assert offer.recommended is not None

    assert offer.technique_name == "Fine-tune"
    assert (offer.today.technique, offer.today.year) == (
        "fine_tune_own",
        money.today.year.expected,
    )
    assert (offer.recommended.technique, offer.recommended.standing) == (
        "rag",
        "Recommended",
    )
    assert offer.recommended.month == money.chosen.month.expected
    assert offer.recommended.year == money.chosen.year.expected
    # 118,000 × 1.1172 = 131,829.60.
    assert offer.year.dollars == Decimal("131829.60")
    assert offer.requests == 100_000


def test_offer_changes_neither_the_verdict_nor_any_other_amount() -> None:
    for numbers in ({}, ON_OWN_GPUS):
        without = assessed(RETRIEVAL_CASE, numbers)
        with_offer = assessed(RETRIEVAL_CASE, numbers | OFFER)

        assert without.proposal is None
        assert with_offer.numbers == numbers | OFFER
        assert replace(with_offer, proposal=None, numbers=numbers) == without


def test_offer_is_compared_where_no_model_of_it_has_a_price() -> None:
    numbers = {**ON_OWN_GPUS, "model": "a-model-nobody-sells", "today": "prompt"}

    offer = offer_of(assessed(RETRIEVAL_CASE, numbers | OFFER))

    assert offer.year.dollars == Decimal("131829.60")
    assert offer.today is None
    assert offer.today_missing.startswith("“Prompt” has no price: Cannot be priced")


def test_offer_alone_is_compared_with_nothing_and_says_why() -> None:
    offer = offer_of(assessed(RETRIEVAL_CASE, OFFER))

    assert (offer.today, offer.recommended) == (None, None)
    assert offer.today_missing == "Not entered"
    assert offer.recommended_missing == "Retrieval (RAG): no price is known"
    assert ProposalWords(offer).title == "The offer costs $131,830 over 12 months"


def test_offer_that_begins_later_counts_what_runs_until_then() -> None:
    start = {"proposal_start": "2027-01-24"}
    offer = offer_of(assessed(RETRIEVAL_CASE, ON_OWN_GPUS | OFFER | start))

    # Two months at $11,323, and $19,303 to train it on the first day.
    assert offer.before == Decimal(2 * 11_323 + 19_303)

    nothing = {k: x for k, x in ON_OWN_GPUS.items() if k != "today"}
    assert offer_of(assessed(RETRIEVAL_CASE, nothing | OFFER | start)).before == 0
    unpriced = ON_OWN_GPUS | {"today": "fine_tune_hosted"}
    assert offer_of(assessed(RETRIEVAL_CASE, unpriced | OFFER | start)).before is None


def test_offer_before_any_answer_is_compared_with_no_verdict() -> None:
    offer = offer_of(assessed({}, ON_OWN_GPUS | OFFER))

    assert offer.today is not None
    assert (offer.recommended, offer.recommended_missing) == (
        None,
        "There is no verdict yet",
    )


def test_offer_is_not_compared_with_a_verdict_that_waits() -> None:
    waiting = RETRIEVAL_CASE | {"regulatory": "not_settled"}

    offer = offer_of(assessed(waiting, ON_OWN_GPUS | OFFER))

    assert (offer.recommended, offer.recommended_missing) == (
        None,
        "Nothing yet: something has to be settled first",
    )


def test_offer_that_is_not_whole_is_not_compared() -> None:
    without_price = {"proposal_by": "Nordlys", "proposal_currency": "EUR"}

    assert assessed(RETRIEVAL_CASE, ON_OWN_GPUS | without_price).proposal is None


def test_compared_offer_is_read_back_as_it_was_written() -> None:
    more = {"proposal_start": "2026-12-09", "proposal_year": "1000"}
    assessment = assessed(RETRIEVAL_CASE, ON_OWN_GPUS | OFFER | more)

    written = json.loads(json.dumps(document.dump(assessment)))

    assert document.load(written) == assessment
    assert assess_again(FRAMEWORK, assessment) == assessment
