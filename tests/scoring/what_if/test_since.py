"""What differs between two audits is named once, in words, and nothing else."""

from dataclasses import replace

from audits.frameworks.loading.loader import published
from audits.scoring.inputs import Inputs
from audits.scoring.what_if.changes import ChangeWords
from audits.scoring.what_if.since import Given, differences_between
from tests.scoring.what_if.test_changes import FRAMEWORK, MARKET, TRAINING


def of(inputs: Inputs) -> Given:
    return Given(framework=FRAMEWORK, inputs=inputs, market=MARKET)


def test_equal_inputs_have_no_difference() -> None:
    assert differences_between(of(TRAINING), of(TRAINING)) == ()


def test_answer_level_and_number_are_named_in_order() -> None:
    codes = {**TRAINING.codes, "goal": ("style",)}
    levels = {**TRAINING.levels, "quality_gap": "asserted"}
    numbers = {**TRAINING.numbers, "requests": "1234"}
    after = replace(TRAINING, codes=codes, levels=levels, numbers=numbers)

    found = differences_between(of(TRAINING), of(after))

    was = FRAMEWORK.words("goal", TRAINING.codes)
    assert found[0] == ChangeWords(label="What is wrong", now=was, then="Style")
    assert [each.label for each in found] == [
        "What is wrong",
        "How “Gap to the target” is known",
        "Model calls a month",
    ]
    assert found[-1].then.startswith("1,234")


def test_difference_back_is_the_same_the_other_way_round() -> None:
    after = replace(TRAINING, codes={**TRAINING.codes, "state": "none"})

    there = differences_between(of(TRAINING), of(after))
    back = differences_between(of(after), of(TRAINING))

    assert [(each.now, each.then) for each in there] == [
        (each.then, each.now) for each in back
    ]


def test_question_that_the_other_version_has_not_was_not_asked() -> None:
    old = published("fine_tuning", 1)
    asked = next(q for q in FRAMEWORK.questions if q.id not in old.question_by_id)
    code = asked.options[0].id
    inputs = Inputs(codes={asked.id: (code,) if asked.most else code})

    before = Given(framework=old, inputs=Inputs(codes={}), market=MARKET)
    found = differences_between(before, of(inputs))

    named = {each.label: each for each in found}[asked.label]
    assert (named.now, named.then) == ("Not asked", asked.options[0].name)
