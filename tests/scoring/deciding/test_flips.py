import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import PACKS, published
from audits.frameworks.questions import UNKNOWN
from audits.scoring import assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import decide
from audits.scoring.deciding.flips import WAYS, Flip, flips
from tests.examples import DEAR, DEAREST, some_of, up_to

FRAMEWORK = published("fine_tuning", 1)
STYLE: dict[str, Code] = {"goal": ("style",), "state": "planned", "examples": "curated"}
CASES = {
    case["id"]: {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in case["facts"].items()
        if key in FRAMEWORK.answerable
    }
    for line in (PACKS / "fine_tuning" / "v1.cases.jsonl").read_text().splitlines()
    for case in [json.loads(line)]
}


def found(answers: dict[str, Code], size: int = 1) -> tuple[Flip, ...]:
    return flips(FRAMEWORK, answers, size)


def applied(answers: dict[str, Code], flip: Flip) -> str:
    changed = {
        change.question: (change.option,)
        if FRAMEWORK.question_by_id[change.question].kind == "several"
        else change.option
        for change in flip.changes
    }
    return decide(FRAMEWORK, flow.relevant(FRAMEWORK, {**answers, **changed})).verdict


def answer_sets() -> st.SearchStrategy[dict[str, Code]]:
    """Any subset of the questions with any of their options, or not known."""
    questions = {
        question.id: st.lists(
            st.sampled_from([o.id for o in question.options]),
            min_size=1,
            max_size=question.most,
            unique=True,
        ).map(tuple)
        if question.kind == "several"
        else st.sampled_from([*(o.id for o in question.options), UNKNOWN])
        for question in FRAMEWORK.questions
    }
    return st.fixed_dictionaries({}, optional=questions)


