"""What is read of files of real tools equals what plain access to them gives."""

import gzip
import json
import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from audits.usage.reading import usage_of
from audits.usage.rows import RefusedUsageError, Usage, UsageFile
from tests.examples import some_of
from tests.usage.made_usage import (
    ANTHROPIC,
    LITELLM,
    MADE,
    OPENAI,
    names,
    plain,
    raw,
    read,
    read_bytes,
)

REFUSED = {*names("litellm-*-page.json"), *names("litellm-*-tags.json")}
ALL = [name for name in names("*.json*") if name not in REFUSED]


def ordered(rows: list[Usage]) -> tuple[Usage, ...]:
    return tuple(sorted(rows, key=lambda row: (row.day, row.model or "")))


@pytest.mark.parametrize("name", names("litellm-*-team.json"))
def test_litellm_numbers_are_those_of_the_file(name: str) -> None:
    (values,) = plain(name)
    rows = [
        Usage(
            day=date.fromisoformat(day["date"]),
            model=model,
            requests=own["metrics"]["api_requests"],
            input_tokens=own["metrics"]["prompt_tokens"],
            cached_tokens=own["metrics"]["cache_read_input_tokens"],
            output_tokens=own["metrics"]["completion_tokens"],
            cost=Decimal(str(own["metrics"]["spend"])),
        )
        for day in values["results"]
        for model, own in day["breakdown"]["models"].items()
    ]
    told = values["metadata"]

    found = read(name)

    assert found == UsageFile(
        format="LiteLLM",
        first=date(2026, 8, 31),
        last=date(2026, 10, 2),
        rows=ordered(rows),
        currency="USD",
        left_out=(
            f"Requests that failed are counted: {told['total_failed_requests']}.",
            "Requests without a model and without tokens are left out: 2.",
        ),
    )
    assert sum(x.requests or 0 for x in rows) == told["total_api_requests"] - 2
    assert sum(x.input_tokens or 0 for x in rows) == told["total_prompt_tokens"]
    assert len(rows) > 40


@pytest.mark.parametrize("name", names("litellm-*-tag.json"))
def test_one_tag_of_litellm_is_read(name: str) -> None:
    (values,) = plain(name)

    (row,) = read(name).rows

    assert row.requests == values["results"][0]["metrics"]["api_requests"] == 1


@pytest.mark.parametrize("name", names("litellm-*-tags.json"))
def test_several_tags_of_litellm_are_refused(name: str) -> None:
    (values,) = plain(name)
    assert values["results"][0]["metrics"]["api_requests"] == 2
    assert values["metadata"]["total_api_requests"] == 1

    with pytest.raises(RefusedUsageError) as refused:
        read(name)

    assert str(refused.value) == (
        "The LiteLLM file has usage of several tags, such as “night” and “support”, "
        "and a request counts under each of its tags: export one tag, and select that "
        "file."
    )


@pytest.mark.parametrize("name", names("litellm-*-page.json"))
def test_one_page_of_litellm_is_refused(name: str) -> None:
    pages = plain(name)[0]["metadata"]["total_pages"]

    with pytest.raises(RefusedUsageError) as refused:
        read(name)

    assert str(refused.value) == (
        f"“metadata.has_more” in the LiteLLM file says that this is one of {pages} "
        "pages: ask for all of them in one page (page_size), and select that file."
    )


@pytest.mark.parametrize("name", names("openai-*.json"))
def test_openai_numbers_are_those_of_the_file(name: str) -> None:
    buckets = [bucket for page in plain(name) for bucket in page["data"]]
    rows = [
        Usage(
            day=datetime.fromtimestamp(bucket["start_time"], UTC).date(),
            model=result["model"],
            requests=result["num_model_requests"],
            input_tokens=result["input_tokens"],
            cached_tokens=result["input_cached_tokens"],
            output_tokens=result["output_tokens"],
        )
        for bucket in buckets
        for result in bucket["results"]
    ]

    assert read(name) == UsageFile(
        format="OpenAI usage",
        first=datetime.fromtimestamp(buckets[0]["start_time"], UTC).date(),
        last=datetime.fromtimestamp(buckets[-1]["start_time"], UTC).date(),
        rows=ordered(rows),
    )


