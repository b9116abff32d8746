"""Parts that are drawn once and kept."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.template import Context, Template

from audits.frameworks import loader
from audits.portfolio.table import TableRow
from audits.templatetags.drawings import named_verdict
from audits.templatetags.parts import drawn
from tests.pages import html_in

ROW = TableRow(
    number=7,
    name="Claims",
    audit_id=UUID(int=7),
    review_cause="",
    team_id=UUID(int=8),
    team="Northgate",
    verdict=named_verdict(loader.current(), "distil"),
    stage="Live",
    confidence="high",
    spend=None,
    saving=None,
    owner="Ada",
    due_on=date(2026, 11, 24),
    is_overdue=False,
    trend="",
)


def draw(row: TableRow) -> str:
    return html_in(drawn("portfolio/row.html", row=row, with_team=True))


def test_equal_values_are_drawn_once() -> None:
    first = drawn("portfolio/row.html", row=ROW, with_team=True)

    assert drawn("portfolio/row.html", row=replace(ROW), with_team=True) is first


def test_every_value_of_a_row_is_told_apart() -> None:
    other: dict[str, Any] = {
        "name": "Other",
        "audit_id": UUID(int=9),
        "review_cause": "Prices fell",
        "team_id": UUID(int=10),
        "team": "Zanzibar",
        "verdict": None,
        "stage": "Planned",
        "confidence": "low",
        "spend": Decimal(20),
        "saving": Decimal(0),
        "owner": "Grace",
        "due_on": date(2027, 1, 1),
        "is_overdue": True,
        "trend": "weaker",
        "number": 8,
    }

    pages = {draw(replace(ROW, **{name: value})) for name, value in other.items()}

    assert len(pages | {draw(ROW)}) == len(other) + 1


def test_what_people_wrote_is_escaped() -> None:
    page = draw(replace(ROW, name="<b>Claims</b>", team="<i>", owner="<u>"))

    assert "&lt;b&gt;Claims&lt;/b&gt;" in page
    assert not {"<b>", "<i>", "<u>"} & set(page.partition("<th")[2].split("bdi>"))
    assert "<i>" not in page
    assert "<u>" not in page


def test_kept_content_stands_in_two_places() -> None:
    page = "{% load parts %}{% kept as x %}<b>{{ y }}</b>{% endkept %}{{ x }}, {{ x }}"

    said = Template(page).render(Context({"y": "<"}))

    assert said == "<b>&lt;</b>, <b>&lt;</b>"
