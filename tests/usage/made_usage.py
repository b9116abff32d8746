"""The usage files that real tools wrote: tests/usage_files/README.md says how."""

import io
import json
from pathlib import Path
from typing import Any

from audits.usage.formats.recognised import read_usage
from audits.usage.rows import UsageFile

MADE = Path(__file__).parent.parent / "usage_files" / "made"
LITELLM = "litellm-1.104.0-team.json"
OPENAI = "openai-3.57.0.json"
ANTHROPIC = "anthropic-2.14.0.json"
OTEL = "otel-0.21.0.jsonl"


def names(pattern: str) -> list[str]:
    """Return the names of the files that fit; there are some."""
    found = sorted(path.name for path in MADE.glob(pattern))
    assert found, pattern
    return found


def raw(name: str) -> bytes:
    return (MADE / name).read_bytes()


def plain(name: str) -> list[Any]:
    """Return the objects of a file, as the standard library reads them."""
    return [json.loads(line) for line in raw(name).splitlines()]


def read(name: str) -> UsageFile:
    return read_bytes(raw(name))


def read_bytes(content: bytes) -> UsageFile:
    return read_usage(io.BytesIO(content))
