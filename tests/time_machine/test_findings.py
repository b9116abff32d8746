"""What the page about a re-scored portfolio says of it."""

from collections import Counter
from datetime import date

import pytest

from audits.scoring.history.portfolio_history import PortfolioHistory
from audits.time_machine.findings import chart_says

FIRST, TODAY = date(2022, 1, 1), date(2026, 12, 1)
OUT = (date(2024, 5, 1), "fine_tune", "rag")
ON = (date(2026, 1, 7), "keep", "migrate")
MOVED = (date(2025, 3, 1), "fine_tune", "migrate")


@pytest.mark.parametrize(
    ("moves", "says"),
    [
        ({}, "No verdict moved since January 2022"),
        (
            {OUT: 2, ON: 1},
            "“Prompt, few-shot, retrieval or untuned” rose most: from 0 to 2 verdicts",
        ),
        (
            {OUT: 1, MOVED: 1},
            "“Fine-tune, now or later” fell most: from 3 to 1 verdicts",
        ),
        (
            {OUT: 1, ON: 1},
            "Verdicts moved to “Retrieval (RAG)”\xa0(1)"
            " and “Move off the tuned model”\xa0(1)",
        ),
        # One more is no finding.
        ({OUT: 1}, "One verdict moved to “Retrieval (RAG)”\xa0(1)"),
    ],
)
def test_chart_is_headed_by_the_verdicts_that_moved_most(
    moves: dict[tuple[date, str, str], int], says: str
) -> None:
    history = PortfolioHistory(FIRST, TODAY)
    history.start.update(fine_tune=3, keep=2)
    history.moves = Counter(moves)
    history.firsts = Counter({day: number for (day, *_), number in moves.items()})

    assert chart_says(history, TODAY) == says
