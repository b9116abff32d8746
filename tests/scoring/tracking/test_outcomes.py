"""Months of several files: which counts, what is stored, and what they add up to."""

from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.tracking.outcomes import (
    CountedFile,
    Outcome,
    months_of,
    outcome_of,
    values_of,
)
from tests.scoring.tracking.papers import a_day, said_of_a_prompt, usage

DECEMBER = date(2026, 12, 1)


def a_file(name: str, bill: str | None, *, is_synthetic: bool = False) -> CountedFile:
    """Return a file of December, with its bill."""
    row = a_day(date(2026, 12, 7), cost=None if bill is None else Decimal(bill))
    found = usage(row, first=DECEMBER, days=31)
    return CountedFile(id=name, usage=found, is_synthetic=is_synthetic)


def outcome(*files: CountedFile, until: date | None = None) -> Outcome:
    return outcome_of(said_of_a_prompt(), files, until)


def test_newest_file_counts_and_no_months_are_added() -> None:
    found = outcome(a_file("old", "9000"), a_file("new", "604"))

    assert [(x.file, x.seen) for x in found.months] == [("new", Decimal(1354))]
    assert found.left_out == {
        "old": ("December 2026 is also in a newer file, which counts instead.",),
        "new": (),
    }


def test_synthetic_file_counts_only_where_no_other_has_the_month() -> None:
    real, made_up = a_file("real", "604"), a_file("new", "1", is_synthetic=True)

    both, alone = outcome(real, made_up), outcome(made_up)

    assert [(x.file, x.is_synthetic) for x in both.months] == [("real", False)]
    assert both.left_out["new"] == (
        "December 2026 is also in a file that is newer or not synthetic, which counts "
        "instead.",
    )
    assert [(x.file, x.is_synthetic) for x in alone.months] == [("new", True)]


def test_months_from_the_next_paper_on_are_not_counted_twice() -> None:
    before = outcome(a_file("a", "604"), until=date(2026, 12, 2))
    after = outcome(a_file("a", "604"), until=DECEMBER)

    assert len(before.months) == 1
    assert after.months == ()
    assert after.left_out["a"] == (
        "1 month began on or after 1 December 2026, the day of a newer paper, and is "
        "compared with that.",
    )


@pytest.mark.parametrize("bill", ["604", None])
def test_months_are_the_same_from_their_stored_values(bill: str | None) -> None:
    months = outcome(a_file("a", bill)).months

    assert months_of(values_of(months)) == months


def test_parts_of_a_month_add_up_to_its_difference() -> None:
    [told] = outcome(a_file("a", "9000")).months

    assert told.difference == Decimal(8396)
    assert sum(part.amount or 0 for part in told.parts) == told.difference
