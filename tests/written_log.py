"""What the site writes into its log during a test."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Have what the site writes, with the handler that the settings make."""
    [console] = [h for h in logging.getLogger().handlers if h.get_name() == "console"]
    assert isinstance(console, logging.StreamHandler)
    written = StringIO()
    usual = console.setStream(written)
    yield written
    console.setStream(usual)


def told(log: StringIO, name: str) -> list[dict[str, Any]]:
    """Return the lines of a logger, and of those below it."""
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in lines if line["logger"].startswith(name)]
