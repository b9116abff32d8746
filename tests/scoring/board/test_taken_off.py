"""What is freed is taken off a plan's month, and what was decided is not at risk."""

from decimal import Decimal

import pytest

from audits.scoring.board.freed import taken_off


@pytest.mark.parametrize(
    ("freed", "leads_to", "is_carried_out", "off"),
    [
        (None, 3000, True, None),
        (6949, 3000, False, (6949, 6949)),
        (6949, 3000, True, (6949, 9349)),
        (1000, 3000, True, (1000, 4000)),
        (1000, None, True, (1000, 1000)),
        (10_000, 0, False, (9349, 9349)),
    ],
)
def test_no_more_is_taken_off_than_the_plan_costs(
    freed: int | None,
    leads_to: int | None,
    *,
    is_carried_out: bool,
    off: tuple[int, int] | None,
) -> None:
    found = taken_off(
        spend=Decimal(9349),
        freed=None if freed is None else Decimal(freed),
        leads_to=None if leads_to is None else Decimal(leads_to),
        is_carried_out=is_carried_out,
    )

    if off is None:
        assert found is None
    else:
        assert found is not None
        assert [str(found.runs), str(found.risk)] == [str(each) for each in off]
    assert not taken_off(
        spend=None, freed=Decimal(1), leads_to=None, is_carried_out=True
    )


def test_of_12_months_the_same_part_is_taken_off_but_of_what_is_paid_once() -> None:
    """A plan that costs less after known changes has nothing below 0."""
    found = taken_off(
        spend=Decimal(4000),
        freed=Decimal(3000),
        leads_to=Decimal(500),
        is_carried_out=True,
        year=Decimal(21_000),
        once=Decimal(1000),
    )

    assert found is not None
    assert found.runs_year == 15_000
    assert found.risk_year == 17_500
