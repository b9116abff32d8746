"""A team whose prompt is in use is told what to do with it, and not to start one."""

from datetime import date
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.summary.plan import first_step_words, plan_of
from tests.scoring.live_prompts import LIVE_FACTS, LIVE_PROMPT

DAY = date(2026, 11, 28)


def assessed(answers: dict[str, Any]) -> Assessment:
    return assess_on(current(), Inputs(codes=read(current(), answers)), DAY)


@pytest.mark.parametrize(
    ("answers", "headline"),
    [
        (
            LIVE_PROMPT,
            "Stay with the prompt that you have: test the prompt, and "
            "rewrite it where it fails. Do not start training.",
        ),
        (
            LIVE_FACTS,
            "Put all the facts in the prompt that you have: cache them, name who keeps "
            "them up to date, and test it. Do not start training.",
        ),
        (
            LIVE_PROMPT | {"tried": ["nothing"]},
            "Start with a written prompt: write the instructions out and test them. "
            "Do not start training.",
        ),
    ],
)
def test_headline_says_what_to_do_with_the_prompt(
    answers: dict[str, Any], headline: str
) -> None:
    assert assessed(answers).headline == headline


def test_every_place_names_the_prompt_of_the_team() -> None:
    assessment = assessed(LIVE_PROMPT)
    [*_, test] = plan_of(current(), assessment).cards

    assert assessment.advice
    assert "the prompt that you have" in assessment.advice.step.says
    assert test.name == "Test instructions on the strongest model"
    assert "your prompt with all the facts in it" in first_step_words(
        current(), assessed(LIVE_FACTS)
    )


def test_facts_without_documents_are_written_down_first() -> None:
    assessment = assessed(LIVE_FACTS | {"knowledge_size": "none"})

    assert assessment.verdict == "prompt_long_context"
    assert assessment.headline.startswith(
        "Use a prompt: write down the facts that answers lack, put them in the prompt, "
        "and test it."
    )
    assert "no document is said to hold them" in assessment.lead
    assert "fits in the context window" not in assessment.lead
