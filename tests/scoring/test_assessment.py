import dataclasses
import json

import pytest

from audits.frameworks.answering import flow
from audits.frameworks.answering.answers import read
from audits.frameworks.answering.meanings import NO_MEANINGS
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import current, published
from audits.scoring import assess
from audits.scoring.exchange import document
from audits.scoring.explaining.grades.confidence import Level, Unknown, level
from audits.scoring.explaining.trace_shapes import ReasonStep, Step
from tests.scoring.twelve_verdicts import ANSWERS

FRAMEWORK = published("fine_tuning", 1)
assert FRAMEWORK.confidence
RULE = FRAMEWORK.confidence

STYLE: dict[str, Code] = {"goal": ("style",)}
SLOW: dict[str, Code] = {
    "goal": ("cost_latency", "style"),
    "latency": "hard",
    "latency_evidence": "missed",
    "quality_gap": "met",
    "eval": ("two_hundred", "rerun"),
    "data_rights": "restricted",
    "volume": "unknown",
}


def readings(steps: tuple[Step | ReasonStep, ...], step_id: str) -> dict[str, str]:
    """Return what a step of the trace read, label to answer."""
    step = next(step for step in steps if step.id == step_id)
    return {reading.label: reading.answer for reading in step.read}


@pytest.mark.parametrize(
    ("state", "headline"),
    [
        ("none", "Use few-shot examples. Do not start fine-tuning."),
        ("planned", "Use few-shot examples. Do not start fine-tuning yet."),
        ("in_cycle", "Stop training now. Use few-shot examples instead."),
        (
            "live_tuned",
            "Freeze the tuned model: no retraining. Move to few-shot examples.",
        ),
        (
            "failed_or_paused",
            "Do not restart training. Use few-shot examples instead.",
        ),
        ("unknown", "Use few-shot examples. Do not train a model."),
    ],
)
def test_headline_fits_where_training_stands(state: str, headline: str) -> None:
    assert assess(FRAMEWORK, STYLE | {"state": state}).headline == headline


def test_headline_without_a_state_is_that_of_an_unknown_one() -> None:
    assert assess(FRAMEWORK, STYLE).headline == (
        "Use few-shot examples. Do not train a model."
    )


@pytest.mark.parametrize(
    ("state", "headline"),
    [
        ("none", "Distil a small model, and keep few-shot examples around it."),
        ("in_cycle", "Distil: train the small model on a large model's answers."),
        (
            "live_tuned",
            "Distil the next model. Keep the live one until it passes.",
        ),
    ],
)
def test_headline_names_the_context_layer(state: str, headline: str) -> None:
    assert assess(FRAMEWORK, SLOW | {"state": state}).headline == headline


def test_verdict_comes_with_its_words_and_layers() -> None:
    assessment = assess(FRAMEWORK, SLOW)

    assert (assessment.verdict, assessment.verdict_name) == ("distil", "Distil")
    assert (assessment.family, assessment.mark) == ("distil", "distil")
    assert (assessment.context_layer, assessment.context_name) == (
        "few_shot",
        "Few-shot",
    )
    assert assessment.trained_layer == "distil"
    assert assessment.content_hash == FRAMEWORK.content_hash


def test_codes_are_the_answers_that_counted() -> None:
    answers = STYLE | {"latency": "relaxed", "latency_evidence": "missed", "mlops": ()}

    assessment = assess(FRAMEWORK, answers)

    assert assessment.codes == {
        "goal": ("style",),
        "latency": "relaxed",
        "mlops": "none",
    }
    assert assessment.answered == 3
    applicable = flow.applicable(FRAMEWORK, assessment.codes)
    assert "latency_evidence" not in [question.id for question in applicable]
    assert assessment.applicable == len(applicable)


def test_what_codes_mean_is_no_part_of_what_was_assessed() -> None:
    found = assess(published("fine_tuning", 2), {"tried": ("examples",)})

    assert found.means != NO_MEANINGS
    without = dataclasses.replace(found, means=NO_MEANINGS)
    assert (without, repr(without)) == (found, repr(found))


def test_reading_is_in_words() -> None:
    assessment = assess(FRAMEWORK, SLOW)

    assert readings(assessment.trace.reasons, "X2") == {
        "Speed needed": "Hard",
        "Speed measured": "Missed",
    }


def test_reading_tells_not_known_from_no_answer_yet() -> None:
    assessment = assess(FRAMEWORK, SLOW)

    assert readings(assessment.trace.reasons, "C2") == {
        "Cost of the repeated prompt": "No answer yet",
        "Cost against value": "No answer yet",
        "Calls a month": "Not known",
        "What a dollar buys": "2,500,000 tokens (assumed)",
    }


def test_reading_joins_several_picks_and_looks_through_facts() -> None:
    assessment = assess(FRAMEWORK, SLOW)

    assert readings(assessment.trace.reasons, "X1")["What is wrong"] == (
        "Cost or speed, Style"
    )


def test_reading_of_a_rule_sums_up_reasons_and_blockers() -> None:
    assessment = assess(FRAMEWORK, SLOW | {"data_rights": "prohibited"})

    assert readings(assessment.trace.verdict_rules, "train") == {
        "Reasons to train": "1 hold, 0 possible",
        "Blockers": f"1 of {len(FRAMEWORK.blockers)}",
        "MLOps practices": "No answer yet",
        "Owner of the model": "No answer yet",
    }


