"""Where values of a file differ from those that are recomputed."""

from typing import Any

import pytest

from audits.scoring.exchange.differences import differences


@pytest.mark.parametrize(
    ("found", "expected", "field", "said"),
    [
        (True, 1, "", "The file says true; recomputed, it is 1."),
        ({"a": {"b": 1}}, {"a": {"b": True}}, "a.b", "The file says 1; recomputed"),
        ({"a": [1.0]}, {"a": [1]}, "a.1", "The file says 1.0; recomputed, it is 1."),
        ({"a": "1"}, {"a": 1}, "a", "The file says “1”; recomputed, it is 1."),
        ({"a": None}, {}, "a", "It should not be there."),
    ],
)
def test_values_that_python_calls_equal_differ_in_a_file(
    found: Any, expected: Any, field: str, said: str
) -> None:
    [told] = differences(found, expected)

    assert told.field == field
    assert told.sentence.startswith(said)


def test_order_of_names_is_no_difference() -> None:
    found = {"a": [1, None, True], "b": {"c": "1", "d": False}}
    expected = {"b": {"d": False, "c": "1"}, "a": [1, None, True]}

    assert [*differences(found, expected)] == []
