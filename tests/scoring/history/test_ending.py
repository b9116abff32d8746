"""The models that use cases name and that end, by their last days."""

from datetime import date

from audits.landscape import in_force
from audits.scoring.history.ending import EndingModels, ending_of

TODAY = date(2026, 11, 29)


def test_only_models_whose_end_is_announced_are_found_once_each() -> None:
    numbers = {
        "model": "gpt-4o-mini",
        "tuned": "gpt-4o-mini",
        "smaller": "gpt-6-luna",
        "requests": "100",
    }

    model = in_force.current().models["gpt-6-luna"]
    assert model.retires is None
    assert ending_of({"smaller": "gpt-6-luna", "model": "unheard-of"}) == ()
    found = ending_of(numbers)
    assert found == (("gpt-4o-mini", "chosen"),)


def test_models_are_in_the_order_of_their_last_days() -> None:
    known = in_force.current().models.values()
    ids = [model.id for model in known if model.retires]
    found = EndingModels(TODAY)
    for model in reversed(ids):
        found.add("1", "Case", {"model": model})

    rows = found.rows
    assert len(rows) == len(ids) > 3
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    assert all(row.sources for row in rows)
    assert {row.has_ended for row in rows} == {row.day <= TODAY for row in rows}


def test_use_cases_with_calls_are_those_that_have_a_price_by_date() -> None:
    found = EndingModels(TODAY)
    found.add("1", "Letters", {"model": "gpt-4o-mini", "requests": "100"})
    found.add("2", "Triage", {"model": "gpt-4o-mini"})

    assert found.priced == [("1", "Letters")]
    assert [use.name for row in found.rows for use in row.uses] == ["Letters", "Triage"]
