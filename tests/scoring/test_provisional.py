"""A verdict is provisional until what could change it was asked and told."""

import random
from collections.abc import Mapping
from typing import Any

import pytest

from audits.frameworks.answering import flow
from audits.frameworks.answering.answers import read
from audits.frameworks.loading import loader
from audits.scoring import Assessment, assess
from audits.scoring.deciding.circumstances import Circumstances, EvidenceLevel
from audits.scoring.explaining.completeness import (
    Completeness,
    OpenQuestion,
    Provisional,
    provisional,
)
from audits.scoring.explaining.grades.confidence import Unknown
from tests.examples import some_of
from tests.scoring.worked_cases import (
    FIRM_FIRST_TRAINING_CASE,
    FIRM_RETRIEVAL_CASE,
    FIRST_TRAINING_CASE,
    RETRIEVAL_CASE,
    TRAINING_CASE,
    TRAINING_LEVELS,
)

FRAMEWORK = loader.current()
FIRST = loader.published("fine_tuning", 1)


def found(
    answers: Mapping[str, Any], levels: Mapping[str, EvidenceLevel] | None = None
) -> Assessment:
    under = Circumstances(levels=levels or {})
    return assess(FRAMEWORK, read(FRAMEWORK, answers), under)


def missing(
    answers: Mapping[str, Any], levels: Mapping[str, EvidenceLevel] | None = None
) -> tuple[list[str], list[str]]:
    """Return the questions, and the results without a level, that keep it open."""
    of = found(answers, levels).provisional
    if of is None:
        return [], []
    return [x.question for x in of.questions], [x.question for x in of.results]


def test_three_answers_give_a_provisional_verdict_that_names_what_is_missing() -> None:
    answers = {"goal": ["knowledge"], "state": "none", "traceability": "required"}

    of = found(answers).provisional

    assert of is not None
    number = len(of.questions)
    first, second, third = (each.label for each in of.questions[:3])
    assert of.sentence == (
        f"This verdict is provisional: {number} open questions can still change "
        f"it (“{first}”, “{second}”, “{third}” and {number - 3} more)."
    )


def test_verdict_is_firm_once_no_unanswered_question_can_change_it() -> None:
    assert found(RETRIEVAL_CASE).provisional is not None

    firm = found(FIRM_RETRIEVAL_CASE)

    assert firm.provisional is None
    assert firm.answered < firm.applicable


def test_i_dont_know_yet_is_an_answer() -> None:
    asked, _ = missing(RETRIEVAL_CASE)
    unknown = dict.fromkeys(asked, "unknown")

    told = found(RETRIEVAL_CASE | unknown)

    assert told.provisional is None
    assert told.unsettled > 0


def test_result_without_a_level_that_could_change_the_verdict_is_missing() -> None:
    levels: dict[str, EvidenceLevel] = {**TRAINING_LEVELS}
    answers = TRAINING_CASE | dict.fromkeys(
        missing(TRAINING_CASE, levels)[0], "unknown"
    )
    assert missing(answers, levels) == ([], [])
    del levels["eval"]
    answers |= dict.fromkeys(missing(answers, levels)[0], "unknown")

    assert missing(answers, levels) == ([], ["eval"])
    assert missing(answers, levels | {"eval": "asserted"}) == ([], [])
    assert missing(answers, levels | {"eval": "documented"}) == ([], [])


def test_results_that_only_together_change_it_are_all_missing() -> None:
    answers = TRAINING_CASE | {"state": "none"}
    while asked := missing(answers)[0]:
        answers |= dict.fromkeys(asked, "unknown")

    _, results = missing(answers)

    proved: dict[str, EvidenceLevel] = dict.fromkeys(results, "documented")
    assert len(results) > 1
    assert found(answers, proved).verdict != found(answers).verdict


def test_version_1_is_provisional_while_one_answer_alone_changes_it() -> None:
    before = assess(FIRST, read(FIRST, FIRST_TRAINING_CASE))
    after = assess(FIRST, read(FIRST, FIRM_FIRST_TRAINING_CASE))

    assert before.provisional is not None
    assert [x.question for x in before.provisional.questions] == [
        "domain_evidence",
        "platform",
    ]
    assert after.provisional is None


@pytest.mark.parametrize("seed", some_of(range(12), 3))
def test_every_verdict_becomes_firm_by_answers_that_can_be_given(seed: int) -> None:
    """Nobody is left with a question that is not asked."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    answers: dict[str, Any] = {"goal": ["task_skill"], "state": "planned"}
    levels: dict[str, EvidenceLevel] = {}
    for _ in range(80):
        of = found(answers, levels).provisional
        if of is None:
            return
        if of.results:
            levels[of.results[0].question] = draw.choice(("asserted", "measured"))
            continue
        asked = {q.id for q in flow.applicable(FRAMEWORK, read(FRAMEWORK, answers))}
        question = next(x.question for x in of.questions if x.question in asked)
        of_one = FRAMEWORK.question_by_id[question]
        several = of_one.kind == "several"
        options = [[x.id] if several else x.id for x in of_one.options]
        answers[question] = draw.choice([*options, "unknown"])
    pytest.fail(f"still open: {found(answers, levels).provisional}")


def test_sentence_names_one_question_and_one_result() -> None:
    of = Provisional(
        questions=(OpenQuestion(question="team", label="Team"),),
        results=(OpenQuestion(question="eval", label="Test set"),),
    )

    assert of.sentence == (
        "This verdict is provisional: 1 open question can still change it "
        "(“Team”), and nobody has said how 1 result is known, which can change it "
        "(“Test set”)."
    )


def test_sentence_names_two_results() -> None:
    labels = (("eval", "Test set"), ("tried", "Simpler approaches tested"))
    results = tuple(OpenQuestion(question=q, label=label) for q, label in labels)

    assert Provisional(questions=(), results=results).sentence == (
        "This verdict is provisional: nobody has said how 2 results are known, which "
        "can change it (“Test set” and “Simpler approaches tested”)."
    )


def test_unknown_answer_that_was_asked_keeps_nothing_provisional() -> None:
    asked = Unknown(
        question="team",
        label="Team",
        text="",
        find_out="",
        left_open=False,
        could_become=("rag",),
    )
    settled = Completeness(possible=("rag",), open=())

    assert provisional(None, [asked]) is None
    assert provisional(settled, [asked]) is None


def test_what_could_change_it_is_counted_and_named_from_one_list() -> None:
    asked, _ = missing(RETRIEVAL_CASE)
    told = found(RETRIEVAL_CASE | dict.fromkeys(asked, "unknown"))
    alone = {unknown.question for unknown in told.decisive_unknowns}
    listed = {each.question for each in told.could_change_it}

    assert listed - alone
    assert f"{len(listed)} answers not known yet" in told.completeness_message
    assert told.only_together == listed - alone
    assert "together" in told.alone_message
