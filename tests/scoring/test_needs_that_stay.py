"""If nobody does anything, the needs that lead to training stay: one, two or more."""

from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.options.if_nothing import if_nothing
from tests.scoring.letters import DAY, FRAMEWORK
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

GAP = "a large measured gap in one narrow job"
BOTH: dict[str, Any] = {"goal": ["task_skill", "cost_latency"]}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, f"The need stays: {GAP}."),
        (
            {"domain_vocab": "private", "domain_evidence": "base_fails"},
            "Two needs stay: a rare or private language that the strongest "
            f"model fails on, and {GAP}.",
        ),
        (
            BOTH | {"latency": "hard", "latency_evidence": "missed"},
            f"3 needs stay, such as {GAP}, and a time limit that no tested "
            "model meets.",
        ),
    ],
)
def test_needs_that_stay_are_named_up_to_two(
    answers: dict[str, Any], said: str
) -> None:
    levels = TRAINING_LEVELS | dict.fromkeys(answers, "measured")
    codes = read(FRAMEWORK, TRAINING_CASE | answers)
    given = Inputs(codes=codes, levels=levels)

    assert if_nothing(FRAMEWORK, assess_on(FRAMEWORK, given, DAY)).endswith(said)
