"""Until when a signed verdict is good, and what makes it due for review."""

from datetime import date
from typing import Any

import pytest

from audits.frameworks.loading import loader
from audits.frameworks.rules import Verdict
from audits.landscape.catalogue import catalogue
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.history.validity import Signed, Watch, valid_until
from audits.scoring.inputs import Inputs
from tests.scoring.history.test_time_machine import NEEDS_FORMAT, TOGETHER
from tests.scoring.worked_cases import RETRIEVAL_CASE, TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import CALLS

MODELS = catalogue(date(2026, 11, 25)).landscape.models
FRAMEWORK = loader.current()
TODAY = date(2026, 11, 25)


# The numbers say until when the model can be tuned, and nobody else does.
TRAINED = {q: answer for q, answer in TRAINING_CASE.items() if q != "platform"}


def signed(case: dict[str, Any], on: date = TODAY, **numbers: Any) -> Signed:
    codes = {q: tuple(x) if isinstance(x, list) else x for q, x in case.items()}
    inputs = Inputs(codes=codes, levels=TRAINING_LEVELS, numbers=numbers)
    verdict = TimeMachine(FRAMEWORK, on, on).verdict(inputs, on)
    return Signed(inputs=inputs, verdict=verdict, on=on)


def tuned_at_openai(on: date = TODAY) -> Signed:
    return signed(TRAINED, on, **CALLS | {"tuned": "gpt-4o-mini"})


def test_verdict_without_a_model_is_good_for_a_year() -> None:
    assert valid_until(FRAMEWORK, signed(RETRIEVAL_CASE), TODAY) == date(2027, 11, 25)
    assert Watch(FRAMEWORK, TODAY).cause(signed(RETRIEVAL_CASE)) is None


def test_verdict_ends_on_the_day_on_which_the_market_changes_it() -> None:
    found = tuned_at_openai()

    assert found.verdict == "fine_tune"
    assert valid_until(FRAMEWORK, found, TODAY) == date(2027, 1, 6)
    assert Watch(FRAMEWORK, TODAY).cause(found) == (
        "From 6 January 2027 the verdict is “Prompt”: Tuning "
        "service, “No”, because GPT-4o mini cannot be trained from 6 January 2027 on "
        "(OpenAI API: Deprecations)."
    )


def test_scheduled_change_counts_from_90_days_before_it() -> None:
    day_before = date(2026, 10, 7)

    assert Watch(FRAMEWORK, day_before).cause(tuned_at_openai(day_before)) is None
    assert Watch(FRAMEWORK, date(2026, 10, 8)).cause(tuned_at_openai(day_before))


def test_verdict_that_was_changed_before_today_says_since_when() -> None:
    found = tuned_at_openai(date(2026, 6, 1))

    cause = Watch(FRAMEWORK, date(2027, 1, 8)).cause(found)

    assert cause
    said = "Since 6 January 2027 the verdict is “Prompt”"
    assert cause.startswith(said)


def test_verdict_that_changes_today_has_changed() -> None:
    found = tuned_at_openai(date(2026, 6, 1))

    cause = Watch(FRAMEWORK, date(2027, 1, 6)).cause(found)

    assert cause
    said = "Since 6 January 2027 the verdict is “Prompt”"
    assert cause.startswith(said)


def test_change_that_two_facts_make_together_is_told_by_the_first() -> None:
    framework, day = loader.read(TOGETHER.encode(), "v1.yaml"), date(2024, 7, 1)
    verdict = TimeMachine(framework, day, day).verdict(NEEDS_FORMAT, day)
    found = Signed(inputs=NEEDS_FORMAT, verdict=verdict, on=day)

    cause = Watch(framework, day).cause(found)

    assert cause
    assert cause.startswith(
        "From 6 August 2024 the verdict is “Stop fine-tuning”: Enforced output "
        "formats, since 6 August 2024 ("
    )


def test_verdict_whose_model_is_gone_stays_another() -> None:
    found = tuned_at_openai(date(2026, 6, 1))

    cause = Watch(FRAMEWORK, date(2027, 2, 1)).cause(found)

    assert cause
    assert cause.startswith(
        "Since 6 January 2027 the verdict is “Prompt”: Tuning "
        "service, “No”, because GPT-4o mini cannot be trained from 6 January 2027 on"
    )


def test_end_of_tuning_is_told_where_it_turns_nothing() -> None:
    case = TRAINED | {"platform": "open"}
    found = signed(case, date(2026, 6, 1), **CALLS | {"tuned": "gpt-4o-mini"})

    assert Watch(FRAMEWORK, date(2027, 2, 1)).cause(found) == (
        "Hosted GPT-4o mini cannot be trained from 6 January 2027 on (OpenAI "
        "API: Deprecations). In a new audit, answer the question “Tuning service” for "
        "another model."
    )


