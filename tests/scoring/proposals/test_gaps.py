"""What an offer does not contain is said with its difference, and when it ends."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.assess_on import assess_on
from audits.scoring.proposals.proposal import ComparedProposal, TrainedModel
from audits.scoring.proposals.proposal_comparison import compared
from audits.scoring.proposals.proposal_words import ProposalWords
from tests.scoring.proposals.test_proposal import ADVISED, DAY, OFFER, TODAY
from tests.scoring.test_computed_answers import FRAMEWORK, NUMBERS, inputs

ONCE = replace(OFFER, once=Decimal(10_000), months=12)
ENDS = "GPT-4.1 mini closes to training on 6 January 2027 and retires on 14 "
OFFERED = {
    "proposal_by": "NordTune",
    "proposal_technique": "fine_tune",
    "proposal_currency": "EUR",
    "proposal_once": "25000",
    "proposal_months": "12",
}


def cheap(once: int = 10_000, month: int | None = None) -> ComparedProposal:
    running = None if month is None else Decimal(month)
    offer = replace(ONCE, once=Decimal(once), month=running)
    return compared(offer, DAY, plans=(TODAY, ADVISED))


def test_less_is_never_said_without_what_the_offer_leaves_out() -> None:
    # 10,000 × 1.1172 = 11,172, less 14,403.
    words = ProposalWords(cheap())
    left_out = "without your people’s time or a price a month"

    assert words.title == (
        "The offer costs $3,231 less than what the verdict recommends over 12 months, "
        f"{left_out}"
    )
    assert words.beside[0] == f"$3,231 less than advised, {left_out}"
    assert f"$3,231 less than “Few-shot” (recommended), {left_out}" in words.line
    assert [row.detail for row in words.rows[3:]] == [left_out.capitalize()] * 2


def test_running_price_is_not_said_to_be_missing() -> None:
    words = ProposalWords(cheap(month=10))

    assert words.title.endswith("over 12 months, without your people’s time")


def test_more_needs_no_such_word() -> None:
    words = ProposalWords(cheap(once=100_000))

    assert "without" not in f"{words.title} {words.beside} {words.line}"


def offered(**numbers: str) -> ProposalWords:
    given = replace(inputs(), numbers=NUMBERS | OFFERED | numbers)
    found = assess_on(FRAMEWORK, given, date(2026, 11, 29))
    assert found.proposal
    return ProposalWords(found.proposal)


def test_end_of_the_model_to_train_is_part_of_the_comparison() -> None:
    words = offered()

    # From 29 November to 14 January.
    ready = "a model ready on the first day of the offer"
    says = f"{ENDS}January 2027: {ready} serves 46 days."
    assert words.limits[0] == words.ends == says
    assert f"{ENDS}January 2027" in words.beside
    assert f"{ENDS}January 2027" in words.line


@pytest.mark.parametrize(
    "numbers",
    [
        {"proposal_technique": "rag"},
        {"tuned": "ministral-8b-2512"},
        {"successor": "ministral-8b-2512"},
    ],
)
def test_offer_that_trains_nothing_that_ends_says_nothing_of_it(
    numbers: dict[str, str],
) -> None:
    assert offered(**numbers).ends == ""


def test_model_that_ends_before_the_offer_begins_serves_no_day() -> None:
    model = TrainedModel(name="M", closes=None, retires=DAY)
    words = ProposalWords(replace(cheap(), trains=model))

    assert words.ends == "M retires on 27 November 2026, before the offer begins."
