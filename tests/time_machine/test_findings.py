"""What the page about a re-scored portfolio says of it."""

from datetime import date

import pytest

from audits.scoring.history.portfolio_history import from_json
from audits.time_machine.findings import chart_says

FIRST, TODAY = date(2022, 1, 1), date(2026, 12, 1)
OUT = (date(2024, 5, 1), "fine_tune", "rag")
ON = (date(2026, 1, 7), "keep", "migrate")
MOVED = (date(2025, 3, 1), "fine_tune", "migrate")


@pytest.mark.parametrize(
    ("moves", "says"),
    [
        ({}, "No verdict changed since January 2022"),
        (
            {OUT: 2, ON: 1},
            "“Prompt, few-shot, retrieval or untuned” rose most: from 0 to 2 verdicts",
        ),
        (
            {OUT: 1, MOVED: 1},
            "“Fine-tune, now or later” fell most: from 3 to 1 verdicts",
        ),
        # One more is no finding.
        (
            {OUT: 1, ON: 1},
            "What changed verdicts: largest context window and tuning service",
        ),
        ({OUT: 1}, "What changed verdicts: largest context window"),
    ],
)
def test_chart_is_headed_by_what_moved_most_or_else_by_its_causes(
    moves: dict[tuple[date, str, str], int], says: str
) -> None:
    names = {OUT: "Largest context window", ON: "Tuning service"}
    history = from_json(
        {
            "first": FIRST.isoformat(),
            "last": TODAY.isoformat(),
            "start": {"fine_tune": 3, "keep": 2},
            "moves": [
                [str(day), *rest, number] for (day, *rest), number in moves.items()
            ],
            "firsts": {str(day): number for (day, *_), number in moves.items()},
            "left_out": {},
            "causes": [
                [name, name, "changed", str(day), "confirmed", []]
                for (day, *_), name in names.items()
            ],
            "flips": [
                ["1", str(day), before, after, [list(names).index(move)], False]
                for move in moves
                if move in names
                for day, before, after in [move]
            ],
        }
    )

    assert chart_says(history, TODAY) == says
