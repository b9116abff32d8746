import json
import operator
from random import Random
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audits.frameworks.answering import flow
from audits.frameworks.answering.answers import read
from audits.frameworks.conditions import Condition, FactHolds, leaves
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import PACKS, published
from audits.frameworks.questions import UNKNOWN, Computed, Question
from audits.frameworks.rules import Verdict
from audits.scoring import assess
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.exchange import document
from tests.examples import DEAR, up_to

FRAMEWORK = published("fine_tuning", 1)

type Answers = dict[str, Code]


def any_answer(item: Question | Computed) -> st.SearchStrategy[Code]:
    """Any answer that the item takes: options, ticks or "I don't know yet"."""
    options = [option.id for option in item.options]
    one = st.sampled_from([*options, UNKNOWN])
    if not isinstance(item, Question) or item.kind == "one":
        return one
    if item.kind == "ticks":
        ticks = [tick.id for tick in item.ticks]
        return one | st.lists(st.sampled_from(ticks), unique=True).map(tuple)
    picks = st.lists(
        st.sampled_from(options), unique=True, min_size=1, max_size=item.most
    )
    return st.just(UNKNOWN) | picks.map(tuple)


EACH = {item_id: any_answer(item) for item_id, item in FRAMEWORK.answerable.items()}
ANY_ANSWERS = st.fixed_dictionaries({}, optional=EACH)
ALL_ANSWERS = st.fixed_dictionaries(EACH)
# Random answers seldom give a reason to train, so most start from a real case.
CASES = [
    read(FRAMEWORK, {q: facts[q] for q in EACH if q in facts})
    for name in ("v1.cases.jsonl", "v1.boundaries.jsonl")
    for line in (PACKS / "fine_tuning" / name).read_text(encoding="utf-8").splitlines()
    for facts in [json.loads(line)["facts"]]
]
CHANGES = st.lists(
    st.one_of([st.tuples(st.just(item_id), code) for item_id, code in EACH.items()]),
    max_size=5,
).map(dict)
NEAR_A_CASE = st.builds(operator.or_, st.sampled_from(CASES), CHANGES)
ANSWERS = st.one_of(ANY_ANSWERS, ALL_ANSWERS, *[NEAR_A_CASE] * 4)

thoroughly = settings(
    max_examples=up_to(2000, DEAR),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
briefly = settings(thoroughly, max_examples=up_to(200, DEAR))


def decided(answers: Answers) -> Decision:
    return decide(FRAMEWORK, flow.relevant(FRAMEWORK, answers))


def measured(decision: Decision) -> set[str]:
    statuses = decision.at.reasons
    return {reason for reason in statuses if statuses[reason] == "measured"}


@thoroughly
@given(ANSWERS)
def test_every_set_of_answers_has_one_verdict(answers: Answers) -> None:
    decision = decided(answers)

    assert decision.verdict in get_args(Verdict)
    assert decision.verdict_rule in FRAMEWORK.verdict_rules


@briefly
@given(ANSWERS)
def test_every_set_of_answers_is_explained(answers: Answers) -> None:
    assessment = assess(FRAMEWORK, answers)

    fired = [s.id for s in assessment.trace.verdict_rules if s.outcome == "fired"]
    assert assessment.verdict == decided(answers).verdict
    assert fired == [decided(answers).verdict_rule.id]
    assert "{" not in assessment.headline


@thoroughly
@given(ANSWERS, ALL_ANSWERS)
def test_answers_to_hidden_questions_never_matter(
    answers: Answers, others: Answers
) -> None:
    shown = {question.id for question in flow.applicable(FRAMEWORK, answers)}
    hidden = set(FRAMEWORK.question_by_id) - shown

    overlaid = answers | {question: others[question] for question in hidden}

    assert flow.relevant(FRAMEWORK, overlaid) == flow.relevant(FRAMEWORK, answers)


@thoroughly
@given(ANSWERS, st.randoms(use_true_random=False))
def test_order_of_answers_never_matters(answers: Answers, chance: Random) -> None:
    order = list(answers)
    chance.shuffle(order)

    codes = flow.relevant(
        FRAMEWORK, {question: answers[question] for question in order}
    )

    assert list(codes.items()) == list(flow.relevant(FRAMEWORK, answers).items())


@thoroughly
@given(ANSWERS, EACH["state"])
def test_state_never_moves_a_verdict_towards_training(
    answers: Answers, state: Code
) -> None:
    anyhow = decided(answers | {"state": UNKNOWN})

    here = decided(answers | {"state": state})

    assert here.trained_layer == anyhow.trained_layer
    assert here.context_layer == anyhow.context_layer


@thoroughly
@given(ANSWERS)
def test_means_to_train_are_no_reason_to_train(answers: Answers) -> None:
    means: Answers = {"mlops": "ready", "team": "dedicated", "platform": "open"}

    able = decided(answers | means)

    assert able.at.reasons == decided(answers).at.reasons
    assert able.trained_layer is None or measured(able)


@thoroughly
@given(ANSWERS)
def test_missing_facts_alone_train_only_for_another_reason(
    answers: Answers,
) -> None:
    decision = decided(answers | {"goal": ("knowledge",)})

    assert measured(decision) <= {"C1", "C2", "X2", "X3"}
    assert decision.trained_layer is None or measured(decision)


@thoroughly
@given(ANSWERS, st.sampled_from(["prohibited", "unclear"]))
def test_data_without_the_right_never_train(answers: Answers, right: str) -> None:
    decision = decided(answers | {"data_rights": right})

    assert decision.trained_layer is None


@thoroughly
@given(ANSWERS, st.sampled_from(["none", "anecdotal"]))
def test_opinions_instead_of_a_test_set_never_train(
    answers: Answers, proof: str
) -> None:
    decision = decided(answers | {"eval": proof})

    assert measured(decision) == set()
    assert decision.trained_layer is None


# The answers that cancel a reason: what nobody has looked into cancels nothing, so a
# reason may stand once they are forgotten.
CANCELLING = {
    "C2": {"unit_economics", "prefix_cost"},
    "C3": {"goal"},
    "X1": {"example_quality", "domain_evidence"},
    "X3": {"unit_economics", "volume"},
}


def read_by(condition: Condition | None) -> set[str]:
    """Return the questions a condition reads, also through facts."""
    questions: set[str] = set()
    for leaf in leaves(condition) if condition else ():
        if isinstance(leaf, FactHolds):
            questions |= read_by(FRAMEWORK.facts_by_id[leaf.fact].when)
        else:
            questions.add(leaf.question)  # type: ignore[union-attr]
    return questions


def test_answers_that_cancel_a_reason_are_these() -> None:
    cancelling = {r.id: read_by(r.unless) for r in FRAMEWORK.reasons if r.unless}

    assert cancelling == CANCELLING


@thoroughly
@given(ANSWERS, st.sampled_from(sorted(FRAMEWORK.answerable)))
def test_forgetting_an_answer_never_makes_an_absent_reason_measured(
    answers: Answers, forgotten: str
) -> None:
    before = decided(answers).at.reasons

    after = decided(answers | {forgotten: UNKNOWN}).at.reasons

    risen = {
        reason
        for reason, standing in after.items()
        if standing == "measured" and before[reason] == "absent"
    }
    cancelled = {r for r in CANCELLING if forgotten in CANCELLING[r]}
    assert risen <= cancelled


@briefly
@given(ANSWERS)
def test_document_is_read_back_as_it_was_written(answers: Answers) -> None:
    assessment = assess(FRAMEWORK, answers)

    assert document.load(document.dump(assessment)) == assessment
