"""A month says what of its file does not count, and that its bill is odd."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.scoring.tracking.outcomes import months_of, values_of
from audits.scoring.tracking.uncounted import others_of, uncounted_sentence
from audits.usage.rows import UsageFile
from tests.scoring.tracking.papers import MODEL, a_day, usage
from tests.scoring.tracking.test_outcomes import a_file, outcome

DAY = date(2026, 12, 7)


def left(*costs: str | None, currency: str = "USD") -> UsageFile:
    """Return a file of the paper's model and of others, and what is left of it."""
    rows = [
        a_day(DAY, model=f"m{n}", cost=None if cost is None else Decimal(cost))
        for n, cost in enumerate(costs)
    ]
    found = usage(
        a_day(DAY, cost=Decimal(1)), *rows, first=DAY, days=1, currency=currency
    )
    return others_of(found, {MODEL})


def test_sum_and_names_are_said_in_the_currency_of_the_file() -> None:
    assert [
        uncounted_sentence(each)
        for each in (
            left("7316"),
            left("1000.20", "2", currency="EUR"),
            left("0.254"),
            left(*["1"] * 7),
        )
    ] == [
        "$7,316 of this file is not counted: m0.",
        "1,002.20 EUR of this file is not counted: m0 and m1.",
        "$0.25 of this file is not counted: m0.",
        "$7 of this file is not counted: m0, m1, m2, m3, m4 and 2 more.",
    ]


def test_without_a_bill_requests_are_said_and_nothing_of_no_use() -> None:
    [row] = left(None).rows
    unknown = replace(row, requests=None)
    unused = replace(row, requests=0, input_tokens=0, output_tokens=0)

    assert [
        uncounted_sentence(replace(left(), rows=(each,)), "this month")
        for each in (row, unknown, unused)
    ] == [
        "100,000 requests of this month are not counted: m0.",
        "Usage of this month is not counted: m0.",
        "",
    ]


def test_month_and_file_say_what_of_them_does_not_count() -> None:
    file = a_file("a", "604")
    other = a_day(date(2026, 12, 8), model="other", cost=Decimal(7316))
    earlier = a_day(date(2026, 11, 8), model="other", cost=Decimal(1))
    rest = usage(other, earlier, first=date(2026, 11, 1), days=61)

    found = outcome(replace(file, others=rest))

    [told] = found.months
    assert told.uncounted == "$7,316 of this month is not counted: other."
    assert found.left_out["a"] == ("$7,317 of this file is not counted: other.",)
    assert found.of_files["a"] == found.left_out["a"]
    assert months_of(values_of([told])) == (told,)
    assert outcome(file).months[0].uncounted == ""


def test_month_keeps_that_its_bill_is_far_from_list_prices() -> None:
    [odd], [usual] = (outcome(a_file("a", bill)).months for bill in ("57400", "604"))

    assert odd.odd_bill.startswith(f"The bill for {MODEL} is $57,400, 100 times what ")
    assert odd.odd_bill.endswith("whether it is of this use case alone.")
    assert months_of(values_of([odd])) == (odd,)
    assert usual.odd_bill == ""
