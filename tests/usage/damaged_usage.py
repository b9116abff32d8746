"""Damaged and hostile usage files, made from those that real tools wrote."""

import gzip
import json
from typing import Any

from tests.usage.damaged_sheets import CSVS, Damaged
from tests.usage.made_usage import ANTHROPIC, LITELLM, OPENAI, OTEL, plain, raw

AGAIN = "export the usage again, and select that file."
LITELLM_AGAIN = (
    "export the daily activity of one team or tag with LiteLLM 1.81 to 1.104, and "
    "select that file."
)
SELECT = (
    "select daily activity of LiteLLM or usage of OpenAI or Anthropic as JSON, spans "
    "of OpenTelemetry as OTLP JSON, or a CSV file."
)
LANGFUSE = (
    "The file is of Langfuse, which does not say which tokens of a call are part of "
    "which others: export the usage from your provider, or select a CSV file with day, "
    "model, requests, input, cached input, output and cost."
)
FIRST_RESULT = ("data", 0, "results", 0)
FIRST_SPAN = ("resourceSpans", 0, "scopeSpans", 0, "spans", 0)
IN_SPAN = "line 1, resourceSpans.scopeSpans[0].spans[0]"


def changed(name: str, *place: str | int, to: Any = None) -> bytes:
    """Return a file with one value of its first object replaced, or out if `...`."""
    objects = plain(name)
    at = objects[0]
    for step in place[:-1]:
        at = at[step]
    if to is ...:
        del at[place[-1]]
    else:
        at[place[-1]] = to
    return "\n".join(json.dumps(each) for each in objects).encode()


def first_day(*place: str, to: Any) -> bytes:
    return changed(LITELLM, "results", 0, *place, to=to)


def with_attribute(name: str, value: Any) -> bytes:
    """Return spans of which the first has another attribute, or a changed one."""
    span = plain(OTEL)[0]["resourceSpans"][0]["scopeSpans"][0]["spans"][0]
    kept = [each for each in span["attributes"] if each["key"] != name]
    listed = [*kept, {"key": name, "value": value}]
    return changed(OTEL, *FIRST_SPAN, "attributes", to=listed)


def nested_call() -> bytes:
    """Return spans of which the second call is inside of the first."""
    spans = plain(OTEL)[0]["resourceSpans"][0]["scopeSpans"][0]["spans"]
    return changed(OTEL, *FIRST_SPAN[:-1], 1, "parentSpanId", to=spans[0]["spanId"])


def of_many_models() -> bytes:
    result = plain(OPENAI)[0]["data"][0]["results"][0]
    results = [{**result, "model": f"model-{number}"} for number in range(201)]
    return changed(OPENAI, "data", 0, "results", to=results)


def grouped() -> bytes:
    return changed(ANTHROPIC, *FIRST_RESULT, "rbac_group_id", to="rbac_group_1")


