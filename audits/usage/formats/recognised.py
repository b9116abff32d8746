"""Recognizes the format of a usage file by its content, and reads it."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import file_digest
from typing import IO, NoReturn

from audits.usage.formats.anthropic_usage import read_anthropic
from audits.usage.formats.csv_days import read_days
from audits.usage.formats.json_stream import JsonStream
from audits.usage.formats.litellm import read_litellm
from audits.usage.formats.openai_usage import read_openai
from audits.usage.formats.otel_spans import read_spans
from audits.usage.formats.packed import Unpacked
from audits.usage.rows import MOST_DAYS, RefusedUsageError, UsageFile, require_years

_HEAD = 256 * 1024
_ZIP = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_KNOWN = (
    "daily activity of LiteLLM or usage of OpenAI or Anthropic as JSON, spans of "
    "OpenTelemetry as OTLP JSON, or a CSV file"
)
_SELECT = f"select {_KNOWN}"
# Names of its exports, and of what its API answers. Decision 0064 says why not.
_LANGFUSE = re.compile(
    rb'"(?:usage_details|provided_model_name|usageDetails|providedModelName)"\s*:'
)
_NOT_LANGFUSE = (
    "of Langfuse, which does not say which tokens of a call are part of which others: "
    "export the usage from your provider, or select a CSV file with day, model, "
    "requests, input, cached input, output and cost"
)
type _Reader = Callable[[JsonStream], UsageFile]
# In this order: a name in the beginning of the file, and who writes it.
_FORMATS: tuple[tuple[re.Pattern[bytes], str, _Reader], ...] = (
    (re.compile(rb'"resourceSpans"\s*:'), "OpenTelemetry file", read_spans),
    (re.compile(rb'"organization\.'), "OpenAI usage file", read_openai),
    (re.compile(rb'"object"\s*:\s*"bucket"'), "OpenAI usage file", read_openai),
    (re.compile(rb'"starting_at"\s*:'), "Anthropic usage file", read_anthropic),
    (re.compile(rb'"breakdown"\s*:'), "LiteLLM file", read_litellm),
    (re.compile(rb'"total_api_requests"\s*:'), "LiteLLM file", read_litellm),
)


def read_usage(packed: IO[bytes]) -> UsageFile:
    """Read a usage file; no more than a part of it is in memory.

    Args:
        packed: The open file, packed with gzip or not; it can be read twice.

    Raises:
        RefusedUsageError: It is of no known format or version, or damaged; says why in
            one sentence.
    """
    head, file = _unpacked(packed).read(_HEAD), _unpacked(packed)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        _refuse(f"empty: {_SELECT}")
    if head.startswith(_ZIP):
        _refuse("a zip file: unpack it, and select the file in it")
    if head[:2] in _UTF_16:
        _refuse("in UTF-16: save it as UTF-8, and select it again")
    if b"\x00" in head:
        _refuse(f"not text: {_SELECT}")
    if start[:1] in (b"[", b"{") and _LANGFUSE.search(head):
        _refuse(_NOT_LANGFUSE)
    if start[:1] == b"[":
        _refuse(f"a list from a tool that Attune does not know: {_SELECT}")
    found = _read_json(head, file) if start[:1] == b"{" else read_days(file)
    if found.days > MOST_DAYS:
        _refuse(f"about {found.days:,} days: correct its dates, or export fewer")
    require_years(found)
    return replace(found, digest=file_digest(_unpacked(packed), "sha256").hexdigest())


def _unpacked(packed: IO[bytes]) -> io.BufferedReader:
    """Return the bytes of a file from their start."""
    return io.BufferedReader(Unpacked(packed))


def _read_json(head: bytes, file: IO[bytes]) -> UsageFile:
    found = (each for each in _FORMATS if each[0].search(head))
    _, name, read = next(found, (None, "", None))
    if read is None:
        _refuse(f"from a tool that Attune does not know: {_SELECT}")
    return read(JsonStream(file, name))


def _refuse(what: str) -> NoReturn:
    message = f"The file is {what}."
    raise RefusedUsageError(message)
