"""A result that is called a tuned model is doubted where its name or an answer does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.told.results_told import results_told
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

DAY = date(2026, 11, 28)
PROMPT = ScoredCandidate(id="c1", kind="prompt", cases=200, passed=120, sha256="1" * 64)
TUNED = ScoredCandidate(
    id="c2",
    kind="tuned",
    model="claude-opus-5.5",
    cases=200,
    passed=190,
    sha256="1" * 64,
)
NAMED = "A result called “Tuned or distilled model” has the name of a public model, "


def told(*rows: ScoredCandidate, trial: str = "closer") -> str:
    inputs = Inputs(
        codes=read(current(), TRAINING_CASE | {"trial": trial}),
        levels=TRAINING_LEVELS,
        candidates=Candidates(rows=rows, target=Decimal("0.9")),
    )
    assessment = assess_on(current(), inputs, DAY)
    return " ".join(results_told(current(), assessment, {}))


def test_tuned_model_with_the_name_of_a_public_one_is_said_with_its_effect() -> None:
    said = told(PROMPT, TUNED)

    assert (
        f"{NAMED}“claude-opus-5.5”, which nobody offers to tune, and reaches 90 of "
        "100. As a stronger model, the verdict would be “"
    ) in said


@pytest.mark.parametrize("name", ["openai/gpt-4.1-mini", "GPT-4.1 mini"])
def test_public_model_that_can_be_tuned_is_named_without_that(name: str) -> None:
    said = told(PROMPT, replace(TUNED, model=name))

    assert f"{NAMED}“{name}”, and reaches 90 of 100." in said


@pytest.mark.parametrize(
    "row",
    [
        replace(TUNED, model="letters-v3"),
        replace(TUNED, model="ft:gpt-4.1-mini:acme"),
        replace(TUNED, passed=150),
        replace(TUNED, is_removed=True),
        replace(TUNED, kind="stronger"),
    ],
)
def test_others_are_not_doubted(row: ScoredCandidate) -> None:
    assert NAMED not in told(PROMPT, row)


def test_result_of_a_tuned_model_is_said_beside_no_trial() -> None:
    said = "“Score of a trial model” was answered “No trial”, but “claude-opus-5.5 ("

    assert said in told(PROMPT, TUNED, trial="none")
    assert said not in told(PROMPT, TUNED)
    assert said not in told(PROMPT, trial="none")