def test_verdict_ends_with_its_model() -> None:
    found = signed(RETRIEVAL_CASE, TODAY, **CALLS | {"model": "gpt-5"})

    assert valid_until(FRAMEWORK, found, TODAY) == date(2026, 12, 11)
    assert Watch(FRAMEWORK, TODAY).cause(found) == (
        "On 11 December 2026 GPT-5 shuts down, and calls to it fail (OpenAI API: "
        "Deprecations)."
    )


@pytest.mark.parametrize(
    ("signed_on", "today", "told"),
    [
        (date(2026, 9, 1), date(2026, 9, 11), False),
        (date(2026, 9, 1), date(2026, 9, 12), True),
        (date(2026, 12, 10), date(2026, 12, 12), True),
        (date(2026, 12, 11), date(2026, 12, 12), False),
    ],
)
def test_end_of_a_model_is_told_from_90_days_before_if_it_was_not_over(
    signed_on: date, today: date, told: bool
) -> None:
    found = signed(RETRIEVAL_CASE, signed_on, **CALLS | {"model": "gpt-5"})

    cause = Watch(FRAMEWORK, today).cause(found)

    assert (cause is not None and "GPT-5 shuts down" in cause) is told


def test_end_that_comes_first_is_told() -> None:
    case = TRAINING_CASE | {"platform": "open"}
    ending = CALLS | {"model": "gpt-5", "tuned": "gpt-4o-mini"}
    found = signed(case, TODAY, **ending)

    cause = Watch(FRAMEWORK, TODAY).cause(found)

    assert cause
    assert cause.startswith("On 11 December 2026 GPT-5 shuts down")


def test_end_of_a_tuned_model_does_not_touch_a_verdict_that_trains_nothing() -> None:
    found = signed(RETRIEVAL_CASE, TODAY, **CALLS | {"tuned": "gpt-4o-mini"})

    assert found.verdict == "rag"
    assert valid_until(FRAMEWORK, found, TODAY) == date(2027, 11, 25)
    assert Watch(FRAMEWORK, TODAY).cause(found) is None


def test_price_that_doubles_is_told_with_its_day_and_source() -> None:
    found = signed(RETRIEVAL_CASE, TODAY, **CALLS | {"model": "gemini-4-argon"})

    cause = Watch(FRAMEWORK, TODAY).cause(found)

    assert cause
    assert cause.startswith(
        "On 1 December 2026 Gemini 4 Argon costs 2 times as much as before: $4 a "
        "million input tokens and $20 a million output tokens (genai-prices"
    )
    # A price is a reason to look, and the verdict is as good as before.
    assert valid_until(FRAMEWORK, found, TODAY) == date(2027, 11, 25)


@pytest.mark.parametrize(
    ("model", "signed_on", "today", "told"),
    [
        # From $0.75 and $3.75 to $1.50 and $7.50 on 1 January 2027.
        ("gemini-3.8-flash", date(2026, 9, 2), date(2026, 10, 2), None),
        ("gemini-3.8-flash", date(2026, 9, 2), date(2026, 10, 3), "costs 2 times"),
        # From $0.68 and $2.09 to twice that, then to $0.70 and $2.10.
        ("mistral-large-4", date(2026, 10, 7), date(2026, 10, 28), "costs 2 times"),
        ("mistral-large-4", date(2026, 10, 20), date(2026, 10, 30), None),
        # From $0.10 and $0.15 to $0.17 and $0.25.
        ("qwen3.5-9b", date(2026, 10, 1), date(2026, 10, 20), None),
    ],
)
def test_price_is_told_if_it_at_least_doubles_within_90_days(
    model: str, signed_on: date, today: date, told: str | None
) -> None:
    found = signed(RETRIEVAL_CASE, signed_on, **CALLS | {"model": model})

    cause = Watch(FRAMEWORK, today).cause(found)

    assert (cause is None) is (told is None)
    assert told is None or told in (cause or "")


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2027, 3, 1)])
def test_price_that_had_doubled_before_it_was_signed_is_no_news(day: date) -> None:
    found = signed(RETRIEVAL_CASE, day, **CALLS | {"model": "gemini-4-argon"})

    assert Watch(FRAMEWORK, day).cause(found) is None


def test_verdict_that_is_another_by_now_is_due_at_once() -> None:
    verdict: Verdict = "few_shot"
    found = Signed(inputs=signed(RETRIEVAL_CASE).inputs, verdict=verdict, on=TODAY)

    cause = Watch(FRAMEWORK, TODAY).cause(found)

    assert valid_until(FRAMEWORK, found, TODAY) == TODAY
    assert cause
    assert cause.startswith("The market facts for 25 November 2026 were correc")


@pytest.mark.parametrize("model", sorted(MODELS))
def test_cause_fits_its_column_for_every_model(model: str) -> None:
    for case in (RETRIEVAL_CASE, TRAINED):
        for on in (date(2026, 3, 1), TODAY):
            found = signed(case, on, **CALLS | {"model": model, "tuned": model})
            cause = Watch(FRAMEWORK, TODAY).cause(found)

            assert cause is None or (len(cause) <= 300 and cause.endswith(")."))
