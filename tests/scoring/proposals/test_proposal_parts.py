"""The parts of an offer as a team enters them: which are needed, read and refused."""

from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.proposals.proposal import Proposal
from audits.scoring.proposals.proposal_parts import (
    PROPOSAL_KEYS,
    check_part,
    currencies,
    missing_parts,
    proposal_of,
    without_proposal,
)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ()),
        ({"proposal_currency": "EUR"}, ()),
        ({"proposal_by": "Nordlys"}, ("proposal_once",)),
        ({"proposal_month": "5"}, ("proposal_by",)),
        ({"proposal_document": "a letter"}, ("proposal_by", "proposal_once")),
        ({"proposal_by": "Nordlys", "proposal_year": "5"}, ()),
    ],
)
def test_offer_needs_who_makes_it_and_one_price(
    given: dict[str, str], missing: tuple[str, ...]
) -> None:
    assert missing_parts({"requests": "5", **given}) == missing
    is_whole = "proposal_by" in given and not missing
    assert (proposal_of(given) is not None) is is_whole


def test_stored_parts_are_read_by_their_kind() -> None:
    stored = {
        "requests": "5",
        "proposal_by": "Nordlys",
        "proposal_technique": "rag",
        "proposal_currency": "GBP",
        "proposal_once": "10.50",
        "proposal_rate": "1.3",
        "proposal_start": "2026-12-01",
        "proposal_months": "12",
        "proposal_requests": "1000",
    }

    assert proposal_of(stored) == Proposal(
        by="Nordlys",
        technique="rag",
        currency="GBP",
        once=Decimal("10.50"),
        rate=Decimal("1.3"),
        start=date(2026, 12, 1),
        months=12,
        requests=1_000,
    )
    assert without_proposal(stored) == {"requests": "5"}


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("proposal_by", " ", "must be one line of text"),
        ("proposal_by", "two\nlines", "must be one line of text"),
        ("proposal_by", "Nord\u202elys", "must be one line of text"),
        ("proposal_by", "x" * 61, "60 characters or fewer"),
        ("proposal_technique", "magic", "one of prompt, few_shot, rag, distil"),
        ("proposal_currency", "XXX", "one of USD, EUR, GBP"),
        ("proposal_once", "-1", "must be a number, 0 or more"),
        ("proposal_once", "NaN", "must be a number, 0 or more"),
        ("proposal_once", "1e13", "must be at most 1,000,000,000,000"),
        ("proposal_rate", "0", "must be a number, above 0"),
        ("proposal_rate", "1e-400", "must be at most 1,000,000, with few decimals"),
        ("proposal_once", "0.0000001", "must be at most 1,000,000,000,000, with few"),
        ("proposal_once", "1.0000000000000000001", "must be at most"),
        ("proposal_months", "1.5", "must be a whole number, 1 or more"),
        ("proposal_months", "121", "must be at most 120"),
        ("proposal_requests", "0", "must be a whole number, 1 or more"),
        ("proposal_start", "1 December", "must be a day like 2026-12-01"),
        ("proposal_start", "9999-12-01", "must be a day like 2026-12-01"),
        ("proposal_start", "2019-12-31", "must be a day like .*, from 2020 to 2099"),
        ("proposal_start", "2100-01-01", "must be a day like .*, from 2020 to 2099"),
    ],
)
def test_part_that_cannot_be_is_refused_with_what_is_allowed(
    key: str, value: str, message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{key}: {message}"):
        check_part(key, value)


def test_every_part_has_a_value_that_is_let_through() -> None:
    values = dict.fromkeys(PROPOSAL_KEYS, "1") | {
        "proposal_technique": "fine_tune",
        "proposal_currency": currencies()[-1],
        "proposal_start": "2026-12-01",
    }

    for key, value in values.items():
        check_part(key, value)


@pytest.mark.parametrize("day", ["2020-01-01", "2099-12-31"])
def test_first_and_last_day_that_an_offer_may_begin_on_are_let_through(
    day: str,
) -> None:
    check_part("proposal_start", day)
