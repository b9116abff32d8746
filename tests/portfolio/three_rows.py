"""Three use cases that differ in all that the portfolio filters and orders by."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, PortfolioRow, Stage
from audits.portfolio.decisions import decisions_of
from audits.portfolio.figures import in_training
from audits.portfolio.of_board.not_done import not_done_of
from audits.portfolio.of_board.waiting_for_board import waiting_for_board
from audits.portfolio.selection import Selection
from audits.portfolio.sorting import A_PAGE, order_by
from audits.portfolio.table import read_as_rows
from audits.portfolio_filter import portfolio_rows_of, read_filter
from tests.casting import Cast
from tests.portfolio.rows_made import make_rows

A: dict[str, Any] = {
    "verdict": "stop_fine_tuning",
    "stage": Stage.TRAINING,
    "open_questions": 0,
    "strength": "solid_test",
    "state": Audit.State.IN_REVIEW,
    "provider": "Anthropic",
    "due_on": date(2001, 1, 1),
    "at_risk": True,
    "spend": Decimal(300),
    # The amount of the head orders the rows, and not that of a month.
    "saving": Decimal(9),
    "saving_year": Decimal(-60),
}
B: dict[str, Any] = {
    "verdict": "distil",
    "stage": Stage.LIVE,
    "open_questions": 3,
    "strength": "none",
    "state": Audit.State.SIGNED_OFF,
    "provider": "OpenAI",
    "due_on": date(2099, 1, 1),
    "at_risk": True,
    "review_cause": "Prices fell",
    "spend": Decimal(20),
    "saving": Decimal(7),
    "saving_year": Decimal(84),
}
C: dict[str, Any] = {
    "verdict": "",
    "stage": Stage.PLANNED,
    "open_questions": None,
    "strength": "",
    "state": Audit.State.DRAFT,
    "due_on": None,
    "at_risk": False,
    "spend": None,
    "saving": None,
    "saving_year": None,
}
ALL = ["A", "B", "C"]
# Where rows as the table reads them have their names.
_NAME = [field.attname for field in PortfolioRow._meta.concrete_fields].index("name")


def make_abc(cast: Cast) -> None:
    """Let our organization have these use cases and no others."""
    with scope(organization=cast.ours.organization):
        cast.ours.submitted.use_case.delete()
        cast.ours.draft.use_case.delete()
    for name, fields in zip(ALL, (A, B, C), strict=True):
        make_rows(cast.ours, 1, name=name, **fields)


def names_of(rows: Iterable[Any]) -> list[str]:
    """Return the names in rows as the table reads them."""
    return [str(values[_NAME]) for values in rows]


def listed(asked: str) -> list[str]:
    """Return what a page of the portfolio lists, and let it ask for all else."""
    query, today = QueryDict(asked), timezone.localdate()
    form = read_filter(query)
    selection = Selection.read(form, None, today)
    for lists in (decisions_of, not_done_of, waiting_for_board):
        lists(None, today, among=selection.among)
    in_training(None, selection.total, among=selection.among)
    rows = read_as_rows(form.filtered(PortfolioRow.objects.order_by(*order_by(query))))
    found = names_of(rows[:A_PAGE])
    assert len(found) == selection.total.use_cases == portfolio_rows_of(query).count()
    return found
