"""Days and times of day are written once, as Django writes them."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Engine
from django.utils import formats

PLAIN, OURS = Engine(), Engine(builtins=["audits.templatetags.dates"])
ZURICH = ZoneInfo("Europe/Zurich")
MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
# The hour that a clock shows twice.
TWICE = datetime(2026, 10, 25, 2, 30, tzinfo=ZURICH)
VALUES = [
    date(2026, 11, 24),
    datetime(2026, 11, 24),
    MOMENT,
    MOMENT.astimezone(timezone(timedelta(hours=5))),
    TWICE,
    TWICE.replace(fold=1),
    MOMENT.timetz(),
    "",
    "24 November",
    None,
]
FORMS = [
    "{{ value|date }}",
    '{{ value|date:"j F Y" }}',
    '{{ value|date:"c" }}',
    '{{ value|time:"H:i" }}',
    "{{ value|time }}",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("is_local", [True, False])
def test_it_is_what_django_writes(form: str, is_local: bool) -> None:
    for value in VALUES * 2:
        context = Context({"value": value}, use_tz=is_local)
        plain = PLAIN.from_string(form).render(context)

        assert OURS.from_string(form).render(context) == plain, value


def test_a_page_writes_equal_days_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    write = formats.date_format

    def counting(value: Any, *how: Any) -> str:
        asked.append(value)
        return write(value, *how)

    monkeypatch.setattr(formats, "date_format", counting)
    day = date(2021, 2, 3)
    page = OURS.from_string('{{ day|date:"j F Y" }}, {{ day|date:"j F Y" }}')

    assert page.render(Context({"day": day})) == "3 February 2021, 3 February 2021"
    assert asked == [day]
