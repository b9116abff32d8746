"""A column whose values fall as its field rises is sorted by its values."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from django_scopes import scope

from audits.models import PortfolioRow
from audits.portfolio import sorting
from audits.portfolio.columns.column import Column
from audits.portfolio.columns.listed import SORTABLE
from audits.portfolio.shown import Shown
from tests.casting import Cast
from tests.portfolio.rows_made import make_rows


def days_since(row: PortfolioRow) -> int:
    assert row.due_on
    return (timezone.localdate() - row.due_on).days


DAYS = Column(
    "days",
    "Days since the date",
    days_since,
    "days",
    head="Days",
    sort=("due_on",),
    is_reversed=True,
)


@pytest.fixture(autouse=True)
def _with_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SORTABLE, DAYS.key, DAYS)


@pytest.mark.parametrize(("sort", "days"), [("days", [3, 20]), ("-days", [20, 3])])
@pytest.mark.on_both
def test_rows_are_in_the_order_of_the_values(
    cast: Cast, sort: str, days: list[int]
) -> None:
    for number in (3, 20):
        due_on = timezone.localdate() - timedelta(days=number)
        make_rows(cast.ours, 1, name=f"Case {number}", due_on=due_on)

    with scope(organization=cast.ours.organization):
        dated = PortfolioRow.objects.filter(name__startswith="Case")
        found = [days_since(row) for row in dated.order_by(*sorting.order_of(sort))]

    assert found == days


def test_head_says_the_order_of_the_values_and_the_largest_come_first() -> None:
    def head(query: str) -> sorting.Head:
        [found] = sorting.heads(QueryDict(query), [Shown(DAYS)])
        return found

    assert (head("").link, head("").sorted) == ("?sort=-days", "")
    assert (head("sort=-days").link, head("sort=-days").sorted) == (
        "?sort=days",
        "descending",
    )
    assert head("sort=days").sorted == "ascending"
