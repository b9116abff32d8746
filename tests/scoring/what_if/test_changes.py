"""A scenario changes what it names, and nothing else; its address says it again."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.cases import levels_of, published_cases
from audits.frameworks.loading.loader import current
from audits.frameworks.questions import UNKNOWN
from audits.landscape.catalogue import catalogue
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.summary.actions import actions
from audits.scoring.what_if.changes import (
    Changes,
    changed,
    changes_of,
    in_words,
    without_supposed,
)
from audits.scoring.what_if.comparison import compared, outcome_of
from audits.scoring.what_if.reading import Read, parameters_of, read_changes
from tests.examples import DEAR, some_of, up_to
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import ON_OWN_GPUS

FRAMEWORK, DAY = current(), date(2026, 11, 24)
MARKET = catalogue(DAY)


def inputs_of(facts: dict[str, Any], levels: dict[str, Any], **numbers: str) -> Inputs:
    return Inputs(codes=read(FRAMEWORK, facts), levels=levels, numbers=numbers)


CASES = [
    inputs_of(case["facts"], levels_of(FRAMEWORK, case), **ON_OWN_GPUS)
    for case in published_cases()
]
TRAINING = inputs_of(TRAINING_CASE, TRAINING_LEVELS, **ON_OWN_GPUS)


def parameters(inputs: Inputs) -> st.SearchStrategy[dict[str, list[str]]]:
    """Any parameters that a person could choose on the page."""
    found: dict[str, st.SearchStrategy[list[str]]] = {}
    for question in FRAMEWORK.questions:
        ids = [option.id for option in question.options]
        one = st.sampled_from([*ids, UNKNOWN, ""]).map(lambda text: [text])
        if question.kind == "several":
            exclusive = {x.id for x in question.options if x.alone or x.not_yet}
            plain = [x for x in ids if x not in exclusive]
            picks = st.lists(
                st.sampled_from(plain), unique=True, max_size=question.most
            )
            one = picks.map(lambda given: ["", *given])
        found[question.id] = one
    numbers = st.integers(1, 90).map(lambda number: [str(number)])
    for key in ("requests", "output_tokens", "cache_hit", "fte_cost"):
        found[f"number.{key}"] = numbers
    days = st.dates(date(2022, 1, 1), date(2027, 11, 24))
    found["date.decision"] = days.map(lambda day: [day.isoformat()])
    return st.fixed_dictionaries({}, optional=found)


ANY = st.sampled_from(CASES).flatmap(
    lambda inputs: st.tuples(st.just(inputs), parameters(inputs))
)
often = settings(
    max_examples=up_to(600, DEAR),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def read_(inputs: Inputs, **given: str | list[str]) -> Read:
    texts = {
        name.replace("__", "."): [text] if isinstance(text, str) else text
        for name, text in given.items()
    }
    return read_changes(FRAMEWORK, inputs, texts, MARKET)


@often
@given(ANY, st.randoms(use_true_random=False))
def test_order_of_changes_never_matters(
    drawn: tuple[Inputs, dict[str, list[str]]], chance: Random
) -> None:
    inputs, given = drawn
    order = list(given)
    chance.shuffle(order)

    found = read_changes(
        FRAMEWORK, inputs, {name: given[name] for name in order}, MARKET
    )

    assert found == read_changes(FRAMEWORK, inputs, given, MARKET)
    assert parameters_of(inputs, found.changes, MARKET) == parameters_of(
        inputs, read_changes(FRAMEWORK, inputs, given, MARKET).changes, MARKET
    )


@often
@given(ANY)
def test_address_of_a_scenario_says_the_same_scenario(
    drawn: tuple[Inputs, dict[str, list[str]]],
) -> None:
    inputs, given = drawn
    found = read_changes(FRAMEWORK, inputs, given, MARKET)
    again: dict[str, list[str]] = {}
    for name, text in parameters_of(inputs, found.changes, MARKET):
        again.setdefault(name, []).append(text)

    assert found.problems == ()
    assert read_changes(FRAMEWORK, inputs, again, MARKET) == found
    assert {*again} <= {*given}


@often
@given(ANY)
def test_changed_answer_has_no_evidence_and_others_keep_theirs(
    drawn: tuple[Inputs, dict[str, list[str]]],
) -> None:
    inputs, given = drawn
    changes = read_changes(FRAMEWORK, inputs, given, MARKET).changes

    after = changed(inputs, changes)

    for question in FRAMEWORK.question_by_id:
        if question not in changes.answers:
            assert after.codes.get(question) == inputs.codes.get(question)
            assert after.levels.get(question) == inputs.levels.get(question)
        elif after.codes[question] == UNKNOWN:
            assert question not in after.levels
        else:
            assert after.levels[question] == "asserted"
    assert after.numbers == {**inputs.numbers, **changes.numbers}


@pytest.mark.parametrize("inputs", CASES[::6], ids=range(len(CASES[::6])))
def test_saying_what_is_so_changes_nothing(inputs: Inputs) -> None:
    said: dict[str, list[str]] = {
        question: [code] if isinstance(code, str) else list(code)
        for question, code in inputs.codes.items()
        if question in FRAMEWORK.question_by_id
    }
    said |= {f"level.{q}": [level] for q, level in inputs.levels.items()}
    said |= {f"number.{key}": [text] for key, text in inputs.numbers.items()}

    found = read_changes(FRAMEWORK, inputs, said, MARKET)

    assert found == Read()
    assert changed(inputs, found.changes) == inputs
    before = assess_on(FRAMEWORK, inputs, DAY)
    after = assess_on(FRAMEWORK, changed(inputs, found.changes), DAY)
    assert after == before
    outcome = outcome_of(FRAMEWORK, before, inputs)
    comparison = compared(outcome, [outcome_of(FRAMEWORK, after, inputs)])
    assert comparison.scenarios[0].parts == frozenset()
    assert comparison.reasons == ()
    assert comparison.scenarios[0].saving in (0, None)


@pytest.mark.parametrize("inputs", some_of(CASES, 8))
def test_what_people_can_do_leads_to_the_verdict_that_is_said(inputs: Inputs) -> None:
    before = assess_on(FRAMEWORK, inputs, DAY)

    for flip in actions(FRAMEWORK, before):
        after = changed(inputs, changes_of(FRAMEWORK, before, flip))
        assert assess_on(FRAMEWORK, after, DAY).verdict == flip.verdict


def test_chosen_level_counts_for_a_changed_answer() -> None:
    found = read_(TRAINING, quality_gap="small", level__quality_gap="measured")

    after = changed(TRAINING, found.changes)

    assert found.problems == ()
    assert (after.codes["quality_gap"], after.levels["quality_gap"]) == (
        "small",
        "measured",
    )


def test_changes_are_said_in_words() -> None:
    found = read_(
        TRAINING,
        quality_gap="small",
        level__eval="measured",
        number__requests="120,000",
        number__cache_hit="40",
        number__today="prompt",
    )

    said = in_words(FRAMEWORK, TRAINING, found.changes, MARKET)

    assert [(x.label, x.now, x.then, x.level) for x in said] == [
        ("Evidence for “Test set”", "documented", "measured", ""),
        ("Gap to the target", "Large", "Small", "asserted"),
        ("Model calls a month", "100,000 calls a month", "120,000 calls a month", ""),
        (
            "Share of repeated text billed at the lower cache price",
            "Not entered",
            "40%",
            "",
        ),
        (
            "What runs today or is planned",
            "Tuned open model, rented GPUs",
            "Prompt on the chosen model",
            "",
        ),
    ]


@pytest.mark.parametrize(
    ("given", "name", "sentence"),
    [
        (
            {"qualty_gap": "small"},
            "qualty_gap",
            'is not a question of this audit (did you mean "quality_gap"?)',
        ),
        (
            {"quality_gap": "huge"},
            "quality_gap",
            '“Gap to the target”: "huge" is not one',
        ),
        (
            {"quality_gap": ["small", "met"]},
            "quality_gap",
            "“Gap to the target”: choose one of “Small”, “No gap”",
        ),
        (
            {"goal": ["task_skill", "format", "knowledge", "cost_latency"]},
            "goal",
            "pick up to",
        ),
        ({"goal": ["task_skill", UNKNOWN]}, "goal", "alone, or leave it out"),
        ({"goal": ["knowledge", "none_counted"]}, "goal", "“Nobody has counted” alone"),
        ({"level__eval": "sworn"}, "level.eval", "“sworn” is not one of asserted"),
        ({"level__regulatory": "measured"}, "level.regulatory", "has no answer"),
        ({"number__calls": "1"}, "number.calls", "“calls” is not a number that can"),
        ({"number__currency": "EUR"}, "number.currency", "is not a number that can"),
        ({"number__requests": "many"}, "number.requests", "as a number, like 40,000"),
        ({"number__requests": "0"}, "number.requests", "must be between 1 and"),
        (
            {"number__value_per_request": "1.234"},
            *("number.value_per_request", "earns or saves: which number is “1.234”?"),
        ),
        (
            {"number__model": "gpt-1"},
            "number.model",
            "“gpt-1” cannot be chosen as “Model for prompts",
        ),
        ({"nonsense": ""}, "nonsense", "is not a question of this audit"),
        ({"quality_gap": "x" * 5000}, "quality_gap", "is not one of"),
    ],
)
def test_what_does_not_fit_is_named_and_the_rest_counts(
    given: dict[str, Any], name: str, sentence: str
) -> None:
    found = read_(TRAINING, data_rights="unclear", **given)

    assert [problem.name for problem in found.problems] == [name]
    assert sentence in found.problems[0].sentence
    assert len(found.problems[0].sentence) < 400
    assert found.changes == Changes(answers={"data_rights": "unclear"})


def test_number_that_may_be_two_offers_both() -> None:
    found = read_(TRAINING, number__value_per_request="1.234")

    [problem] = found.problems
    # With a fourth digit it can be read in one way only.
    assert [text for _, text in problem.choices] == ["1234", "1.2340"]


MISSED = replace(
    inputs_of({"goal": ["style"], "component": "generator", "examples": "curated"}, {}),
    candidates=candidates(scored("prompt", 65)),
)
REACHED = {
    "tried": ["", "instructions", "examples"],
    "quality_gap": ["met"],
    "passed": ["examples"],
}


def test_supposed_answer_counts_instead_of_what_the_results_say() -> None:
    assert MISSED.answered.codes["quality_gap"] == "large"

    found = read_changes(FRAMEWORK, MISSED, REACHED, MARKET)
    after = changed(MISSED, found.changes)

    assert found.problems == ()
    assert after.answered.codes["quality_gap"] == "met"
    assert after.answered.levels["quality_gap"] == "asserted"
    assert after.answered.failed is None
    kept = assess_on(FRAMEWORK, after, DAY)
    assert (kept.verdict, kept.advice and kept.advice.step.id) == ("few_shot", "keep")
    # The test set is still the one that results show.
    assert {x.question for x in kept.from_candidates} == {"eval"}
    said = {x.label: x for x in in_words(FRAMEWORK, MISSED, found.changes, MARKET)}
    gap = said["Gap to the target"]
    assert (gap.now, gap.then, gap.is_supposed) == ("Large", "No gap", True)


def test_what_the_results_say_anyway_supposes_nothing() -> None:
    assert not read_(MISSED, quality_gap="large").changes
    assert changed(MISSED, Changes()).answered == MISSED.answered


def test_level_of_what_the_results_say_is_supposed_with_their_answer() -> None:
    after = changed(MISSED, read_(MISSED, level__quality_gap="measured").changes)

    assert after.answered.codes["quality_gap"] == "large"
    assert after.answered.levels["quality_gap"] == "measured"


def test_what_is_supposed_instead_of_results_is_not_kept() -> None:
    changes = read_(MISSED, quality_gap="met", data_rights="unclear").changes

    left = without_supposed(MISSED, changes)

    assert left == Changes(answers={"data_rights": "unclear"})


def test_ticks_are_named_on_both_sides_and_none_of_them_is_said() -> None:
    given = Inputs(codes={"mlops": ()}, levels={}, numbers={})
    ticked = Changes(answers={"mlops": ("suite", "rollback")})

    [change] = in_words(FRAMEWORK, given, ticked, MARKET)

    assert change.now == "At most one (none of these)"
    assert change.then.startswith("Two or three (Automatic evaluation suite")
