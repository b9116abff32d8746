"""Fixtures that pytest sets up for each test, and that do nothing for most of them.

Those of plugins look for a mark, or for another fixture, and nearly always find none;
to set up ten of them took longer than most tests. What such a fixture looks for is
known once a test is collected, so it is left out there.
"""

from collections.abc import Mapping
from typing import Any

import pytest

# What each of them does something for: a mark or a fixture of that name. No site is
# installed, no test is of a class of unittest, and no trace is recorded.
DOES_SOMETHING_FOR: Mapping[str, str | None] = {
    "_django_clear_site_cache": None,
    "_django_db_marker": "django_db",
    "_django_isolate_apps": "django_isolate_apps",
    "_django_set_urlconf": "urls",
    "_django_setup_unittest": None,
    "_live_server_helper": "live_server",
    "_pw_trace_api_requests": "playwright",
    "_stage_by_the_right_clock": "cast",
    "_template_string_if_invalid_marker": "ignore_template_errors",
}


def leave_out_idle_fixtures(item: pytest.Item) -> None:
    """Set up only those fixtures for a test that do something for it."""
    info = getattr(item, "_fixtureinfo", None)
    if info is None:
        return
    there = {mark.name for mark in item.iter_markers()} | set(info.names_closure)
    named: list[str] = [
        name
        for name in info.names_closure
        if name not in DOES_SOMETHING_FOR or DOES_SOMETHING_FOR[name] in there
    ]
    # `request` is made anew for whoever asks for it.
    for asked in {"request", "monkeypatch"} - {*info.initialnames}:
        if asked == "request" or not _is_asked_for(asked, named, info):
            named = [name for name in named if name != asked]
    item.fixturenames = named  # type: ignore[attr-defined]


def _is_asked_for(asked: str, named: list[str], info: Any) -> bool:
    definitions = (info.name2fixturedefs.get(name, ()) for name in named)
    return any(asked in x.argnames for found in definitions for x in found)
