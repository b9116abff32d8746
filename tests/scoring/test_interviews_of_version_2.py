"""Teams that answer one question after the other, as long as one can matter.

Their answers and the counts are those to the questions that are pinned.
"""

import json
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.cases import levels_of, published_cases
from audits.frameworks.loading.loader import published
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import decide
from audits.scoring.deciding.possibilities import possibilities
from tests.examples import some_of
from tests.frameworks.pinned import pinned, read_by
from tests.scoring.test_worked_examples_of_version_2 import LINES, given_in

WHOLE = published("fine_tuning", 2)
FRAMEWORK = pinned(WHOLE)
COMPUTED = {value.id for value in FRAMEWORK.computed}

type Case = tuple[str, Mapping[str, Code], Circumstances]


def cases() -> Iterator[Case]:
    for case in published_cases():
        given = read_by(FRAMEWORK, case["facts"])
        levels: dict[str, Any] = {**levels_of(FRAMEWORK, case)}
        yield case["name"], given, Circumstances(levels=levels)
    for line in LINES:
        yield json.loads(line)["id"], *given_in(line)


CASES = [*cases()]


def named(case: Case) -> str:
    return case[0]


def interviewed(
    given: Mapping[str, Code],
    under: Circumstances,
    framework: Framework = FRAMEWORK,
) -> tuple[dict[str, Code], int]:
    """Return the answers once no other can matter, and how many questions that took."""
    found = {q: code for q, code in given.items() if q in COMPUTED}
    asked = set(found)
    while question := possibilities(framework, found, asked, under).next_question:
        asked.add(question)
        if question in given:
            asks = framework.question_by_id[question]
            found[question] = flow.code_of(asks, given[question])
    return found, len(asked - COMPUTED)


def verdict_of(given: Mapping[str, Code], under: Circumstances) -> str:
    return decide(FRAMEWORK, flow.relevant(FRAMEWORK, given), under).verdict


@pytest.mark.parametrize("case", some_of(map(pytest.param, CASES), 24), ids=named)
def test_interview_ends_on_the_verdict_of_all_answers(case: Case) -> None:
    _, given, under = case

    found, _ = interviewed(given, under)

    assert verdict_of(found, under) == verdict_of(given, under)


@pytest.mark.thorough
@pytest.mark.parametrize("framework", [FRAMEWORK, WHOLE], ids=["pinned", "whole"])
def test_interviews_end_early(framework: Framework) -> None:
    """A question that is added since must not make them longer either."""
    counts = [interviewed(given, under, framework)[1] for _, given, under in CASES]

    assert len(counts) == 47 + 49
    assert statistics.median(counts) <= 12
    assert statistics.quantiles(counts, n=10)[-1] <= 18


def test_live_model_that_meets_its_target_is_settled_by_five_questions() -> None:
    given: dict[str, Code] = {
        "goal": ("task_skill",),
        "state": "live_tuned",
        "platform": "open",
        "incumbent": "meets",
        "data_rights": "clear",
        "volume": "high",
    }
    under = Circumstances(levels={"incumbent": "measured"})

    found, count = interviewed(given, under)

    assert count == 5
    assert verdict_of(found, under) == "keep"


def test_experiment_that_cannot_be_run_keeps_no_question_open() -> None:
    """The faults are counted, so counting them cannot bring another one."""
    example = next(line for line in LINES if json.loads(line)["id"] == "E10")
    given, under = given_in(example)

    found, count = interviewed(given, under)

    assert count == 7
    assert verdict_of(found, under) == "rag"


def test_answer_is_open_as_long_as_its_question_may_apply() -> None:
    """Who may teach is asked only of some places, so the place is asked first."""
    example = next(line for line in LINES if json.loads(line)["id"] == "E13")
    given, under = given_in(example)

    found, _ = interviewed(given, under)
    asked = found.keys() | {"hosting"}
    levels: dict[str, Any] = {**under.levels, "teacher": "measured"}
    there = {**found, "hosting": "self_host", "teacher": "passes"}
    before = possibilities(FRAMEWORK, found, found.keys(), under)

    assert verdict_of(found, under) == "fine_tune_after_mlops"
    assert verdict_of(there, replace(under, levels=levels)) == "distil"
    assert before.next_question == "hosting"
    assert possibilities(FRAMEWORK, found, asked, under).is_settled


def test_last_questions_are_left_out_if_none_of_their_answers_matters() -> None:
    """Open conditions still see “gather evidence”; no set of answers leads there."""
    example = next(line for line in LINES if json.loads(line)["id"] == "E04")
    given, under = given_in(example)
    last = {"example_quality", "data_rights", "platform"}
    asked = FRAMEWORK.question_by_id.keys() - last

    found = possibilities(
        FRAMEWORK, {q: x for q, x in given.items() if q not in last}, asked, under
    )

    assert found.questions == ()
    assert found.verdicts == {"prompt_long_context"}
