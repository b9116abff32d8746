"""Logs what browsers kept our pages from doing, so that an operator learns of it.

Anybody can send a report: it is short, stored nowhere, and its words are hidden or cut
like those of every other line.
"""

import json
import logging
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from audits.json_depth import is_deeper
from audits.limits import OwnLimit, client_address, too_many

logger = logging.getLogger(__name__)
_MOST, _DEPTH, _SHOWN = 16 * 1024, 4, 200  # bytes, levels, characters of a value
CSP_REPORTS = OwnLimit(
    "CSP_REPORTS_PER_HOUR",
    "One network address can report {} times an hour what a browser blocked.",
)
_TOLD = ("effective-directive", "blocked-uri", "document-uri", "source-file")


@csrf_exempt  # a browser sends it by itself, and nothing changes
@require_POST
def csp_reports(request: HttpRequest) -> HttpResponse:
    """Log one report of the Content-Security-Policy."""
    if refusal := CSP_REPORTS.refusal(client_address(request)):
        return too_many(request, refusal)
    report = _report_in(request)
    if report is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    logger.warning("a page broke the policy of browsers: %s", _in_words(report))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _report_in(request: HttpRequest) -> dict[str, Any] | None:
    """Return what a browser reports; None if it is no report."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST:
            return None
        text = request.body.decode()
        sent = None if is_deeper(text, _DEPTH) else json.loads(text)
    except ValueError:
        return None
    report = sent.get("csp-report") if isinstance(sent, dict) else None
    return report if isinstance(report, dict) else None


def _in_words(report: dict[str, Any]) -> str:
    """Return the parts of a report that say what broke, and where.

    >>> _in_words({"blocked-uri": "inline", "document-uri": 5, "cookie": "x"})
    'blocked-uri inline'
    """
    told = {name: report.get(name) for name in _TOLD}
    return ", ".join(
        f"{name} {value[:_SHOWN]}"
        for name, value in told.items()
        if isinstance(value, str)
    )
