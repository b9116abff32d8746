"""What is told of changed results: how many assessments it takes, and how often."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.results_behind import other_results
from audits.scoring.scored.candidates import (
    Candidates,
    ReplacedResult,
    ScoredCandidate,
)
from audits.scoring.scored.values import MOST, MOST_REPLACED
from audits.scoring.told.results_told import results_told
from tests.examples import thorough
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

DAY = date(2026, 11, 28)


def changed(candidates: int, states: int) -> Assessment:
    """Decide with candidates that were each changed so often."""
    rows = tuple(
        ScoredCandidate(
            id=f"c{number}",
            kind="examples",
            cases=200,
            passed=150 + number % 5,
            sha256="0f" * 32,
            run=number,
            replaced=tuple(
                ReplacedResult(
                    kind="examples", cases=200, passed=40 + place, sha256="1e" * 32
                )
                for place in range(states)
            ),
        )
        for number in range(1, candidates + 1)
    )
    inputs = Inputs(
        codes=read(current(), TRAINING_CASE),
        levels=TRAINING_LEVELS,
        candidates=Candidates(rows=rows, target=Decimal("0.9")),
    )
    return assess_on(current(), inputs, DAY)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every assessment that is made for what is told."""
    made: list[Any] = []

    def counting(assess: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*given: Any, **named: Any) -> Any:
            made.append(given[1])
            return assess(*given, **named)

        return asked

    monkeypatch.setattr(other_results, "assess_on", counting(assess_on))
    return made


@pytest.mark.parametrize(
    ("candidates", "states", "tried"),
    [
        (1, 3, 3),
        (1, MOST_REPLACED, MOST_REPLACED),
        (3, MOST_REPLACED, 40),
        thorough((MOST, 10, 8)),
    ],
)
def test_assessments_for_what_was_changed_are_bounded(
    counted: list[Any], candidates: int, states: int, tried: int
) -> None:
    assert results_told(current(), changed(candidates, states), {})
    # Then each result as it was first, all of them so, and each without the others.
    several = candidates + 1 + candidates - 1 if candidates > 1 else 0
    assert len(counted) == candidates * tried + several


def test_what_is_told_is_worked_out_once_for_all_who_read_it(
    counted: list[Any],
) -> None:
    once = results_told(current(), changed(2, 4), {"0f" * 32: "a.csv"})
    counted.clear()
    # Another page reads it from its text, so that it is equal and not the same.
    assert results_told(current(), changed(2, 4), {"0f" * 32: "a.csv"}) == once
    assert counted == []


def test_what_differs_is_worked_out_again(counted: list[Any]) -> None:
    before = changed(2, 4)
    results_told(current(), before, {})
    assert before.candidates
    [first, *others] = before.candidates.rows
    rows = (replace(first, replaced=first.replaced[:1]), *others)
    other = replace(before, candidates=replace(before.candidates, rows=rows))
    counted.clear()
    assert results_told(current(), other, {})
    assert counted
