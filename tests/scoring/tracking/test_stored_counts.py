"""What is stored of months says what the months themselves say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.scoring.tracking.calibration import Held, held, together
from audits.scoring.tracking.outcomes import ComparedMonth
from audits.scoring.tracking.stored_counts import counted, counts_of
from tests.scoring.tracking.test_outcomes import DECEMBER, FEBRUARY, JANUARY, month

CHECKED = date(2026, 11, 20)
MONTHS = (
    month("inside", "5"),
    month("above", "100", JANUARY),
    month("below", "-400", FEBRUARY),
    month("inside", "7", date(2027, 3, 1), rest="1000"),
    month("above", "900", date(2027, 4, 1), rest="1000"),
    month("no_range", "1", date(2027, 5, 1)),
    month("unknown", None, date(2027, 6, 1)),
    replace(
        month("inside", "2", date(2027, 7, 1)),
        is_at_list_prices=True,
        prices_checked=CHECKED,
    ),
)


def read_back(*months: ComparedMonth) -> Held:
    real = counted(counts_of(months)).real
    assert real is not None
    return real


def test_counts_are_the_same_from_their_stored_values() -> None:
    found = read_back(*MONTHS)

    assert found == held(MONTHS)
    assert (found.inside, found.above, found.weak) == (2, 2, 1)
    assert (found.at_list_prices, found.prices_checked) == (1, CHECKED)
    assert found.furthest == MONTHS[4]


def test_synthetic_months_are_apart_and_nothing_is_stored_of_none() -> None:
    made_up = month("above", "900", is_synthetic=True)

    found = counted(counts_of([*MONTHS, made_up]))

    assert (found.real, found.synthetic) == (held(MONTHS), held([made_up]))
    assert counts_of([]) == {}
    assert counted({}).real is None


def test_counts_of_papers_add_up_to_those_of_all_their_months() -> None:
    parts = [held(MONTHS[:3]), held(MONTHS[3:6]), held(MONTHS[6:]), held(())]

    assert together(parts) == held(MONTHS)
    assert together([]) == held(())
    assert together([held(MONTHS[:1])]).said == Decimal(1354)
    assert together(parts).first == DECEMBER
