from datetime import date

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import assess
from audits.scoring.deciding.circumstances import Circumstances, EvidenceLevel
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.market import circumstances_on

FRAMEWORK = published("fine_tuning", 1)
BEFORE, TODAY = date(2022, 12, 1), date(2026, 11, 24)
FORMAT: dict[str, Code] = {
    "goal": ("format",),
    "state": "none",
    "format_need": "schema",
    "format_evidence": "fails_unconstrained",
    "mlops": "ready",
}
PAGES: dict[str, Code] = {"goal": ("knowledge",), "knowledge_size": "small"}
BUSY: dict[str, Code] = {
    "volume": "1m_10m",
    "unit_economics": "not_computed",
    "eval": "none",
}
SLOW: dict[str, Code] = {
    "latency": "hard",
    "latency_evidence": "missed",
    "quality_gap": "met",
}


def on(day: date, answers: dict[str, Code]) -> Assessment:
    return assess(FRAMEWORK, answers, circumstances_on(FRAMEWORK, day))


def read(assessment: Assessment) -> dict[str, str]:
    trace = assessment.trace
    readings = [step.read for step in trace.reasons]
    readings += [step.read for step in trace.context_rules]
    return {reading.id: reading.answer for read in readings for reading in read}


@pytest.mark.parametrize(
    ("answers", "then", "now", "fact"),
    [
        (FORMAT, "fine_tune", "prompt_long_context", "enforced_output"),
        (PAGES, "rag", "prompt_long_context", "largest_window"),
        (
            {"goal": ("style",), "examples": "curated"},
            "prompt_long_context",
            "few_shot",
            "largest_window",
        ),
        (BUSY, "gather_evidence", "prompt_long_context", "tokens_for_a_dollar"),
    ],
)
def test_day_changes_the_verdict_and_the_trace_says_by_which_fact(
    answers: dict[str, Code], then: str, now: str, fact: str
) -> None:
    before, today = on(BEFORE, answers), on(TODAY, answers)

    assert (before.verdict, today.verdict) == (then, now)
    assert read(before)[fact] != read(today)[fact]


def test_market_fact_is_said_with_its_date_and_its_source() -> None:
    said = read(on(BEFORE, PAGES))["largest_window"]

    assert said.startswith("4,097 tokens, OpenAI GPT-3.5 davinci, since 1 March 2022")


def test_without_a_day_the_framework_assumes_and_says_so() -> None:
    assert read(assess(FRAMEWORK, PAGES))["largest_window"] == (
        "1,000,000 tokens (assumed)"
    )


def test_enforced_output_exists_from_its_first_day() -> None:
    days = [date(2024, 8, 5), date(2024, 8, 6)]

    assert [on(day, FORMAT).verdict for day in days] == [
        "fine_tune",
        "prompt_long_context",
    ]


def test_long_facts_move_into_the_prompt_with_caching() -> None:
    days = [date(2024, 5, 31), date(2024, 6, 1)]
    pages = PAGES | {"knowledge_size": "medium"}

    assert [on(day, pages).verdict for day in days] == ["rag", "prompt_long_context"]
    assert read(on(days[0], pages))["prompt_caching"].startswith(
        "did not exist before 1 June 2024 (Google developers blog"
    )


@pytest.mark.parametrize(
    ("day", "value", "said"),
    [
        (BEFORE, None, "no model of that level before 14 March 2023 (litellm"),
        (date(2023, 3, 14), 33_333, "33,333 tokens, OpenAI GPT-4, since 14 March 2023"),
        (TODAY, 2_500_000, "2,500,000 tokens, OpenAI GPT-4.1 mini, since 14 April"),
    ],
)
def test_what_a_dollar_buys_follows_the_level_of_gpt4(
    day: date, value: int | None, said: str
) -> None:
    fact = circumstances_on(FRAMEWORK, day).market["tokens_for_a_dollar"]

    assert fact.value == value
    assert fact.words.startswith(said)


@pytest.mark.parametrize(
    ("day", "percent", "said"),
    [
        (
            date(2024, 6, 1),
            75,
            "saves 75% on repeated input, Google Gemini 1.5 Pro",
        ),
        (date(2024, 8, 14), 90, "saves 90% on repeated input, Anthropic Claude 3"),
        # 97.5, and no more is promised than is saved.
        (TODAY, 97, "saves 97% on repeated input, Anthropic Claude Fable 5.2, s"),
    ],
)
def test_caching_saves_what_the_best_provider_takes_off(
    day: date, percent: int, said: str
) -> None:
    fact = circumstances_on(FRAMEWORK, day).market["prompt_caching"]

    assert fact.value == percent
    assert fact.words.startswith(said)


def test_tuning_offers_say_until_when() -> None:
    before, today = (
        circumstances_on(FRAMEWORK, day).market["tuning_offered"].words
        for day in (BEFORE, TODAY)
    )

    assert before.endswith(
        "; no end announced for the next 12 months (OpenAI API: Deprecations)"
    )
    assert "OpenAI takes new jobs until 6 January 2027 (OpenAI API: Depr" in today


def test_day_before_the_landscape_is_refused() -> None:
    with pytest.raises(ValueError, match="2022"):
        circumstances_on(FRAMEWORK, date(2021, 12, 31))


@pytest.mark.parametrize(
    ("level", "verdict", "standing"),
    [
        ("asserted", "gather_evidence", "claimed"),
        ("documented", "distil", "measured"),
        ("measured", "distil", "measured"),
    ],
)
def test_asserted_measurement_cannot_open_the_training_gate(
    level: EvidenceLevel, verdict: str, standing: str
) -> None:
    under = Circumstances(levels={"latency_evidence": level})

    assessment = assess(FRAMEWORK, SLOW, under)

    [speed] = [r for r in assessment.trace.reasons if r.id == "X2"]
    assert (assessment.verdict, speed.standing) == (verdict, standing)


def test_asserting_what_is_no_measurement_changes_nothing() -> None:
    under = Circumstances(levels={"latency": "asserted"})

    assert assess(FRAMEWORK, SLOW, under).verdict == "distil"


def test_asserted_measurement_is_the_first_thing_to_find_out() -> None:
    under = Circumstances(levels={"latency_evidence": "asserted"})

    plan = assess(FRAMEWORK, SLOW, under).evidence_plan

    [finding] = [f for f in plan if f.question == "latency_evidence"]
    assert finding.could_become == ("Prompt with long context", "Distil")