JSON: Damaged = {
    "empty": (lambda: b" \n", f"The file is empty: {SELECT}"),
    "binary": (lambda: b"\x7fELF\x00\x00", f"The file is not text: {SELECT}"),
    "zip": (
        lambda: b"PK\x03\x04\x00",
        "The file is a zip file: unpack it, and select the file in it.",
    ),
    "gzip cut off": (
        lambda: gzip.compress(raw(LITELLM))[:-2000],
        "The file is cut off or broken: pack it again, and select it.",
    ),
    "gzip broken": (
        lambda: b"\x1f\x8b\x08\x00" + b"\xff" * 100,
        "The file is cut off or broken: pack it again, and select it.",
    ),
    "gzip in gzip": (
        lambda: gzip.compress(gzip.compress(raw(LITELLM))),
        f"The file is not text: {SELECT}",
    ),
    "utf-16": (
        lambda: raw(OPENAI).decode().encode("utf-16"),
        "The file is in UTF-16: save it as UTF-8, and select it again.",
    ),
    "Langfuse export": (
        lambda: (
            b'{"type":"GENERATION","provided_model_name":"gpt-5","usage_details":'
            b'{"input":900,"input_cached_tokens":400,"output":20,"total":1320}}\n'
        ),
        LANGFUSE,
    ),
    "Langfuse observations": (
        lambda: b'{"data":[{"type":"GENERATION","usageDetails":{"input":9}}]}',
        LANGFUSE,
    ),
    "Langfuse list": (
        lambda: b'[{"type":"GENERATION","usageDetails":{"input":9}}]',
        LANGFUSE,
    ),
    "no tool": (
        lambda: b'{"usage": 1}',
        f"The file is from a tool that Attune does not know: {SELECT}",
    ),
    "list": (
        lambda: b'[{"usage": 1}]',
        f"The file is a list from a tool that Attune does not know: {SELECT}",
    ),
    "cut off": (
        lambda: raw(LITELLM)[:50_000],
        f"The LiteLLM file is cut off or not JSON (line 1): {AGAIN}",
    ),
    "cut off between spans": (
        lambda: raw(OTEL)[:-40],
        f"The OpenTelemetry file is cut off or not JSON (line 2): {AGAIN}",
    ),
    "damaged in the middle": (
        lambda: raw(OPENAI).replace(b'"input_tokens":5000', b'"input_tokens":50o0'),
        f"The OpenAI usage file is cut off or not JSON (line 1): {AGAIN}",
    ),
    "not text": (
        lambda: raw(OPENAI)[:-9] + b'"\xff"}',
        "The OpenAI usage file is not text in UTF-8 (near byte 12,780): save it as "
        "UTF-8, and select it again.",
    ),
    "too deep": (
        lambda: raw(OPENAI) + b'{"more":' + b"[" * 100 + b"]" * 100 + b"}",
        f"The OpenAI usage file is nested more than 64 deep: {AGAIN}",
    ),
    "far too deep": (
        lambda: raw(OPENAI) + b'{"more":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        f"The OpenAI usage file is nested more than 64 deep: {AGAIN}",
    ),
    "name twice": (
        lambda: b'{"object":"page","object":"bucket"}',
        f"The OpenAI usage file has the name “object” twice in one object: {AGAIN}",
    ),
    "name twice inside": (
        lambda: raw(OPENAI).replace(
            b'"input_tokens":5000', b'"input_tokens":5000,"input_tokens":1'
        ),
        f'The OpenAI usage file has the name "input_tokens" twice in one object: '
        f"{AGAIN}",
    ),
    "number of many digits": (
        lambda: raw(OPENAI).replace(b":5000", b":" + b"9" * 500),
        f"The OpenAI usage file has a number of 500 digits: {AGAIN}",
    ),
    "long value": (
        lambda: raw(OPENAI) + b'{"more":"' + b"a" * 17_000_000 + b'"}',
        f"The OpenAI usage file has more than 8 MB in one value: {AGAIN}",
    ),
}
OPENAI_FILES: Damaged = {
    "costs": (
        lambda: raw(OPENAI).replace(b"usage.completions", b"costs"),
        "“data[0].results[0].object” in the OpenAI usage file is "
        "“organization.costs.result”, and not “organization.usage.completions.result”: "
        "export usage of completions, and select that file.",
    ),
    "no count": (
        lambda: changed(OPENAI, *FIRST_RESULT, "input_tokens", to=...),
        f"“data[0].results[0].input_tokens” in the OpenAI usage file is missing: "
        f"{AGAIN}",
    ),
    "half a token": (
        lambda: changed(OPENAI, *FIRST_RESULT, "input_tokens", to=0.5),
        "“data[0].results[0].input_tokens” in the OpenAI usage file is not a whole "
        f"number: {AGAIN}",
    ),
    "negative": (
        lambda: changed(OPENAI, *FIRST_RESULT, "output_tokens", to=-1),
        "“data[0].results[0].output_tokens” in the OpenAI usage file is less than 0: "
        f"{AGAIN}",
    ),
    "no number": (
        lambda: raw(OPENAI).replace(b":5000", b":NaN"),
        "“data[0].results[0].input_tokens” in the OpenAI usage file is not a finite "
        f"number: {AGAIN}",
    ),
    "more cached than read": (
        lambda: changed(OPENAI, *FIRST_RESULT, "input_cached_tokens", to=5001),
        "“data[0].results[0].input_cached_tokens” in the OpenAI usage file is more "
        f"than “input_tokens”: {AGAIN}",
    ),
    "page twice": (
        lambda: raw(OPENAI) + raw(OPENAI),
        "The OpenAI usage file has 28 September 2026 twice, so it would be counted "
        "twice: leave out the page that is there twice, and select that file.",
    ),
    "bucket of a month": (
        lambda: changed(OPENAI, "data", 0, "end_time", to=1793232000),
        "“data[0].end_time” in the OpenAI usage file is not within a day of the start "
        "of its bucket: export the usage by day, hour or minute, and select that file.",
    ),
    "time of the year 300000": (
        lambda: changed(OPENAI, "data", 0, "start_time", to=10**13),
        f"“data[0].start_time” in the OpenAI usage file is not a time: {AGAIN}",
    ),
    "no buckets": (
        lambda: b'{"object":"page","data":[],"x":"organization.usage"}',
        f"The OpenAI usage file has no time buckets: {AGAIN}",
    ),
    "bucket that is none": (
        lambda: changed(OPENAI, "data", 0, to=7),
        f"“data[0]” in the OpenAI usage file is not an object: {AGAIN}",
    ),
    "many models": (
        of_many_models,
        "The OpenAI usage file has more than 200 models: export a shorter period or "
        "one team.",
    ),
}
ANTHROPIC_FILES: Damaged = {
    "by group": (
        grouped,
        "“data[0].results[0].rbac_group_id” in the Anthropic usage file groups the "
        "usage by group, which counts a person in two groups twice: export it grouped "
        "by model only, and select that file.",
    ),
    "time without a zone": (
        lambda: changed(ANTHROPIC, "data", 0, "starting_at", to="2026-10-01T00:00:00"),
        f"“data[0].starting_at” in the Anthropic usage file is not a time: {AGAIN}",
    ),
    "older names": (
        lambda: changed(ANTHROPIC, *FIRST_RESULT, "cache_creation", to=...),
        "“data[0].results[0].cache_creation” in the Anthropic usage file is missing: "
        f"{AGAIN}",
    ),
}
LITELLM_FILES: Damaged = {
    "two exports": (
        lambda: raw(LITELLM) + raw(LITELLM),
        "The LiteLLM file has several exports: select one of them.",
    ),
    "no totals": (
        lambda: changed(LITELLM, "metadata", to=...),
        f"The LiteLLM file has no “metadata”: {LITELLM_AGAIN}",
    ),
    "other totals": (
        lambda: changed(LITELLM, "metadata", "total_api_requests", to=9),
        "“metadata.total_api_requests” in the LiteLLM file is 9, but its days add up "
        f"to 1,781 requests: {AGAIN}",
    ),
    "day twice": (
        lambda: changed(LITELLM, "results", 0, "date", to="2026-10-01"),
        f"The LiteLLM file has 1 October 2026 twice: {AGAIN}",
    ),
    "no day": (
        lambda: first_day("date", to="soon"),
        f"“results[0].date” in the LiteLLM file is not a day: {LITELLM_AGAIN}",
    ),
    "models above the day": (
        lambda: first_day("metrics", "prompt_tokens", to=20_000),
        "“results[0].breakdown.models” in the LiteLLM file adds up to more than "
        f"“metrics” of the day: {LITELLM_AGAIN}",
    ),
    "no models": (
        lambda: first_day("breakdown", "models", to=...),
        f"“results[0].breakdown.models” in the LiteLLM file is missing: {AGAIN}",
    ),
    "no days": (
        lambda: changed(LITELLM, "results", to=[]),
        "The LiteLLM file has no days with activity: choose a period with activity.",
    ),
}
OTEL_FILES: Damaged = {
    "call in a call": (
        nested_call,
        "The OpenTelemetry file has calls to models inside of other calls, so their "
        "tokens would be counted twice: export the spans of one instrumentation, and "
        "select that file.",
    ),
    "older names": (
        lambda: raw(OTEL).replace(b"usage.input_tokens", b"usage.prompt_tokens"),
        f"“{IN_SPAN}.attributes” in the OpenTelemetry file has "
        "“gen_ai.usage.prompt_tokens”: export spans of the semantic conventions 1.27 "
        "or newer, and select that file.",
    ),
    "other spans": (
        lambda: raw(OTEL).replace(b"gen_ai.", b"http."),
        "The OpenTelemetry file has no span with “gen_ai.operation.name” and tokens: "
        "export spans of the semantic conventions 1.27 or newer, and select that file.",
    ),
    "negative": (
        lambda: with_attribute("gen_ai.usage.input_tokens", {"intValue": "-4"}),
        f"“{IN_SPAN}.attributes” in the OpenTelemetry file has a "
        f"“gen_ai.usage.input_tokens” that is not a count: {AGAIN}",
    ),
    "more cached than read": (
        lambda: with_attribute(
            "gen_ai.usage.cache_read.input_tokens", {"intValue": "5000"}
        ),
        f"“{IN_SPAN}.attributes” in the OpenTelemetry file has a "
        "“gen_ai.usage.cache_read.input_tokens” above “gen_ai.usage.input_tokens”: "
        "export spans of the semantic conventions 1.27 or newer, and select that file.",
    ),
    "no id": (
        lambda: changed(OTEL, *FIRST_SPAN, "spanId", to="not one"),
        f"“{IN_SPAN}.spanId” in the OpenTelemetry file is not the id of a span: "
        f"{AGAIN}",
    ),
    "no time": (
        lambda: changed(OTEL, *FIRST_SPAN, "startTimeUnixNano", to="soon"),
        f"“{IN_SPAN}.startTimeUnixNano” in the OpenTelemetry file is not a time: "
        f"{AGAIN}",
    ),
}


FILES = {
    f"{kind}: {name}": made
    for kind, group in {
        "JSON": JSON,
        "OpenAI": OPENAI_FILES,
        "Anthropic": ANTHROPIC_FILES,
        "LiteLLM": LITELLM_FILES,
        "OpenTelemetry": OTEL_FILES,
        "CSV": CSVS,
    }.items()
    for name, made in group.items()
}
