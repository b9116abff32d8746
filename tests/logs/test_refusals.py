"""Whoever sends what is refused rings no alarm."""

import logging
from io import StringIO

from django.test import Client
from pytest_django import Settings

from tests.written_log import log, told

__all__ = ["log"]


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
