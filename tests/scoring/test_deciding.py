"""Which answers a verdict rests on."""

from audits.frameworks import loader
from audits.scoring import assess
from audits.scoring.deciding import deciding_questions, lives_on, rests_on_numbers
from tests.scoring.worked_cases import RETRIEVAL_CASE

FRAMEWORK = loader.current()
CODES = {
    question: tuple(value) if isinstance(value, list) else value
    for question, value in RETRIEVAL_CASE.items()
}


def test_what_the_rules_read_and_what_alone_would_change_the_verdict_decide() -> None:
    assessment = assess(FRAMEWORK, CODES)
    fired = [s for s in assessment.trace.context_rules if s.outcome == "fired"]
    read = {reading.id for step in fired for reading in step.read}
    alone = {flip.changes[0].question for flip in assessment.flips}

    decide = deciding_questions(assessment)

    assert set(decide) == (read | alone) & set(assessment.codes)
    assert decide == ("goal", "knowledge_size", "traceability")
    assert not rests_on_numbers(assessment)


def test_what_decides_is_stable_under_any_other_answer() -> None:
    """Another answer to what does not decide leaves the verdict, whatever it is."""
    assessment = assess(FRAMEWORK, CODES)
    rest = set(assessment.codes) - set(deciding_questions(assessment))

    for question in rest - {FRAMEWORK.state_question}:
        for option in FRAMEWORK.question_by_id[question].options:
            several = FRAMEWORK.question_by_id[question].kind == "several"
            code = (option.id,) if several else option.id
            other = assess(FRAMEWORK, {**CODES, question: code})
            assert other.verdict == assessment.verdict, (question, option.id)


def test_version_lives_on_in_an_equal_value_and_in_a_pick_that_is_still_there() -> None:
    assert lives_on("planned", "planned")
    assert lives_on(["style"], ["format", "style"])
    assert not lives_on(["style"], ["format"])
    assert not lives_on("planned", "none")
    assert not lives_on("planned", None)
    assert not lives_on(None, None)
