"""A verdict that rests on the strongest allowed model names which one that is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.told.results_told import results_told
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

STRONGER = ScoredCandidate(
    id="c1",
    kind="stronger",
    model="gpt-4.1-mini",
    cases=200,
    passed=140,
    sha256="1" * 64,
)


def told(row: ScoredCandidate, **answers: object) -> str:
    inputs = Inputs(
        codes=read(current(), TRAINING_CASE | answers),
        levels=TRAINING_LEVELS,
        candidates=Candidates(rows=(row,), target=Decimal("0.9")),
    )
    assessment = assess_on(current(), inputs, date(2026, 11, 28))
    return " ".join(results_told(current(), assessment, {}))


def test_verdict_that_rests_on_the_strongest_model_names_it() -> None:
    said = told(STRONGER, tried=["instructions", "examples"])

    assert (
        "The verdict rests on “gpt-4.1-mini (Stronger model)”, which the team calls "
        "the strongest model it may use: 140 of 200. Without it, it would be “"
    ) in said


def test_verdict_that_does_not_rest_on_it_says_nothing() -> None:
    few = replace(STRONGER, cases=20, passed=10)

    assert "The verdict rests on" not in told(few)
