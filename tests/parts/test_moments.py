"""How long ago a moment was is said as Django says it, with one unit."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timesince import timesince

from audits.templatetags.moments import ago

_HOUR = 3600
_DAY = 24 * _HOUR


@pytest.mark.parametrize(
    "seconds",
    [
        *(60, 61, 119, 121, _HOUR + 1, 2 * _HOUR - 1, 2 * _HOUR + 1, _DAY - 1),
        *(_DAY + 1, 2 * _DAY + 1, 7 * _DAY - 1, 7 * _DAY + 1, 14 * _DAY + 1),
        *(28 * _DAY - 1, 28 * _DAY + 1, 45 * _DAY, 400 * _DAY),
    ],
)
def test_moment_is_as_long_ago_as_django_says(seconds: int) -> None:
    moment = datetime.now(UTC) - timedelta(seconds=seconds, milliseconds=300)

    assert ago(moment) == f"{timesince(moment, depth=1)} ago"


@pytest.mark.parametrize("seconds", [-90, 0, 59])
def test_what_is_not_a_minute_ago_is_just_now(seconds: int) -> None:
    assert ago(datetime.now(UTC) - timedelta(seconds=seconds)) == "just now"


def test_what_is_days_ago_is_said_without_a_search_for_months(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("audits.templatetags.moments.timesince", None)

    assert ago(datetime.now(UTC) - timedelta(days=3)) == "3\u00a0days ago"
