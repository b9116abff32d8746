"""What happened since the papers of several use cases, and what that sums to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.tracking.calibration import held
from audits.scoring.tracking.outcome_words import listed_sentence, totals_sentence
from audits.scoring.tracking.outcomes import ComparedMonth
from audits.scoring.tracking.since_papers import (
    MonthsSum,
    SincePapers,
    UseCaseMonths,
    since_papers,
)
from tests.scoring.tracking.test_outcomes import DECEMBER, month

NOVEMBER = date(2026, 11, 1)


def a_use_case(name: str, *months: ComparedMonth) -> UseCaseMonths:
    return UseCaseMonths(name=name, months=months, files={"a": f"{name}.csv"})


def told(*use_cases: UseCaseMonths) -> SincePapers:
    [found] = since_papers(use_cases)
    return found


def test_months_are_counted_and_their_differences_added() -> None:
    found = told(
        a_use_case("Mail", month("inside", "5", NOVEMBER), month("above", "100")),
        a_use_case("Notes", month("below", "-40")),
    )

    total = found.total
    assert (total.use_cases, total.months) == (2, 3)
    assert (total.held.inside, total.held.above, total.held.below) == (1, 1, 1)
    assert total.difference == Decimal(65)
    assert total.cost is not None
    assert total.said is not None
    assert total.cost - total.said == Decimal(65)
    assert (total.first, total.last) == (NOVEMBER, DECEMBER)
    assert total.files == ("Mail.csv", "Notes.csv")


def test_largest_differences_come_first_and_rows_add_up_to_the_total() -> None:
    found = told(
        a_use_case("Small", month("inside", "5")),
        a_use_case("Less", month("below", "-300")),
        a_use_case("Most", month("above", "900")),
        a_use_case("None", month("inside", "0")),
        a_use_case("Some", month("above", "20")),
    )

    assert [each.name for each in found.largest] == ["Most", "Less", "Some"]
    assert found.others is not None
    assert found.others.use_cases == 2
    rows = [*found.largest, found.others]
    assert sum(row.months for row in rows) == found.total.months
    assert sum(row.difference or 0 for row in rows) == found.total.difference
    assert sum(row.said or 0 for row in rows) == found.total.said
    assert sum(row.cost or 0 for row in rows) == found.total.cost
    furthest = found.largest[1].held.furthest
    assert furthest is not None
    assert furthest.difference == Decimal(-300)


def test_three_use_cases_leave_no_others() -> None:
    found = told(*(a_use_case(name, month("inside", "1")) for name in "abc"))

    assert [each.name for each in found.largest] == ["a", "b", "c"]
    assert found.others is None


def test_synthetic_months_are_never_added_to_real_ones() -> None:
    made_up = month("above", "9000", is_synthetic=True)

    real, synthetic = since_papers(
        [
            a_use_case("Mail", month("inside", "5", NOVEMBER), made_up),
            a_use_case("Notes", made_up),
        ]
    )

    assert (real.is_synthetic, synthetic.is_synthetic) == (False, True)
    assert (real.total.use_cases, real.total.difference) == (1, Decimal(5))
    assert (synthetic.total.use_cases, synthetic.total.months) == (2, 2)
    assert synthetic.total.difference == Decimal(18000)


@pytest.mark.parametrize(
    ("months", "counted"),
    [
        ((month("above", "900"), month("inside", "5")), Decimal(5)),
        (
            (month("inside", "5"), month("above", "900", is_synthetic=True)),
            Decimal(5),
        ),
    ],
    ids=["of the newest paper", "real before synthetic"],
)
def test_month_of_a_use_case_counts_once(
    months: tuple[ComparedMonth, ...], counted: Decimal
) -> None:
    found = told(a_use_case("Mail", *months))

    assert (found.total.months, found.total.difference) == (1, counted)


def test_month_without_a_known_cost_is_counted_and_in_no_sum() -> None:
    unknown = month("unknown", None, NOVEMBER)

    both = told(a_use_case("Mail", unknown, month("inside", "5"))).total
    alone = told(a_use_case("Mail", unknown)).total

    assert (both.months, both.held.unknown, both.difference) == (2, 1, Decimal(5))
    assert both.said == month("inside", "5").said
    assert sums(alone) == (None, None, None)


def sums(found: MonthsSum) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return found.said, found.cost, found.difference


def test_months_at_list_prices_are_counted_by_themselves() -> None:
    billed = month("inside", "5")
    listed = replace(
        billed,
        first=NOVEMBER,
        is_at_list_prices=True,
        prices_checked=date(2026, 11, 20),
    )

    found = told(a_use_case("Mail", billed, listed)).total.held
    assert listed_sentence(found) == (
        "1 month has no bill: its cost is computed from tokens at list prices checked "
        "on 20 November 2026."
    )
    assert listed_sentence(found) in totals_sentence(found)
    assert "no bill" not in totals_sentence(held([billed]))


def test_without_a_month_there_is_nothing() -> None:
    assert since_papers([a_use_case("Mail")]) == ()
    assert since_papers([]) == ()
