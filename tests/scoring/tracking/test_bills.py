"""Bills that are far from the list price of their tokens."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.landscape import in_force
from audits.scoring.days import in_words
from audits.scoring.tracking.bills import odd_bill_sentences, odd_bills
from audits.usage.rows import Usage, UsageFile
from tests.scoring.tracking.papers import MODEL, a_day, usage

DAY, DECEMBER = date(2026, 12, 7), date(2026, 12, 1)
# 110 million tokens at $2, 540 million from the cache at $0.10, and 30 million out at
# $10: the list price of a day of `a_day`.
LISTED = 574


def bill_of(amount: str | None, **changes: object) -> UsageFile:
    cost = None if amount is None else Decimal(amount)
    row = replace(a_day(DAY, cost=cost), **changes)  # type: ignore[arg-type]
    return usage(row, first=DECEMBER, days=31)


def test_bill_far_above_its_tokens_names_the_model_and_how_many_times() -> None:
    checked = in_force.current().models[MODEL].price_checked
    assert checked is not None

    assert [*odd_bill_sentences(bill_of("57400"))] == [
        f"In December 2026, the bill for {MODEL} is $57,400, 100 times what its tokens "
        f"cost at list prices checked on {in_words(checked)} ($574). Check its unit "
        "and its currency, and whether it is of this use case alone. You can go on all "
        "the same."
    ]
    [below] = odd_bill_sentences(bill_of("5.74"))
    assert "is $6, 1.0% of what its tokens cost" in below


@pytest.mark.parametrize(
    ("amount", "is_odd"),
    [
        (str(2 * LISTED + 1), True),
        (str(2 * LISTED), False),
        (str(LISTED), False),
        (str(LISTED / 4), False),
        (str(LISTED / 4 - 1), True),
        ("0", True),
        (None, False),
    ],
)
def test_discounts_and_cache_writes_are_not_odd(
    amount: str | None, *, is_odd: bool
) -> None:
    assert bool(odd_bills(bill_of(amount))) == is_odd


def test_bill_without_tokens_is_said_and_small_ones_are_not() -> None:
    nothing = {"requests": 0, "input_tokens": 0, "cached_tokens": 0, "output_tokens": 0}

    [said] = odd_bill_sentences(bill_of("50", **nothing))

    assert "is $50, but the file has no tokens for it." in said
    assert odd_bills(bill_of("0.90", **nothing)) == ()


def test_unknown_cache_share_is_taken_as_what_fits_the_bill_best() -> None:
    # All from the cache, $365; none, $1,600.
    [above] = odd_bill_sentences(bill_of("6400", cached_tokens=None))
    [below] = odd_bill_sentences(bill_of("36.50", cached_tokens=None))

    assert "at least 4 times" in above
    assert "($1,600)" in above
    assert "at most 10% of" in below
    assert odd_bills(bill_of("2000", cached_tokens=None)) == ()


def test_other_currencies_and_models_without_a_price_are_not_looked_at() -> None:
    row: Usage = a_day(DAY, cost=Decimal(62800))
    euros = usage(row, first=DECEMBER, days=31, currency="EUR")

    assert odd_bills(euros) == ()
    assert odd_bills(bill_of("62800", model="in-house")) == ()
    assert odd_bills(bill_of("62800", model=None)) == ()


def test_each_model_is_said_once_with_the_month_that_is_furthest_off() -> None:
    found = usage(
        a_day(DECEMBER, cost=Decimal(6280)),
        a_day(date(2027, 1, 3), cost=Decimal(62800)),
        a_day(date(2027, 2, 3), cost=Decimal(LISTED)),
        first=DECEMBER,
        days=31 + 31 + 28,
    )

    [said] = odd_bill_sentences(found)

    assert said.startswith("In January 2027, the bill for")
    assert said.endswith("1 other month is far off, too.")


@pytest.mark.parametrize(("before_its_end", "is_odd"), [(1, True), (0, False)])
def test_bill_until_a_model_ends_is_looked_at(
    before_its_end: int, *, is_odd: bool
) -> None:
    model = next(x for x in in_force.current().models.values() if x.retires)
    assert model.retires
    last = model.retires.day
    assert last is not None
    first = last.replace(day=1)
    row = a_day(first, model=model.id, cost=Decimal(10**9))

    found = usage(row, first=first, days=last.day - before_its_end)

    assert bool(odd_bills(found)) == is_odd
