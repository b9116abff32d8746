"""Which numbers cannot all be right, and which can."""

from datetime import date
from pathlib import Path

import pytest

from audits.frameworks.loading import loader
from audits.frameworks.loading.loader import load
from audits.frameworks.schema import Framework
from audits.scoring.numbers.contradictions import Contradiction, contradictions
from tests.frameworks.edited_pack import NEWEST, changed

DAY = date(2026, 11, 27)
CACHED = ("cache_hit", "prefix_tokens", "model")
MODEL = "claude-haiku-5-5"
FRAMEWORKS = [loader.published("fine_tuning", version) for version in (1, 2)]


def found(answers: dict[str, str], **numbers: str) -> tuple[Contradiction, ...]:
    return contradictions(FRAMEWORKS[-1], dict(answers), numbers, DAY)


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=["v1", "v2"])
def test_parts_of_a_number_follow_each_other_without_a_hole(
    framework: Framework,
) -> None:
    asked = {x.number: x for x in framework.questions if x.number}

    assert set(asked) == {"requests", "knowledge_tokens"}
    for question in asked.values():
        bands = [(x.low, x.high) for x in question.options if x.low is not None]
        without = [x.id for x in question.options if x.low is None]
        assert [low for low, _ in bands] == [0, *(high for _, high in bands[:-1])]
        assert bands[-1][1] is None
        assert without == (["huge"] if question.id == "knowledge_size" else [])


def test_parts_of_a_number_are_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "v2.yaml"
    edit = ("high: 10000}", "high: 50}"), ("low: 10000, high: 100000}", "low: 50}")
    file.write_text(changed(*edit, pack=NEWEST), encoding="utf-8")
    answers = {"volume": "lt_10k"}

    assert found(answers, requests="60") == ()
    [said] = contradictions(load(file), dict(answers), {"requests": "60"}, DAY)
    assert said.question == "volume"


def test_60_calls_contradict_10_000_to_100_000() -> None:
    assert found({"volume": "10k_100k"}, requests="60") == (
        Contradiction(
            text="“Model calls a month” is 60, but the answer to “Calls a month” is "
            "“10,000 to 100,000”. Correct the one that is wrong.",
            numbers=("requests",),
            question="volume",
        ),
    )


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("10k_100k", "10000"),
        ("10k_100k", "100000"),
        ("lt_10k", "60"),
        ("gt_10m", "90000000"),
        ("unknown", "60"),
    ],
)
def test_number_within_its_range_contradicts_nothing(answer: str, number: str) -> None:
    assert found({"volume": answer}, requests=number) == ()


@pytest.mark.parametrize(
    ("answer", "number", "says"),
    [
        ("none", "9000", "“None”. Correct"),
        ("small", "60000", "“Small”, up to 50,000 tokens. Correct"),
        ("medium", "9000", "“Medium”, 50,000 to 200,000 tokens. Correct"),
        ("large", "9000", "“Large”, over 200,000 tokens. Correct"),
    ],
)
def test_documents_outside_their_range_say_the_range(
    answer: str, number: str, says: str
) -> None:
    [told] = found({"knowledge_size": answer}, knowledge_tokens=number)

    assert says in told.text
    assert (told.numbers, told.question) == (("knowledge_tokens",), "knowledge_size")


@pytest.mark.parametrize(
    ("answer", "number", "model", "says"),
    [
        (
            "huge",
            "20000",
            "gpt-6-luna",
            "“Huge”, over 525,000 tokens, half of what GPT-6 Luna reads. Correct the "
            "one that is wrong. “Small” fits the number.",
        ),
        (
            "large",
            "1032000",
            "gpt-6-luna",
            "“Large”, up to 525,000 tokens, half of what GPT-6 Luna reads. Correct "
            "the one that is wrong. “Huge” fits the number.",
        ),
        ("small", "1032000", "gpt-6-luna", "“Huge” fits the number."),
        ("small", "300000", "gpt-6-luna", "“Large” fits the number."),
        ("small", "300000", "gpt-4o", "“Huge” fits the number."),
        (
            "huge",
            "20000",
            "",
            "over 64,000 tokens, half of what the model with the smallest context "
            "window reads",
        ),
    ],
)
def test_number_is_compared_with_half_of_what_the_model_reads(
    answer: str, number: str, model: str, says: str
) -> None:
    numbers = {"knowledge_tokens": number} | ({"model": model} if model else {})

    [told] = found({"knowledge_size": answer}, **numbers)

    assert says in told.text


