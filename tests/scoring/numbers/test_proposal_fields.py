"""The numbers of an offer: what may be typed, and how they are said."""

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.numbers.number_entry import read
from audits.scoring.numbers.proposal_fields import (
    NUMBERS,
    number_in,
    part_in_words,
    what_lacks,
)
from audits.scoring.numbers.written_numbers import ENGLISH
from audits.scoring.proposals.proposal_parts import check_part

EDGES = (
    *("0", "0.000001", "0.5", "1", "1.5", "120", "120.5", "121"),
    *("1000000", "1000001", "100000000000", "100000000001"),
    *("1000000000000", "1000000000001"),
)


def is_stored(key: str, text: str) -> bool:
    try:
        check_part(key, text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("key", NUMBERS)
def test_what_may_be_typed_is_what_may_be_stored(key: str) -> None:
    field = number_in(key, "EUR")

    typed = [text for text in EDGES if not read(field, text, ENGLISH).problem]

    assert typed
    assert typed == [text for text in EDGES if is_stored(key, text)]


@pytest.mark.parametrize("key", ["proposal_months", "proposal_requests"])
def test_example_beside_what_is_wrong_may_be_typed(key: str) -> None:
    field = NUMBERS[key]

    told = read(field, "many", ENGLISH).problem

    example = told.partition("as a number, like ")[2]
    assert read(field, example, ENGLISH).problem == ""


@pytest.mark.parametrize(
    ("key", "stored", "currency", "said"),
    [
        ("proposal_once", "120000", "EUR", "€120,000 once"),
        ("proposal_month", "10", "GBP", "£10 a month"),
        ("proposal_year", "5", "USD", "$5 a year"),
        ("proposal_year", "5", "", "5 in the currency of the offer, a year"),
        (
            "proposal_rate",
            "1.3",
            "EUR",
            "1.3 US dollars for one unit of the currency",
        ),
        ("proposal_months", "1", "EUR", "1 month"),
        ("proposal_requests", "1000", "EUR", "1,000 calls a month"),
        ("proposal_start", "2026-12-01", "", "1 December 2026"),
        ("proposal_technique", "rag", "", "Retrieval (RAG)"),
        ("proposal_by", "Nordlys", "", "Nordlys"),
    ],
)
def test_part_of_an_offer_is_said_with_its_unit(
    key: str, stored: str, currency: str, said: str
) -> None:
    assert part_in_words(current(), key, stored, currency) == said


def test_offer_without_its_maker_and_a_price_lacks_both() -> None:
    assert what_lacks({"proposal_technique": "rag"}) == [
        "Enter who makes the offer",
        "Enter at least one price of the offer: once, a month or a year",
    ]
    assert what_lacks({"requests": "5"}) == []
