"""The verdict of another day, and what turned it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from audits.frameworks.answering import answers
from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.landscape.change_days import model_days
from audits.scoring.assess_on import assess_on
from audits.scoring.history import market_days
from audits.scoring.history.time_machine import TimeMachine, refitted
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.numbers import numbers_of
from audits.scoring.pricing.pricing import computed_on, economics
from tests.examples import is_everyday, some_of
from tests.frameworks.edited_pack import NEWEST, changed
from tests.scoring.worked_cases import (
    FIRST_TRAINING_CASE,
    TRAINING_CASE,
    TRAINING_LEVELS,
)

FRAMEWORK, FIRST_VERSION = loader.current(), loader.published("fine_tuning", 1)
FIRST, TODAY, LAST = date(2022, 1, 1), date(2026, 11, 24), date(2027, 11, 24)
NUMBERS = {
    "requests": "100000",
    "prefix_tokens": "6000",
    "variable_tokens": "500",
    "output_tokens": "300",
    "model": "gpt-4.1",
    "tuned": "gpt-4.1-mini",
}


def case_inputs(framework: Framework) -> list[tuple[str, Inputs]]:
    """Return the published cases; a coder read their measurements in a source."""
    file = loader.PACKS / framework.name / f"v{framework.version}.cases.jsonl"
    cases = map(json.loads, file.read_text("utf-8").splitlines())
    return [(case["id"], inputs_of(framework, case["facts"])) for case in cases]


def inputs_of(framework: Framework, facts: dict[str, Any]) -> Inputs:
    asked = {q: value for q, value in facts.items() if q in framework.answerable}
    codes = answers.read(framework, asked)
    if not framework.asserted_unless_marked:
        return Inputs(codes=codes)
    measured = framework.measurements & codes.keys()
    return Inputs(codes=codes, levels=dict.fromkeys(measured, "documented"))


CASES, FIRST_CASES = case_inputs(FRAMEWORK), case_inputs(FIRST_VERSION)
# A use case to train for, whose numbers say until when its model can be tuned.
TRAINED = Inputs(
    codes={
        question: code
        for question, code in answers.read(FRAMEWORK, TRAINING_CASE).items()
        if question != "platform"
    },
    levels=TRAINING_LEVELS,
    numbers=NUMBERS,
)
# The same with a tuned model in service.
TUNED = replace(TRAINED, codes={**TRAINED.codes, "state": "live_tuned"})
# A format that fails without enforcement counts until both facts changed, which they
# did on one day.
TOGETHER = changed(
    (
        "{question: format_evidence, is: fails_unconstrained}, "
        "{market: enforced_output, exists: false}",
        "{question: format_evidence, is: fails_unconstrained}, "
        "{not: {all: [{market: enforced_output, exists: true}, "
        "{market: tokens_for_a_dollar, at_least: 300000}]}}",
    )
)
NEEDS_FORMAT = dict(FIRST_CASES)["cosine_genie"]


@pytest.fixture(scope="module")
def machine() -> TimeMachine:
    return TimeMachine(FRAMEWORK, FIRST, LAST)


@pytest.fixture(scope="module")
def of_first() -> TimeMachine:
    return TimeMachine(FIRST_VERSION, FIRST, LAST)


@pytest.mark.parametrize(
    ("day", "numbers", "asserted"),
    some_of(
        product(
            [FIRST, date(2023, 3, 13), date(2023, 3, 14), date(2024, 8, 6), TODAY],
            [{}, NUMBERS],
            [{}, {"quality_gap": "asserted"}],
        ),
        5,
    ),
)
def test_verdict_is_that_of_the_whole_assessment(
    machine: TimeMachine, day: date, numbers: dict[str, str], asserted: dict[str, str]
) -> None:
    for name, inputs in [*CASES[::6], ("tuned", TUNED), ("trained", TRAINED)]:
        levels: dict[str, Any] = {**inputs.levels, **asserted}
        given = replace(inputs, levels=levels, numbers=numbers)
        whole = assess_on(
            FRAMEWORK,
            Inputs(codes=inputs.codes, levels=levels, numbers=numbers),
            day,
            open_only=True,
        )

        assert machine.verdict(given, day) == whole.verdict, name
        assert machine.history(given).on(day) == whole.verdict, name


def test_history_misses_no_day(machine: TimeMachine) -> None:
    histories = [(inputs, machine.history(inputs)) for _, inputs in CASES]
    histories += [(given, machine.history(given)) for given in (TUNED, TRAINED)]
    for back in range(0, (LAST - FIRST).days, 27 if is_everyday() else 9):
        day = FIRST + timedelta(days=back)
        for inputs, history in histories:
            assert history.on(day) == machine.verdict(inputs, day), day


def test_every_flip_of_the_published_cases_names_its_cause_and_its_source(
    machine: TimeMachine,
) -> None:
    flips = {
        name: flip for name, inputs in CASES for flip in machine.history(inputs).flips
    }

    assert len(flips) == 5
    assert {flip.day for flip in flips.values()} == {
        date(2023, 3, 14),
        date(2024, 6, 1),
        date(2024, 8, 6),
    }
    for name, flip in flips.items():
        assert flip.before != flip.after, name
        assert flip.causes, name
        for cause in flip.causes:
            assert cause.day == flip.day
            assert cause.said
            assert cause.sources
            assert cause.confidence in ("confirmed", "single", "secondary")


def test_cause_alone_turns_the_verdict(of_first: TimeMachine) -> None:
    """Two figures moved on that day; only one of them made the difference."""
    day = date(2024, 8, 6)
    before, after = (
        market_days.markets(FIRST_VERSION, each, each).on(each)
        for each in (day - timedelta(days=1), day)
    )
    moved = {name for name in before if before[name].value != after[name].value}
    flips = [
        flip
        for _, inputs in FIRST_CASES
        for flip in of_first.history(inputs).flips
        if flip.day == day
    ]

    assert moved == {"enforced_output", "tokens_for_a_dollar"}
    assert [[cause.fact for cause in flip.causes] for flip in flips] == [
        ["enforced_output"],
        ["enforced_output"],
    ]
    assert not any(flip.together for flip in flips)


def test_end_of_a_platform_is_a_cause_with_its_day(machine: TimeMachine) -> None:
    history = machine.history(TUNED)

    closing = next(flip for flip in history.flips if flip.day == date(2026, 1, 7))
    assert [cause.fact for cause in closing.causes] == ["platform"]
    said = "because GPT-4.1 mini can be trained only until 6 January 2027"
    assert f"{said}, and an end within 12 months counts" in closing.causes[0].said
    assert closing.causes[0].sources[0].title == "OpenAI API: Deprecations"


def test_model_that_is_shut_down_stays_unavailable(machine: TimeMachine) -> None:
    shut_down = date(2027, 1, 14)

    assert machine.history(TRAINED).on(date(2027, 1, 5)) == "fine_tune"
    assert machine.history(TRAINED).on(shut_down) == "prompt_long_context"
    assert assess_on(FRAMEWORK, TRAINED, shut_down).verdict == "prompt_long_context"
    assert machine.history(TUNED).on(shut_down) == "migrate"
    assert assess_on(FRAMEWORK, TUNED, shut_down).verdict == "migrate"


def test_facts_that_only_turn_it_together_are_all_named() -> None:
    framework = loader.read(TOGETHER.encode(), "v1.yaml")

    history = TimeMachine(framework, FIRST, LAST).history(NEEDS_FORMAT)

    [flip] = history.flips
    assert (flip.day, flip.together) == (date(2024, 8, 6), True)
    facts = [cause.fact for cause in flip.causes]
    assert facts == ["enforced_output", "tokens_for_a_dollar"]


@pytest.mark.parametrize(
    "numbers",
    [
        NUMBERS,
        NUMBERS | {"model": "claude-sonnet-5-5", "tuned": "gpt-4o"},
        {"requests": "5000000", "model": "gemini-3.8-flash", "prefix_tokens": "90000"},
        {"requests": "10", "smaller": "gpt-6-luna", "budget_month": "5"},
    ],
)
def test_computed_answers_change_on_no_day_that_is_left_out(
    numbers: dict[str, str],
) -> None:
    days = sorted({FIRST, *market_days.days_of(numbers, FIRST, LAST)})
    for back in range(0, (LAST - FIRST).days, 5):
        day = FIRST + timedelta(days=back)
        held = max(each for each in days if each <= day)

        now, then = (market_days.computed(numbers, each, LAST) for each in (day, held))
        assert now == then, (day, held)


@pytest.mark.parametrize("day", [date(2025, 5, 1), TODAY, date(2027, 1, 10)])
def test_computed_answers_are_those_that_the_costs_give(day: date) -> None:
    given = numbers_of(NUMBERS)

    assert computed_on(given, day) == economics(given, day).computed


def test_unknown_model_computes_nothing(machine: TimeMachine) -> None:
    unknown = dict.fromkeys(("model", "smaller", "tuned"), "gpt-99")
    inputs = replace(TUNED, numbers=NUMBERS | unknown)

    assert machine.history(inputs) == machine.history(replace(TUNED, numbers={}))
    with pytest.raises(LookupError, match="gpt-99"):
        model_days("gpt-99")


def test_own_answer_wins_over_a_computed_one(machine: TimeMachine) -> None:
    codes = {**TUNED.codes, "platform": "open", "prefix_cost": "unknown"}
    own = replace(TUNED, codes=codes)

    assert machine.history(own) == machine.history(replace(own, numbers={}))


def test_other_version_reads_what_it_asks(tmp_path: Any) -> None:
    file = tmp_path / "v3.yaml"
    text = changed(("\nversion: 2\n", "\nversion: 3\n"), pack=NEWEST)
    file.write_text(text, encoding="utf-8")
    newer = loader.load(file)
    codes = {**TUNED.codes, "gone": "yes", "platform": "sold"}

    fitted = refitted(FRAMEWORK, newer, replace(TUNED, codes=codes))

    assert fitted == TUNED
    assert TimeMachine(newer, FIRST, LAST).verdict(fitted, TODAY)


def test_answers_to_version_1_move_to_version_2(machine: TimeMachine) -> None:
    codes = answers.read(FIRST_VERSION, FIRST_TRAINING_CASE | {"state": "live_tuned"})
    given = Inputs(codes=codes, levels=TRAINING_LEVELS)

    fitted = refitted(FIRST_VERSION, FRAMEWORK, given)

    assert fitted.codes["tried"] == ("instructions", "examples", "stronger_model")
    assert fitted.codes["eval"] == "solid_set"
    assert fitted.codes["component"] == "generator"
    assert machine.verdict(fitted, TODAY) == "keep"


def test_announced_price_is_among_the_days() -> None:
    assert date(2027, 1, 1) in model_days("gemini-3.8-flash")
