"""Amounts in an author's words that page 1 computes nowhere are named."""

from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.costs.rounding import written
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.words import Money
from audits.scoring.told.own_amounts import amounts_in, named_amount, own_amounts
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.worked_cases import TRAINING_CASE

OWN = " is the author’s figure, not computed here"
OWNS = " are the author’s figures, not computed here"


@pytest.fixture(scope="module")
def found() -> Assessment:
    return assessed(TRAINING_CASE)


def money(found: Assessment) -> Money:
    known = money_of(found)
    assert known
    return known


def own(found: Assessment, *words: str) -> str:
    return own_amounts(current(), found, words)


def test_amount_that_is_computed_nowhere_is_named(found: Assessment) -> None:
    said = own(found, "Approve $9,123 once to fine-tune; nothing more is needed.")

    assert said == f"$9,123{OWN}"


def test_sums_of_page_one_are_fine_also_when_they_are_rounded(
    found: Assessment,
) -> None:
    year = money(found).chosen.year.expected
    thousands = (year / 1000).quantize(Decimal(1))

    assert own(found, f"Approve ${written(year)}.") == ""
    assert own(found, f"About ${thousands}k, or ${thousands},000.") == ""
    assert own(found, "We need 12 months and 200 cases.") == ""


def test_several_are_named_once_and_the_rest_is_counted(found: Assessment) -> None:
    words = ("$9,123 and $9,123, then 8,111 EUR", "USD 7,111, £6,111 and 5,111 dollars")

    assert own(found, *words) == f"$9,123, 8,111 EUR, USD 7,111 and 2 more{OWNS}"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$9,000", "9000"),
        ("$9.5k", "9500"),
        ("€1.5 million", "1500000"),
        ("9 000 EUR", "9000"),
        ("9.000 euros", "9000"),
        ("$87.60", "87.60"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str) -> None:
    [name] = amounts_in(f"It costs {text}, no more.")

    assert named_amount(name)[0] == Decimal(amount)
