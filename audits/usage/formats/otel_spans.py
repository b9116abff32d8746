"""Reads OpenTelemetry spans of calls to models, as OTLP in JSON, one export a line.

It reads the attributes of the semantic conventions for generative AI from 1.27 on
(`gen_ai.usage.input_tokens`), which are not final. Tried with spans of
`@opentelemetry/instrumentation-openai` 0.3.0 and 0.21.0. Spans have no cost.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from audits.evaluations.formats.fields import Fields, visible
from audits.usage.formats.json_stream import JsonStream
from audits.usage.rows import USAGE, Collected, RefusedUsageError, UsageFile

FILE = "OpenTelemetry file"
_MOST = 1_000_000  # spans, scopes or attributes in one list
_SECOND = 10**9
# What calls a model once. An agent's own span adds up what its calls used.
CALLS = ("chat", "text_completion", "generate_content", "embeddings")
_OLD = ("gen_ai.usage.prompt_tokens", "gen_ai.usage.completion_tokens")
_INPUT, _OUTPUT = "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens"
_CACHED = "gen_ai.usage.cache_read.input_tokens"
_OTHERWISE = (
    "export spans of the semantic conventions 1.27 or newer, and select that file"
)


def read_spans(stream: JsonStream) -> UsageFile:
    """Return the usage of each day and model.

    Raises:
        RefusedUsageError: A call is inside another call, tokens have the names of older
            conventions, there is no call, or a value is missing or wrong.
    """
    spans = _Spans()
    for number, name, value in stream.members():
        if name == "resourceSpans":
            place = f"line {number + 1}, resourceSpans"
            resource = Fields(FILE, value, place, USAGE)
            for scope in resource.objects("scopeSpans", least=0, most=_MOST):
                for span in scope.objects("spans", least=0, most=_MOST):
                    spans.add(span)
    return spans.made()


class _Spans:
    """Adds up spans, each once."""

    def __init__(self) -> None:
        self.found = Collected(FILE)
        self.calls: set[int] = set()
        self.parents: set[int] = set()
        self.sums = self.without_tokens = 0

    def add(self, span: Fields) -> None:
        """Add a span, if it is a call to a model."""
        self.found.count()
        values = _attributes(span)
        operation = values.get("gen_ai.operation.name")
        old = next((name for name in _OLD if name in values), None)
        if old and _INPUT not in values:
            span.refuse("attributes", f"has “{old}”", _OTHERWISE)
        if operation not in CALLS:
            self.sums += _INPUT in values or _OUTPUT in values
            return
        own = _id(span, "spanId")
        if own in self.calls:  # exported again
            return
        self.calls.add(own)
        if span.raw("parentSpanId"):
            self.parents.add(_id(span, "parentSpanId"))
        read, written = _count(span, values, _INPUT), _count(span, values, _OUTPUT)
        if read is None and written is None:
            self.without_tokens += 1
            return
        self._add(span, values, read, 0 if operation == "embeddings" else written)

    def _add(
        self,
        span: Fields,
        values: Mapping[str, Any],
        read: int | None,
        written: int | None,
    ) -> None:
        cached = _count(span, values, _CACHED)
        if cached is not None and read is not None and cached > read:
            span.refuse("attributes", f"has a “{_CACHED}” above “{_INPUT}”", _OTHERWISE)
        model = values.get("gen_ai.request.model") or values.get(
            "gen_ai.response.model"
        )
        self.found.add(
            _day(span),
            visible(" ".join(str(model).split())) if model else None,
            {
                "requests": 1,
                "input_tokens": read,
                "cached_tokens": cached,
                "output_tokens": written,
                "cost": None,
            },
        )

    def made(self) -> UsageFile:
        """Return what they add up to."""
        if self.calls & self.parents:
            message = (
                f"The {FILE} has calls to models inside of other calls, so their "
                "tokens would be counted twice: export the spans of one "
                "instrumentation, and select that file."
            )
            raise RefusedUsageError(message)
        days = self.found.days
        if not days:
            message = (
                f"The {FILE} has no span with “gen_ai.operation.name” and tokens: "
                f"{_OTHERWISE}."
            )
            raise RefusedUsageError(message)
        return UsageFile(
            format="OpenTelemetry",
            first=min(days),
            last=max(days),
            rows=self.found.rows(),
            left_out=tuple(self._left_out()),
        )

    def _left_out(self) -> list[str]:
        found = []
        if self.sums:
            found.append(
                "Spans that add up what calls inside of them used are left out: "
                f"{self.sums:,}."
            )
        if self.without_tokens:
            found.append(
                "Calls without tokens, such as failed ones, are left out: "
                f"{self.without_tokens:,}."
            )
        return found


def _attributes(span: Fields) -> dict[str, Any]:
    """Return the attributes of a span that are texts or numbers, by name."""
    found: dict[str, Any] = {}
    listed = span.raw("attributes")
    for each in listed if isinstance(listed, list) else []:
        name = each.get("key") if isinstance(each, dict) else None
        value = each.get("value") if isinstance(each, dict) else None
        if isinstance(name, str) and isinstance(value, dict):
            found[name] = value.get("stringValue", value.get("intValue"))
    return found


def _count(span: Fields, values: Mapping[str, Any], name: str) -> int | None:
    """Return a count; OTLP writes whole numbers as text, and some SDKs as numbers."""
    value = values.get(name)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value) if len(value) <= 15 else -1  # noqa: PLR2004 - as `MOST`
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        span.refuse("attributes", f"has a “{name}” that is not a count")
    return value


def _id(span: Fields, name: str) -> int:
    """Return an id as a number, which takes less memory."""
    text = span.text(name)
    try:
        return int(text, 16) if len(text) <= 32 else 0  # noqa: PLR2004 - 16 bytes
    except ValueError:
        span.refuse(name, "is not the id of a span")


def _day(span: Fields) -> date:
    """Return the day when a span began."""
    value = span.raw("startTimeUnixNano")
    text = str(value) if isinstance(value, int | str) else ""
    if not (text.isascii() and text.isdigit() and len(text) <= 20):  # noqa: PLR2004
        span.refuse("startTimeUnixNano", "is not a time")
    try:
        return datetime.fromtimestamp(int(text) // _SECOND, UTC).date()
    except (ValueError, OverflowError, OSError):
        span.refuse("startTimeUnixNano", "is not a time")
