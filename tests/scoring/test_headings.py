from collections.abc import Mapping

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import assess
from audits.scoring.explaining.pushes import Push, Pushes

FRAMEWORK = published("fine_tuning", 1)

SCORED: dict[str, Code] = {"tried": "prompt_measured"}
SLOW = SCORED | {"latency": "hard", "latency_evidence": "missed"}
STRANGE: dict[str, Code] = {"domain_vocab": "private", "domain_evidence": "base_fails"}


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "No reason to train is known so far"),
        ({"latency": "hard"}, "One reason to train is possible, none measured"),
        (
            {"latency": "hard", "domain_vocab": "private"},
            "2 reasons to train are possible, none measured",
        ),
        (SLOW, "One reason to train holds"),
        (SLOW | STRANGE, "2 reasons to train hold"),
        (
            SLOW | {"domain_vocab": "private"},
            "One reason to train holds, one possible",
        ),
    ],
)
def test_heading_counts_the_reasons(answers: Mapping[str, Code], message: str) -> None:
    assert assess(FRAMEWORK, answers).reasons_message == message


def test_weakest_push_is_still_the_strongest_where_it_is_the_only_one() -> None:
    pushes = {p.technique: p for p in assess(FRAMEWORK, {"latency": "hard"}).pushes}
    against, for_ = pushes["prompt"].strongest_against, pushes["distil"].strongest_for

    assert against is not None
    assert for_ is not None
    assert (against.points, for_.points) == (-1, 1)
    assert pushes["prompt"].strongest_for is None
    assert pushes["distil"].strongest_against is None


def test_push_of_nothing_is_the_strongest_of_nothing() -> None:
    idle = Push(question="team", label="", answer="", points=0, because="")
    pushes = Pushes(technique="rag", name="", total=0, pushes=(idle,))

    assert (pushes.strongest_for, pushes.strongest_against) == (None, None)


def test_reason_fires_if_it_is_measured_or_claimed() -> None:
    assessment = assess(
        FRAMEWORK, SLOW | {"domain_vocab": "private", "goal": ("style",)}
    )

    outcomes = {reason.id: reason.outcome for reason in assessment.trace.reasons}
    assert outcomes == {
        "C1": "not_fired",
        "C2": "not_fired",
        "C3": "fired",
        "X1": "not_fired",
        "X2": "fired",
        "X3": "not_fired",
    }


def test_known_answers_are_counted() -> None:
    # The goal and the speed are known, the volume is not, and the rest is left open.
    assessment = assess(
        FRAMEWORK, {"goal": ("style",), "latency": "relaxed", "volume": "unknown"}
    )

    assert assessment.answered == 3
    assert assessment.known == 2


def test_what_is_not_known_is_not_called_settled() -> None:
    framework = published("fine_tuning", 2)
    unknown: dict[str, Code] = dict.fromkeys(framework.question_by_id, "unknown")

    assessment = assess(framework, unknown)

    assert assessment.completeness is not None
    number = len(assessment.completeness.not_known)
    assert number > len(assessment.decisive_unknowns) > 1
    assert assessment.completeness_message == (
        f"Enough is asked, but {number} answers not known yet could change this"
    )
