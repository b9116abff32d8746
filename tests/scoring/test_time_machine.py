"""The verdict of another day, and what turned it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from audits.frameworks import answers, loader
from audits.landscape.change_days import model_days
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.numbers import numbers_of
from audits.scoring.costs.pricing import computed_on, economics
from audits.scoring.history import market_days
from audits.scoring.history.time_machine import TimeMachine, refitted
from audits.scoring.inputs import Inputs
from tests.frameworks.edited_pack import changed
from tests.scoring.worked_cases import TRAINING_CASE

FRAMEWORK = loader.published("fine_tuning", 1)
FILE = loader.PACKS / "fine_tuning" / "v1.cases.jsonl"
LINES = FILE.read_text(encoding="utf-8").splitlines()
FIRST, TODAY, LAST = date(2022, 1, 1), date(2026, 11, 24), date(2027, 11, 24)
NUMBERS = {
    "requests": "100000",
    "prefix_tokens": "6000",
    "variable_tokens": "500",
    "output_tokens": "300",
    "model": "gpt-4.1",
    "tuned": "gpt-4.1-mini",
}


def case_inputs() -> list[tuple[str, Inputs]]:
    return [
        (
            case["id"],
            Inputs(
                codes=answers.read(
                    FRAMEWORK,
                    {
                        key: value
                        for key, value in case["facts"].items()
                        if key in FRAMEWORK.answerable
                    },
                )
            ),
        )
        for case in map(json.loads, LINES)
    ]


CASES = case_inputs()
# A tuned model in service, which the numbers say the platform and the prompt of.
TUNED = {
    question: code
    for question, code in CASES[24][1].codes.items()
    if question not in ("platform", "prefix_cost")
} | answers.read(FRAMEWORK, TRAINING_CASE | {"state": "live_tuned"})


@pytest.fixture(scope="module")
def machine() -> TimeMachine:
    return TimeMachine(FRAMEWORK, FIRST, LAST)


@pytest.mark.parametrize(
    "day", [FIRST, date(2023, 3, 13), date(2023, 3, 14), date(2024, 8, 6), TODAY]
)
@pytest.mark.parametrize("numbers", [{}, NUMBERS], ids=["bare", "numbers"])
def test_verdict_is_that_of_the_whole_assessment(
    machine: TimeMachine, day: date, numbers: dict[str, str]
) -> None:
    levels: dict[str, Any] = {"quality_gap": "asserted"}
    for name, inputs in [*CASES[::6], ("tuned", Inputs(codes=TUNED))]:
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
    histories += [
        (given, machine.history(given))
        for given in (Inputs(codes=TUNED, numbers=NUMBERS),)
    ]
    for back in range(0, (LAST - FIRST).days, 9):
        day = FIRST + timedelta(days=back)
        for inputs, history in histories:
            assert history.on(day) == machine.verdict(inputs, day), day


def test_every_flip_of_the_published_cases_names_its_cause_and_its_source(
    machine: TimeMachine,
) -> None:
    flips = {
        name: flip for name, inputs in CASES for flip in machine.history(inputs).flips
    }

    assert len(flips) == 8
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


def test_cause_alone_turns_the_verdict(machine: TimeMachine) -> None:
    """Two figures moved on that day; only one of them made the difference."""
    day = date(2024, 8, 6)
    before, after = (
        market_days.markets(FRAMEWORK, each, each).on(each)
        for each in (day - timedelta(days=1), day)
    )
    moved = {name for name in before if before[name].value != after[name].value}
    flips = [
        flip
        for _, inputs in CASES
        for flip in machine.history(inputs).flips
        if flip.day == day
    ]

    assert moved == {"enforced_output", "tokens_for_a_dollar"}
    assert [[cause.fact for cause in flip.causes] for flip in flips] == [
        ["enforced_output"],
        ["enforced_output"],
    ]
    assert not any(flip.together for flip in flips)


def test_end_of_a_platform_is_a_cause_with_its_day(machine: TimeMachine) -> None:
    history = machine.history(Inputs(codes=TUNED, numbers=NUMBERS))

    closing = next(flip for flip in history.flips if flip.day == date(2026, 1, 7))
    assert [cause.fact for cause in closing.causes] == ["platform"]
    assert "GPT-4.1 mini until 6 January 2027" in closing.causes[0].said
    assert closing.causes[0].sources[0].title == "OpenAI API: Deprecations"


def test_facts_that_only_turn_it_together_are_all_named(machine: TimeMachine) -> None:
    history = machine.history(Inputs(codes=TUNED, numbers=NUMBERS))

    end = history.flips[-1]
    assert (end.day, end.together) == (date(2027, 1, 14), True)
    assert [cause.fact for cause in end.causes] == ["prefix_cost", "platform"]
    assert all("GPT-4.1 is shut down" in cause.said for cause in end.causes)


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

        assert market_days.computed(numbers, day) == market_days.computed(
            numbers, held
        ), (day, held)


@pytest.mark.parametrize("day", [date(2025, 5, 1), TODAY, date(2027, 1, 10)])
def test_computed_answers_are_those_that_the_costs_give(day: date) -> None:
    given = numbers_of(NUMBERS)

    assert computed_on(given, day) == economics(given, day).computed


def test_unknown_model_computes_nothing(machine: TimeMachine) -> None:
    inputs = Inputs(codes=TUNED, numbers=NUMBERS | {"model": "gpt-99"})

    assert machine.history(inputs) == machine.history(Inputs(codes=TUNED))
    with pytest.raises(LookupError, match="gpt-99"):
        model_days("gpt-99")


def test_own_answer_wins_over_a_computed_one(machine: TimeMachine) -> None:
    own = TUNED | {"platform": "open", "prefix_cost": "unknown"}

    assert machine.history(Inputs(codes=own, numbers=NUMBERS)) == machine.history(
        Inputs(codes=own)
    )


def test_other_version_reads_what_it_asks(tmp_path: Any) -> None:
    file = tmp_path / "v2.yaml"
    file.write_text(changed(("version: 1\n", "version: 2\n")), encoding="utf-8")
    newer = loader.load(file)
    given = Inputs(codes={**TUNED, "gone": "yes", "platform": "sold"}, numbers=NUMBERS)

    fitted = refitted(newer, given)

    assert fitted.codes == TUNED
    assert fitted.numbers == NUMBERS
    assert TimeMachine(newer, FIRST, LAST).verdict(fitted, TODAY)


def test_announced_price_is_among_the_days() -> None:
    assert date(2027, 1, 1) in model_days("gemini-3.8-flash")
