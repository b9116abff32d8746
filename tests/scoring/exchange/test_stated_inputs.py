"""How much a stated part may hold before it is not read at all."""

from typing import Any

import pytest

from audits.frameworks.loading.loader import published
from audits.scoring.exchange.stated_inputs import WrongInputs, read_inputs

STATED: dict[str, Any] = {
    "answers": {"state": "planned"},
    "levels": {},
    "numbers": {},
    "on": "2026-11-24",
}


def sentences(**parts: Any) -> list[str]:
    """Return what is said of the parts that are wrong; nothing if all are read."""
    try:
        read_inputs(STATED | parts, published("fine_tuning", 1))
    except WrongInputs as wrong:
        return [difference.sentence for difference in wrong.wrong]
    return []


def test_stated_parts_are_read() -> None:
    assert sentences() == []


@pytest.mark.parametrize(
    ("answers", "is_read"),
    [
        ({"x" * 64: "y"}, True),
        ({"x" * 65: "y"}, False),
        ({"state": "y" * 64}, True),
        ({"state": "y" * 65}, False),
        ({"goal": ["y" * 64]}, True),
        ({"goal": ["y" * 65]}, False),
        ({"goal": ["y"] * 200}, True),
        ({"goal": ["y"] * 201}, False),
        ({str(n): "y" for n in range(200)}, True),
        ({str(n): "y" for n in range(201)}, False),
        ({"goal": [["y"]]}, False),
        ([], False),
        (None, False),
    ],
)
def test_part_that_is_too_large_is_not_read_at_all(
    answers: Any, *, is_read: bool
) -> None:
    said = sentences(answers=answers)

    assert said
    assert ("It is missing or invalid" in said[0]) is not is_read