def test_reading_of_a_blocker_names_the_reasons_it_gives_way_to() -> None:
    assessment = assess(FRAMEWORK, {"format_need": "bespoke", "task_shape": "broad"})

    assert readings(assessment.trace.blockers, "broad_task") == {
        "Shape of the job": "Several jobs",
        "Format": "Possible, not measured",
        "Language": "Not known",
    }


def test_unknowns_come_decisive_first_then_in_document_order() -> None:
    unknowns = assess(FRAMEWORK, STYLE | {"volume": "unknown"}).unknowns

    decisive = [u.question for u in unknowns if u.could_become]
    others = [u.question for u in unknowns if not u.could_become]
    order = list(FRAMEWORK.question_by_id)
    assert [u.question for u in unknowns] == decisive + others
    assert decisive == ["state", "traceability", "examples", "example_quality"]
    assert others == sorted(others, key=order.index)


def test_unknown_says_what_it_could_become_and_how_to_find_out() -> None:
    unknown = assess(FRAMEWORK, STYLE).decisive_unknowns[0]

    question = FRAMEWORK.question_by_id["state"]
    assert unknown == Unknown(
        question="state",
        label=question.label,
        text=question.text,
        find_out=question.find_out,
        left_open=True,
        could_become=("stop_fine_tuning",),
    )


def test_unknown_tells_dont_know_from_left_open() -> None:
    unknowns = assess(FRAMEWORK, STYLE | {"volume": "unknown"}).unknowns

    left_open = {u.question: u.left_open for u in unknowns}
    assert (left_open["volume"], left_open["state"]) == (False, True)


@pytest.mark.parametrize(
    ("decisive", "confidence"),
    [(0, "high"), (1, "medium"), (2, "medium"), (3, "low"), (20, "low")],
)
def test_confidence_falls_with_each_decisive_unknown(
    decisive: int, confidence: Level
) -> None:
    harmless = assess(FRAMEWORK, STYLE).unknowns[-1]
    grave = dataclasses.replace(harmless, could_become=("rag",))

    found = (*[grave] * decisive, harmless, harmless)

    assert level(RULE, found, applicable=100) == confidence


@pytest.mark.parametrize(
    ("known", "confidence"),
    [(50, "high"), (49, "medium"), (25, "medium"), (24, "low"), (0, "low")],
)
def test_confidence_falls_with_the_share_that_is_known(
    known: int, confidence: Level
) -> None:
    harmless = assess(FRAMEWORK, STYLE).unknowns[-1]

    found = (harmless,) * (100 - known)

    assert level(RULE, found, applicable=100) == confidence


@pytest.mark.parametrize(("known", "confidence"), [(499, "medium"), (249, "low")])
def test_confidence_does_not_round_the_share_that_is_known(
    known: int, confidence: Level
) -> None:
    harmless = assess(FRAMEWORK, STYLE).unknowns[-1]

    found = (harmless,) * (1000 - known)

    assert level(RULE, found, applicable=1000) == confidence


def test_confidence_comes_with_its_reason() -> None:
    assessment = assess(FRAMEWORK, STYLE)

    assert assessment.confidence == "low"
    assert assessment.confidence_because == RULE.low


def test_settle_holds_what_this_verdict_and_these_answers_ask_for() -> None:
    assessment = assess(FRAMEWORK, SLOW)

    assert [settle.id for settle in assessment.settle] == [
        "teacher_unclear",
        "restricted_data",
        "labels_unchecked",
    ]


def test_settle_is_empty_where_nothing_is_trained() -> None:
    assert assess(FRAMEWORK, STYLE | {"data_rights": "restricted"}).settle == ()


@pytest.mark.parametrize(("gap", "settled"), [("small", ["closing"]), ("met", [])])
def test_a_move_to_what_is_not_trained_has_nothing_of_training_to_settle(
    gap: str, settled: list[str]
) -> None:
    framework = current()
    codes = read(framework, ANSWERS["migrate"] | {"quality_gap": gap})

    found = assess(framework, codes)

    assert found.verdict == "migrate"
    assert [each.id for each in found.settle] == settled


def test_pushes_add_up_best_technique_and_strongest_push_first() -> None:
    pushes = assess(FRAMEWORK, SLOW).pushes

    totals = {push.technique: push.total for push in pushes}
    strengths = [abs(p.points) for p in pushes[0].pushes]
    assert totals == {
        "distil": 8,
        "few_shot": 3,
        "prompt": 2,
        "rag": 0,
        "fine_tune": -4,
    }
    assert list(totals) == ["distil", "few_shot", "prompt", "rag", "fine_tune"]
    assert strengths == sorted(strengths, reverse=True)


def test_document_is_plain_json() -> None:
    written = document.dump(assess(FRAMEWORK, SLOW))

    assert json.loads(json.dumps(written)) == written


def test_equal_answers_give_equal_documents() -> None:
    first = json.dumps(document.dump(assess(FRAMEWORK, SLOW)))
    second = json.dumps(document.dump(assess(FRAMEWORK, dict(reversed(SLOW.items())))))

    assert first == second