@pytest.mark.parametrize(
    ("answer", "number", "model"),
    [
        ("huge", "1032000", "gpt-6-luna"),
        ("huge", "100000", "gpt-4o"),
        ("huge", "100000", ""),
        ("large", "1032000", ""),
        ("large", "300000", "gpt-6-luna"),
    ],
)
def test_number_on_its_side_of_half_of_the_window_contradicts_nothing(
    answer: str, number: str, model: str
) -> None:
    numbers = {"knowledge_tokens": number} | ({"model": model} if model else {})

    assert found({"knowledge_size": answer}, **numbers) == ()


@pytest.mark.parametrize(
    "numbers",
    [
        {"prefix_tokens": "50"},
        {"prefix_tokens": "50", "variable_tokens": "300", "today": "prompt"},
        {"prefix_tokens": "50", "today": "rag"},
        {"prefix_tokens": "50", "today": "fine_tune_hosted"},
        {"prefix_tokens": "9000"},
        {"prefix_tokens": "50", "knowledge_tokens": "600000", "model": MODEL},
    ],
    ids=["no plan", "prompt", "retrieval", "tuned", "in it", "window"],
)
def test_documents_need_not_be_in_the_calls_of_today(numbers: dict[str, str]) -> None:
    assert found({}, **{"knowledge_tokens": "9000", **numbers}) == ()


def test_call_that_its_model_cannot_read_is_told() -> None:
    [told] = found({}, prefix_tokens="900000", variable_tokens="110000", model=MODEL)

    assert told.text == (
        "One call sends 1,010,000 tokens, but Claude Haiku 5.5 reads up to 1,000,000: "
        "correct the number, or choose another model."
    )
    assert told.numbers == ("prefix_tokens", "variable_tokens", "model")
    assert found({}, prefix_tokens="900000", model=MODEL) == ()


def test_cache_cannot_hold_a_text_that_is_not_there() -> None:
    [told] = found({}, prefix_tokens="0", cache_hit="0.9")

    assert told.text == (
        "“Share of repeated text billed at the lower cache price” is 90%, but “Text "
        "repeated in every call” is 0: enter its length, or empty the share."
    )
    assert told.numbers == ("cache_hit", "prefix_tokens")
    assert found({}, prefix_tokens="0", cache_hit="0") == ()
    assert found({}, cache_hit="0.9") == ()


def test_value_budget_and_length_of_an_answer_contradict_nothing() -> None:
    numbers = {
        "requests": "1000000",
        "output_tokens": "900000",
        "value_per_request": "0",
        "budget_month": "0",
    }
    assert found({"unit_economics": "acceptable"}, **numbers) == ()


@pytest.mark.parametrize(
    ("model", "prefix", "said"),
    [
        ("gpt-5", "500", "caches only a text of 1,024 tokens or more, and"),
        ("llama-4-scout", "2000", "has no lower rate for cached text, so it is not"),
        ("gpt-5", "2000", None),
    ],
)
def test_share_of_cached_text_that_does_not_count_is_said(
    model: str, prefix: str, said: str | None
) -> None:
    told = found({}, model=model, prefix_tokens=prefix, cache_hit="0.4")

    assert [x.numbers for x in told] == ([CACHED] if said else [])
    assert said is None or (said in told[0].text and "40%" in told[0].text)


def test_few_reads_that_do_not_pay_for_writing_are_said_not_to_count() -> None:
    (told,) = found({}, model=MODEL, prefix_tokens="2000", cache_hit="0.01")

    assert "costs more than reading from it saves, so it is not counted" in told.text
