"""Days and times of day are written once, as Django writes them, and never broken."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Engine
from django.utils import formats

from audits.templatetags.dates import NO_BREAK, unbroken

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

        ours = OURS.from_string(form).render(context)
        assert ours.replace(NO_BREAK, " ") == plain, value


def test_a_page_writes_equal_days_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    write = formats.date_format

    def counting(value: Any, *how: Any) -> str:
        asked.append(value)
        return write(value, *how)

    monkeypatch.setattr(formats, "date_format", counting)
    day = date(2021, 2, 3)
    page = OURS.from_string('{{ day|date:"j F Y" }}, {{ day|date:"j F Y" }}')

    said = page.render(Context({"day": day})).replace(NO_BREAK, " ")
    assert said == "3 February 2021, 3 February 2021"
    assert asked == [day]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("j F Y", "24_November 2026"),
        ("j M Y, H:i", "24_Nov 2026, 09:30"),
        ("j F", "24_November"),
        ("F Y", "November 2026"),
    ],
)
def test_day_in_words_stays_on_one_line(form: str, said: str) -> None:
    page = OURS.from_string(f'{{{{ value|date:"{form}" }}}}')

    assert page.render(Context({"value": MOMENT})) == said.replace("_", NO_BREAK)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("It ends on 1 May 2027.", "It ends on 1_May 2027."),
        ("It costs $11,323 a month.", "It costs $11,323_a_month."),
        ("Pay €5,600 once, on 3 Jan.", "Pay €5,600_once, on 3_Jan."),
        ("GPT-4.1 mini is out", "GPT-|4.1_mini is out"),
        ("GPT-6 Luna is out", "GPT-|6_Luna is out"),
        ("Use claude-sonnet-5-5.", "Use claude-|sonnet-|5-|5."),
        ("Few-shot, in May 2027", "Few-|shot, in May 2027"),
        ("Ask 12 Marketing people", "Ask 12 Marketing people"),
    ],
)
def test_sentence_keeps_together_what_is_one(words: str, said: str) -> None:
    expected = said.replace("_", NO_BREAK).replace("|", "\u2060")

    assert unbroken(words) == expected
