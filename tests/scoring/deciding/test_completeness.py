"""What can still change a verdict, over answers of every kind."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.frameworks.answering import flow
from audits.frameworks.answering.answers import read
from audits.frameworks.conditions import In
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.frameworks.questions import UNKNOWN, Question
from audits.scoring import assess
from audits.scoring.deciding.circumstances import Circumstances, EvidenceLevel
from audits.scoring.deciding.possibilities import possibilities
from audits.scoring.unproven import unproven
from tests.examples import DEAREST, up_to
from tests.frameworks.pinned import pinned, read_by
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

FRAMEWORK = published("fine_tuning", 2)
# A question added since would be open in cases that answer all the others.
PINNED = pinned(FRAMEWORK)
TRAINING = read_by(PINNED, TRAINING_CASE)


def some_answer(question: Question) -> st.SearchStrategy[Code]:
    known: st.SearchStrategy[Any]
    if question.kind == "one":
        known = st.sampled_from([option.id for option in question.options])
    else:
        parts = [part.id for part in question.ticks or question.options]
        least, most = (0, len(parts)) if question.ticks else (1, min(3, question.most))
        known = st.sets(st.sampled_from(parts), min_size=least, max_size=most).map(
            lambda picked: tuple(part for part in parts if part in picked)
        )
    return st.one_of(known, st.just(UNKNOWN))


some_answers = st.fixed_dictionaries(
    {}, optional={q.id: some_answer(q) for q in FRAMEWORK.questions}
)
some_levels = st.fixed_dictionaries(
    {},
    optional={
        question: st.sampled_from(["asserted", "documented", "measured"])
        for question in sorted(FRAMEWORK.measurements)
    },
)


@settings(max_examples=up_to(2000, DEAREST))
@given(some_answers, some_levels)
def test_verdict_is_among_the_possible_and_the_next_question_applies(
    answers: dict[str, Code], levels: dict[str, Any]
) -> None:
    under = Circumstances(levels=levels)

    assessment = assess(FRAMEWORK, answers, under, open_only=True)

    completeness = assessment.completeness
    assert completeness is not None
    assert assessment.verdict in completeness.possible
    assert not {each.question for each in completeness.open} & answers.keys()
    if completeness.open:
        applicable = {q.id for q in flow.applicable(FRAMEWORK, answers)}
        assert completeness.open[0].question in applicable


def test_question_needed_early_is_asked_once_it_applies() -> None:
    """Who may teach is asked only of some places, so the place is asked first."""
    order = FRAMEWORK.question_order
    assert order is not None
    barred = replace(
        FRAMEWORK.blockers[0], id="barred", when=In("teacher_rights", ("barred",))
    )
    framework = replace(
        PINNED,
        blockers=(*PINNED.blockers, barred),
        question_order=replace(order, once_needed=("teacher_rights", "platform")),
    )
    under = Circumstances(levels=TRAINING_LEVELS)
    known = {q: x for q, x in TRAINING.items() if q not in ("hosting", "platform")}
    placed = {**known, "hosting": "self_host"}

    before = possibilities(framework, known, known.keys(), under)
    after = possibilities(framework, placed, placed.keys(), under)

    asked = before.questions
    assert asked[0] == "platform"
    assert asked.index("hosting") < asked.index("teacher_rights")
    assert after.questions[:2] == ("teacher_rights", "platform")


def test_ticks_count_as_the_option_they_amount_to() -> None:
    ticked = assess(PINNED, TRAINING, Circumstances(levels=TRAINING_LEVELS))
    option = {**TRAINING, "mlops": "ready"}
    picked = assess(PINNED, option, Circumstances(levels=TRAINING_LEVELS))

    assert ticked.completeness == picked.completeness
    assert ticked.completeness is not None
    assert ticked.completeness.possible == ("fine_tune",)


def test_result_is_unproven_until_it_has_a_level() -> None:
    levels: dict[str, Any] = {"tried": "asserted", "eval": "documented"}
    codes = flow.relevant(FRAMEWORK, TRAINING)

    found = unproven(FRAMEWORK, codes, Circumstances(levels=levels))

    assert [q.id for q in found] == [
        *("tried", "quality_gap", "examples", "example_quality")
    ]


def test_answer_that_says_that_nobody_looked_needs_no_proof() -> None:
    answers: dict[str, Code] = {
        "goal": ("cost_latency",),
        "tried": ("nothing",),
        "eval": UNKNOWN,
        "teacher": "not_scored",
        "latency": "hard",
        "latency_evidence": "missed",
    }

    found = unproven(FRAMEWORK, flow.relevant(FRAMEWORK, answers), Circumstances())

    assert [q.id for q in found] == ["latency_evidence"]


def test_version_1_asks_for_no_level() -> None:
    framework = published("fine_tuning", 1)
    codes = flow.relevant(framework, {"quality_gap": "large"})

    assert unproven(framework, codes, Circumstances()) == ()


def test_open_questions_are_told_apart_by_what_they_change_alone() -> None:
    few: dict[str, Code] = {"goal": ("style",), "state": "none", "tried": ("nothing",)}

    several = assess(PINNED, few, open_only=True)
    all_asked = assess(PINNED, TRAINING, Circumstances(levels=TRAINING_LEVELS))

    alone = sum(unknown.left_open for unknown in several.decisive_unknowns)
    assert 0 < alone < len(several.open_questions)
    assert several.alone_message == (
        f"{alone} of them can change it alone; the rest only together with others."
    )
    assert all_asked.alone_message == ""


@pytest.mark.parametrize(
    ("level", "is_possible"), [("measured", False), ("asserted", True)]
)
def test_what_is_shown_already_is_not_measured_again(
    level: EvidenceLevel, *, is_possible: bool
) -> None:
    facts = {
        "goal": ["cost_latency"],
        "tried": ["instructions", "examples", "stronger_model"],
        "eval": "production",
        "quality_gap": "met",
        "latency": "interactive",
        "unit_economics": "acceptable",
    }
    under = Circumstances(unmarked="measured", levels={"unit_economics": level})

    found = assess(FRAMEWORK, read(FRAMEWORK, facts), under, open_only=True)

    assert found.completeness
    assert ("gather_evidence" in found.completeness.possible) is is_possible
