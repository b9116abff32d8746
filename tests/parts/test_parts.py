"""Parts that are drawn once and kept."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.template import Context, Template

from audits.frameworks.answering.still_open import StillOpen
from audits.frameworks.loading import loader
from audits.portfolio.cells import Cell
from audits.portfolio.table import TableCell, TableRow
from audits.templatetags.drawings import named_verdict
from audits.templatetags.parts import drawn
from tests.pages import html_in


def cells(*values: Cell) -> tuple[TableCell, ...]:
    """Return the cells of a name over a team, an amount, and a day over an owner."""
    name, team, owner, amount, day = values
    drawn = (
        ("name", "Name", name, team),
        ("plan", "Current plan", amount, None),
        ("due_on", "Next date", day, owner),
    )
    return tuple(
        TableCell(f"portfolio/cells/{part}.html", head, value, second)
        for part, head, value, second in drawn
    )


VALUES: tuple[Cell, ...] = ("Claims", "Northgate", "Ada", None, date(2026, 11, 24))
ROW = TableRow(
    number=7,
    use_case_id=UUID(int=8),
    audit_id=UUID(int=7),
    signed_as="",
    tags="",
    review_cause="",
    has_date=True,
    is_stopped=False,
    freed=None,
    runs=None,
    year=None,
    freed_until=None,
    is_planned=False,
    proposed=None,
    saving_year=None,
    saving_begun=None,
    plan_turns="",
    plan_turns_on=None,
    saving_turns="",
    saving_later_on=None,
    verdict=named_verdict(loader.current(), "distil"),
    comes_first="",
    still_open=StillOpen(now=0),
    is_draft=False,
    status="",
    is_undecided=False,
    is_advice_priced=True,
    sent_back_at=None,
    renewal_id=None,
    renewal_state="",
    is_overdue=False,
    due_in_short="Decide",
    cells=cells(*VALUES),
)


def draw(row: TableRow) -> str:
    return html_in(drawn("portfolio/row.html", row=row))


def test_equal_values_are_drawn_once() -> None:
    first = drawn("portfolio/row.html", row=ROW)

    assert drawn("portfolio/row.html", row=replace(ROW)) is first


@pytest.mark.parametrize(
    ("place", "value"),
    [
        *((0, "Other"), (1, "Zanzibar"), (2, "Grace"), (3, Decimal(20))),
        *((3, Decimal(0)), (4, date(2027, 1, 1)), (4, None)),
    ],
)
def test_every_cell_of_a_row_is_told_apart(place: int, value: Cell) -> None:
    values = [*VALUES]
    values[place] = value

    assert draw(replace(ROW, cells=cells(*values))) != draw(ROW)


def test_what_a_row_has_besides_its_cells_is_told_apart() -> None:
    others = (
        replace(ROW, number=8),
        replace(ROW, audit_id=UUID(int=9)),
        replace(ROW, review_cause="Prices fell"),
        replace(ROW, is_overdue=True),
        replace(ROW, due_in_short="Review"),
    )

    assert len({draw(row) for row in (ROW, *others)}) == len(others) + 1


def test_what_people_wrote_is_escaped() -> None:
    page = draw(replace(ROW, cells=cells("<b>Claims</b>", "<i>", "<u>", None, None)))

    assert "&lt;b&gt;Claims&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert "<u>" not in page


def test_kept_content_stands_in_two_places() -> None:
    page = "{% load parts %}{% kept as x %}<b>{{ y }}</b>{% endkept %}{{ x }}, {{ x }}"

    said = Template(page).render(Context({"y": "<"}))

    assert said == "<b>&lt;</b>, <b>&lt;</b>"