@pytest.mark.parametrize("name", names("anthropic-*.json"))
def test_anthropic_numbers_are_those_of_the_file(name: str) -> None:
    (page,) = plain(name)
    rows = [
        Usage(
            day=date.fromisoformat(bucket["starting_at"][:10]),
            model=result["model"],
            requests=result.get("requests"),
            input_tokens=result["uncached_input_tokens"]
            + result["cache_read_input_tokens"]
            + sum(result["cache_creation"].values()),
            cached_tokens=result["cache_read_input_tokens"],
            output_tokens=result["output_tokens"],
        )
        for bucket in page["data"]
        for result in bucket["results"]
    ]

    assert read(name) == UsageFile(
        format="Anthropic usage",
        first=rows[0].day,
        last=rows[-1].day,
        rows=ordered(rows),
    )
    assert len(page["data"][0]["results"][0]["cache_creation"]) == 2


def attributes(span: dict[str, Any]) -> dict[str, Any]:
    return {
        each["key"]: next(iter(each["value"].values())) for each in span["attributes"]
    }


@pytest.mark.parametrize("name", names("otel-*.jsonl"))
def test_spans_are_those_of_the_file(name: str) -> None:
    spans = [
        span
        for line in plain(name)
        for resource in line["resourceSpans"]
        for scope in resource["scopeSpans"]
        for span in scope["spans"]
    ]
    calls = [
        span
        for span in spans
        if attributes(span)["gen_ai.operation.name"] in ("chat", "embeddings")
    ]
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for call in map(attributes, calls):
        if "gen_ai.usage.input_tokens" in call:
            own = sums[call["gen_ai.request.model"]]
            own[0] += 1
            own[1] += call["gen_ai.usage.input_tokens"]
            own[2] += call.get("gen_ai.usage.output_tokens", 0)
    day = datetime.fromtimestamp(int(spans[0]["startTimeUnixNano"][:10]), UTC).date()

    found = read(name)

    assert found == UsageFile(
        format="OpenTelemetry",
        first=day,
        last=day,
        rows=tuple(
            Usage(day=day, model=model, requests=n, input_tokens=i, output_tokens=o)
            for model, (n, i, o) in sorted(sums.items())
        ),
        left_out=(
            "Spans that add up what calls inside of them used are left out: 1.",
            "Calls without tokens, such as failed ones, are left out: 1.",
        ),
    )
    assert (len(spans), sums["gpt-5"]) == (8, [4, 4120, 412])


@pytest.mark.parametrize("name", some_of(ALL, 4))
def test_separate_process_reads_the_same(name: str) -> None:
    assert usage_of(raw(name)) == read(name)


@pytest.mark.thorough
@pytest.mark.parametrize("name", some_of(ALL, 4))
def test_packed_file_is_read_as_the_same(name: str) -> None:
    packed = usage_of(gzip.compress(raw(name)))

    assert packed == read(name)
    assert packed.digest == read(name).digest == sha256(raw(name)).hexdigest()


def test_no_file_names_a_machine() -> None:
    for path in MADE.iterdir():
        found = re.search(
            r"/(home|root|tmp|Users)/|@[\w-]+\.(com|org)", path.read_text()
        )
        assert found is None, (path.name, found)


def test_every_tool_ran_in_two_versions() -> None:
    versions = {tuple(name.split("-")[:2]) for name in names("*-*.*")}
    tools = sorted(tool for tool, version in versions if version[0].isdigit())

    assert tools == [
        x for x in ("anthropic", "litellm", "openai", "otel") for _ in "ab"
    ]


@pytest.mark.parametrize("name", [OPENAI, ANTHROPIC])
def test_day_without_a_bucket_is_missing_and_an_empty_bucket_is_not(name: str) -> None:
    page = plain(name)[0]
    first = read(name).first
    page["data"][3]["results"] = []
    page["data"].pop(5)

    found = read_bytes(json.dumps(page).encode())

    assert read(name).missing == ()
    assert found.missing == (first + timedelta(days=5),)


def test_litellm_leaves_out_days_without_use_so_none_is_missing() -> None:
    found = read(LITELLM)

    assert found.days > len({row.day for row in found.rows})
    assert found.missing == ()
