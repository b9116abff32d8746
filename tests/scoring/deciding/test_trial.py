"""Answers after a change are read as if they had been given so from the start."""

from collections.abc import Mapping

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import current
from audits.scoring.deciding.branches import branch
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.experiments import answered
from audits.scoring.deciding.trial import Shift, Trial
from tests.examples import some_of
from tests.scoring.twelve_verdicts import ANSWERS

FRAMEWORK = current()
UNDER = Circumstances(unmarked="asserted", levels={"eval": "measured"})
NONE_PROVED = frozenset[str]()


def seen(trial: Trial) -> tuple[object, ...]:
    at = trial.at
    return at.answers, at.asserted, at.failed, at.seen, at.unshown


def trial_of(codes: Mapping[str, Code]) -> Trial:
    return Trial.of(FRAMEWORK, codes, UNDER)


@pytest.mark.parametrize("verdict", some_of(ANSWERS, 4))
def test_answer_that_is_taken_back_is_read_as_never_given(
    verdict: str,
) -> None:
    codes = read(FRAMEWORK, ANSWERS[verdict])

    for question in codes:
        left = {q: code for q, code in codes.items() if q != question}
        after = trial_of(codes).after(Shift({question: None}, measured=NONE_PROVED))

        assert seen(after) == seen(trial_of(left)), question
        again = after.after(Shift({question: codes[question]}, measured=NONE_PROVED))
        assert seen(again) == seen(trial_of(codes)), question


@pytest.mark.parametrize("gap", ["met", "unknown"])
def test_outcome_is_read_over_a_changed_answer_to_its_own_question(gap: str) -> None:
    """A branch that follows another one reads what it reads on its own."""
    trial = trial_of(read(FRAMEWORK, ANSWERS["fine_tune"]))
    changed = trial.after(Shift({"quality_gap": gap}, measured=NONE_PROVED))
    following, alone = branch(changed, like=branch(trial)), branch(changed)

    outcomes = [x for each in FRAMEWORK.experiments for x in each.outcomes]

    assert any("quality_gap" in outcome.questions for outcome in outcomes)
    for outcome in outcomes:
        assert seen(following.after(outcome).trial) == seen(
            alone.after(outcome).trial
        ), outcome


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("unknown", "small_set"),
        ("none", "small_set"),
        ("small_set", "small_set"),
        ("production", "production"),
    ],
)
def test_outcome_raises_an_answer_and_never_lowers_it(now: str, then: str) -> None:
    outcomes = (x for each in FRAMEWORK.experiments for x in each.outcomes)
    outcome = next(x for x in outcomes if x.raises == {"eval": "small_set"})

    assert answered(FRAMEWORK, {"eval": now}, outcome)["eval"] == then
