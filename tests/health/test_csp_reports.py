"""What a browser blocks on a page of ours is a line of the log, and nothing else."""

import json
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from audits.models import RecentCount, Session
from tests.written_log import log, told

__all__ = ["log"]

pytestmark = pytest.mark.once
REPORT = {
    "document-uri": "https://attune.example/calendars/0123456789abcdef.ics?words=mine",
    "effective-directive": "script-src-elem",
    "blocked-uri": "https://evil.example/x.js\n2026 forged",
    "script-sample": "my own words",
}


def report(body: bytes | str, address: str = "192.0.2.1", **more: Any) -> int:
    client = Client(enforce_csrf_checks=True)
    sent = client.post(
        "/csp-reports/",
        body,
        content_type="application/csp-report",
        REMOTE_ADDR=address,
        **more,
    )
    return sent.status_code


def test_report_of_a_browser_is_a_line_without_secrets(db: None, log: StringIO) -> None:
    status = report(json.dumps({"csp-report": REPORT}))

    [line] = told(log, "audits.health.csp_reports")
    assert (status, line["level"]) == (204, "WARNING")
    assert line["message"].startswith(
        "a page broke the policy of browsers: effective-directive script-src-elem, "
        "blocked-uri https://evil.example/x.js\n2026 forged, document-uri "
    )
    for secret in ("0123456789abcdef", "mine", "my own words"):
        assert secret not in log.getvalue()
    assert not Session.objects.exists()
    assert not RecentCount.objects.exists()


def test_what_is_no_report_or_comes_too_often_leaves_no_line(
    db: None, log: StringIO, settings: Settings
) -> None:
    deep = '{"csp-report":' + "[" * 5000 + "]" * 5000 + "}"
    long = json.dumps({"csp-report": {"blocked-uri": "x" * 20_000}})
    settings.CSP_REPORTS_PER_HOUR = 7
    sent: tuple[bytes | str, ...] = ("", "{", b"\xff", "[1]", '{"a": 1}', deep, long)
    wrong = [report(body, "192.0.2.9") for body in sent]
    often = report(json.dumps({"csp-report": REPORT}), "192.0.2.9")

    assert wrong == [400] * 7
    assert often == 429
    assert told(log, "audits.health") == []
