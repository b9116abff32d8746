"""Whoever sends what is refused rings no alarm."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings


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


def ask_a_wrong_host() -> None:
    client = Client(raise_request_exception=False)
    asked = client.get("/sign-in/", headers={"Host": "evil.example.com"})
    assert asked.status_code == 400


def test_wrong_host_is_a_warning_without_a_traceback(
    db: None, settings: Settings, log: StringIO
) -> None:
    settings.ALLOWED_HOSTS = ["attune.example.org"]

    ask_a_wrong_host()

    [line] = told(log, "django.security")
    assert line["level"] == "WARNING"
    assert "exception" not in line
    assert "evil.example.com" in line["message"]


def test_fault_stays_an_error_with_its_traceback(log: StringIO) -> None:
    message = "broken"
    try:
        raise ValueError(message)
    except ValueError:
        logging.getLogger("django.request").exception(
            "Internal Server Error", extra={"status_code": 500}
        )

    [line] = told(log, "django.request")
    assert line["level"] == "ERROR"
    assert "ValueError: broken" in line["exception"]
