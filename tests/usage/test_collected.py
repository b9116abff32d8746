"""Entries of one day and model are added up, and what one does not say is not known."""

from datetime import date
from decimal import Decimal

import pytest

from audits.usage.rows import MOST_ENTRIES, Amount, Collected, RefusedUsageError, Usage

DAY = date(2026, 9, 1)


def amounts(**own: int | Decimal | None) -> dict[Amount, int | Decimal | None]:
    known: dict[Amount, int | Decimal | None] = {
        "requests": 1,
        "input_tokens": 100,
        "cached_tokens": 40,
        "output_tokens": 7,
        "cost": Decimal("0.5"),
    }
    return {name: own.get(name, amount) for name, amount in known.items()}


def test_entries_of_a_day_and_model_are_added_up() -> None:
    found = Collected("CSV file")
    found.add(DAY, "gpt-5", amounts())
    found.add(DAY, "gpt-5", amounts(requests=4))
    found.add(DAY, None, amounts())

    unnamed, named = found.rows()

    assert named == Usage(
        day=DAY,
        model="gpt-5",
        requests=5,
        input_tokens=200,
        cached_tokens=80,
        output_tokens=14,
        cost=Decimal("1.0"),
    )
    assert (unnamed.model, unnamed.requests) == (None, 1)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_unknown_amount_of_one_entry_makes_the_sum_unknown(place: int) -> None:
    found = Collected("CSV file")
    for number in range(3):
        own = {"cached_tokens": None, "cost": None} if number == place else {}
        found.add(DAY, "gpt-5", amounts(**own))

    (row,) = found.rows()

    assert (row.cached_tokens, row.cost, row.input_tokens) == (None, None, 300)


def test_too_many_entries_are_refused() -> None:
    found = Collected("CSV file", entries=MOST_ENTRIES - 1)
    found.count()

    with pytest.raises(RefusedUsageError) as refused:
        found.count()

    assert str(refused.value) == (
        "The CSV file has more than 2,000,000 entries: export a shorter period or one "
        "team."
    )
