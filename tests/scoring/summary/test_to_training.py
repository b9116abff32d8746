"""The nearest path to training is one, and where there is none, nothing leads there."""

from random import Random
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess import assess
from audits.scoring.assess_on import assess_on
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.scored.candidates import ScoredKind
from audits.scoring.summary.actions import (
    actions,
    changes_in_order,
    is_another_use_case,
)
from audits.scoring.summary.to_training import to_training
from audits.scoring.what_if.changes import Changes, changed
from tests.examples import up_to
from tests.scoring.cards.test_promises import DAY, inputs_with, scored
from tests.scoring.live_prompts import LIVE_FACTS, LIVE_PROMPT, assessed
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import TRAINING_CASE

FRAMEWORK = current()
SKILL = LIVE_PROMPT | {"goal": ["task_skill"], "examples": "few", "checker": "none"}


def trains(assessment: Assessment) -> bool:
    return FRAMEWORK.trains(assessment.verdict)


def measured(answers: dict[str, Any]) -> Assessment:
    under = Circumstances(unmarked="measured")
    return assess(FRAMEWORK, read(FRAMEWORK, answers), under, flip_size=0)


def test_path_leads_to_training_and_each_answer_is_needed() -> None:
    path = to_training(FRAMEWORK, assessed(SKILL))
    assert path
    assert path.answers == (
        (
            "Simpler approaches tested",
            "In use or in demos, but never tested",
            "Worked examples, The strongest model",
        ),
        ("Test set", "None", "200 or more cases"),
        ("Gap to the target", "No answer yet", "Large"),
        ("Good examples", "1 to 9", "50 to 999"),
    )
    wanted = {
        "tried": ["examples", "stronger_model"],
        "eval": "solid_set",
        "quality_gap": "large",
        "examples": "hundreds",
    }

    assert measured(SKILL | wanted).verdict == path.verdict
    assert trains(measured(SKILL | wanted))
    for question in wanted:
        rest = {q: x for q, x in wanted.items() if q != question}
        assert not trains(measured(SKILL | rest))


def test_where_none_is_found_no_results_of_work_lead_to_training() -> None:
    assessment = assessed(LIVE_FACTS)
    path = to_training(FRAMEWORK, assessment)
    assert path
    assert path.answers == ()
    work = [each for each in FRAMEWORK.questions if each.changes_by == "work"]
    random = Random(80)  # noqa: S311 - the same examples in each run

    for _ in range(up_to(300, 100)):
        given = dict(LIVE_FACTS)
        for question in work:
            ids = [option.id for option in question.options]
            if question.kind == "one":
                given[question.id] = random.choice(ids)
            elif question.kind == "several":
                given[question.id] = random.sample(ids, random.randint(1, 3))
        assert not trains(measured(given))


@pytest.mark.parametrize("passed", [0, 10, 24, 27])
def test_what_if_with_the_path_says_what_the_result_says(passed: int) -> None:
    kinds: list[ScoredKind] = ["prompt", "stronger"]
    for inputs in (inputs_with(), scored(inputs_with(), kinds, passed)):
        path = to_training(FRAMEWORK, assess_on(FRAMEWORK, inputs, DAY))
        assert path
        assert path.answers
        shown = dict.fromkeys(path.path, "measured")
        changes = Changes(answers=path.path, levels=shown)  # type: ignore[arg-type]

        found = assess_on(FRAMEWORK, changed(inputs, changes), DAY)

        assert found.verdict == path.verdict


def test_verdict_that_trains_needs_no_path() -> None:
    levels = dict.fromkeys(TRAINING_CASE, "measured")
    under = Circumstances(levels=levels)  # type: ignore[arg-type]
    training = assess(FRAMEWORK, read(FRAMEWORK, TRAINING_CASE), under)
    assert trains(training)

    assert to_training(FRAMEWORK, training) is None


@pytest.mark.parametrize("verdict", ANSWERS)
def test_every_verdict_has_an_answer_or_says_nothing(verdict: str) -> None:
    assessment = assessed(ANSWERS[verdict])

    path = to_training(FRAMEWORK, assessment)

    assert path is None or bool(path.answers) is bool(path.verdict)


def test_changes_of_another_use_case_come_last() -> None:
    assessment = assessed(LIVE_FACTS)
    assert is_another_use_case(FRAMEWORK, assessment.flips[0])

    found = changes_in_order(FRAMEWORK, assessment)

    another = [is_another_use_case(FRAMEWORK, flip) for flip in found]
    assert another == sorted(another)
    assert not another[0]


def test_documents_are_not_tested_where_there_are_none() -> None:
    answers = LIVE_FACTS | {
        "tried": ["instructions"],
        "quality_gap": "often_wrong",
        "knowledge_size": "none",
        "task_shape": "narrow_stable",
    }
    assessment = assessed(answers)
    offered = {(x.question, x.option) for f in assessment.flips for x in f.changes}
    assert ("tried", "documents") in offered

    left = {
        (x.question, x.option)
        for flip in actions(FRAMEWORK, assessment)
        for x in flip.changes
    }

    assert ("tried", "documents") not in left


def test_what_a_team_would_bring_about_comes_before_a_loss() -> None:
    answers = LIVE_PROMPT | {
        "tried": ["instructions", "examples"],
        "eval": "small_set",
        "quality_gap": "some_wrong",
        "examples": "curated",
        "pairs": "none",
    }
    assessment = assessed(answers)
    order = {"examples": ("none", "few"), "quality_gap": ("met",)}
    tried = [f.changes[0] for f in assessment.flips if f.way == "measure"]
    assert {x.option for x in tried if x.question == "examples"} & {*order["examples"]}

    found = [flip.changes[0] for flip in actions(FRAMEWORK, assessment)]

    gains = [each.option not in order["examples"] for each in found]
    assert gains == sorted(gains, reverse=True)
    assert False in gains
    assert True in gains