@settings(
    max_examples=up_to(2000, DEAR),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(answers=answer_sets())
def test_every_flip_gives_the_verdict_it_promises(answers: dict[str, Code]) -> None:
    for flip in found(answers):
        assert applied(answers, flip) == flip.verdict


def tried(answers: dict[str, Code]) -> set[tuple[str, str]]:
    """Return each other verdict that one option gives, by working out them all."""
    codes = flow.relevant(FRAMEWORK, answers)
    others = set()
    for question in flow.applicable(FRAMEWORK, codes):
        known = flow.is_known(codes, question.id)
        if known and question.id == FRAMEWORK.state_question:
            continue
        for option in question.options:
            code = (option.id,) if question.kind == "several" else option.id
            changed = flow.relevant(FRAMEWORK, {**answers, question.id: code})
            verdict = decide(FRAMEWORK, changed).verdict
            if not (known and option.not_yet):
                others.add((question.id, verdict))
    stands = decide(FRAMEWORK, codes).verdict
    return {(question, verdict) for question, verdict in others if verdict != stands}


@settings(
    max_examples=up_to(300, DEAR),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(answers=answer_sets())
def test_no_answer_that_changes_the_verdict_is_passed_over(
    answers: dict[str, Code],
) -> None:
    flipped = {(flip.changes[0].question, flip.verdict) for flip in found(answers)}

    assert flipped == tried(answers)


def check_pairs(answers: dict[str, Code]) -> int:
    """Check every flip of two, and return how many there are."""
    verdict = decide(FRAMEWORK, flow.relevant(FRAMEWORK, answers)).verdict
    pairs = [flip for flip in found(answers, size=2) if len(flip.changes) == 2]
    for flip in pairs:
        assert applied(answers, flip) == flip.verdict
        for change in flip.changes:
            assert applied(answers, replace(flip, changes=(change,))) == verdict
    return len(pairs)


@pytest.mark.parametrize("case", some_of(CASES, 12))
def test_flip_of_two_keeps_its_promise_and_needs_both(case: str) -> None:
    check_pairs(CASES[case])


def test_most_cases_have_flips_of_two() -> None:
    having = [
        case for case in ("honeycomb", "rechat", "klarna") if check_pairs(CASES[case])
    ]

    assert having == ["honeycomb", "rechat", "klarna"]


@settings(
    max_examples=up_to(2000, DEAREST),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(answers=answer_sets())
def test_flip_of_two_of_any_answers_needs_both(answers: dict[str, Code]) -> None:
    check_pairs(answers)


def test_measuring_comes_before_work_and_work_before_the_world() -> None:
    ways = [WAYS.index(flip.way) for flip in found(CASES["honeycomb"])]

    assert ways == sorted(ways)
    assert set(ways) == {0, 1, 2}


def test_quickest_to_find_out_comes_first() -> None:
    hours = [f.changes[0].hours for f in found(STYLE) if f.way == "measure"]

    assert hours == sorted(hours)


def test_flip_says_what_changes_and_the_rule_that_fires() -> None:
    answers = {**STYLE, "format_need": "bespoke", "format_evidence": "not_measured"}

    [flip] = [
        flip for flip in found(answers) if flip.changes[0].option == "fails_constrained"
    ]

    assert (flip.verdict, flip.rule, flip.way) == (
        "fine_tune_after_mlops",
        "train_later",
        "measure",
    )
    assert flip.changes[0].now == "Not measured"
    assert flip.sentence.startswith(
        "If “Format failures” were “Still fails with all safeguards”: "
        "Fine-tune after MLOps. A need is measured"
    )


def test_where_training_stands_is_not_tried_once_it_is_known() -> None:
    known = {f.changes[0].question for f in found({**STYLE, "state": "none"})}
    unknown = {f.changes[0].question for f in found({**STYLE, "state": UNKNOWN})}

    assert "state" not in known
    assert "state" in unknown


def test_options_that_no_condition_tells_apart_are_tried_once() -> None:
    tried = [
        f.changes[0].option
        for f in found(CASES["travelers"])
        if f.changes[0].question == "volume"
    ]

    assert len(tried) == len(set(tried)) <= 1


def test_measuring_what_was_asserted_is_a_change() -> None:
    answers = flow.relevant(
        FRAMEWORK, {"latency": "hard", "latency_evidence": "missed"}
    )
    under = Circumstances(levels={"latency_evidence": "asserted"})

    changes = [
        flip.changes[0].option
        for flip in flips(FRAMEWORK, answers, 1, under)
        if flip.changes[0].question == "latency_evidence"
    ]

    assert changes == ["met", "missed"]


def test_without_flips_there_is_a_verdict_and_no_confidence() -> None:
    bare, full = assess(FRAMEWORK, STYLE, flip_size=0), assess(FRAMEWORK, STYLE)

    assert (bare.verdict, bare.trace) == (full.verdict, full.trace)
    assert (bare.confidence, bare.flips) == (None, ())


def test_open_questions_alone_say_which_of_them_decide() -> None:
    for answers in CASES.values():
        single = found(answers)
        known = flow.relevant(FRAMEWORK, answers)
        deciding = {
            flip.changes[0].question
            for flip in single
            if not flow.is_known(known, flip.changes[0].question)
        }

        brief = flips(FRAMEWORK, answers, 1, open_only=True)

        assert [flip.changes[0].question for flip in brief] == list(
            dict.fromkeys(flip.changes[0].question for flip in brief)
        )
        assert {flip.changes[0].question for flip in brief} == deciding
        # Brief ones do not look for what would be asked then, and so say a verdict.
        assert {(x.changes, x.verdict) for x in brief} <= {
            (x.changes, x.verdict) for x in single
        }


@pytest.mark.parametrize("case", some_of(CASES, 16))
def test_brief_assessment_has_the_same_verdict_and_confidence(case: str) -> None:
    whole, brief = (
        assess(FRAMEWORK, CASES[case], open_only=open_only)
        for open_only in (False, True)
    )

    assert (brief.verdict, brief.confidence) == (whole.verdict, whole.confidence)
    assert brief.trace == whole.trace
