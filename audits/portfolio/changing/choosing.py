"""Which use cases a person means: those ticked, of a page, or of a filter."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.core.paginator import Page
from django.http import QueryDict

from audits.models import PortfolioRow, PortfolioRowQuerySet
from audits.models.fields.only import MOST_CHOSEN, ONLY, text_of
from audits.portfolio import sorting
from audits.portfolio.shown import chosen_columns
from audits.portfolio_filter import portfolio_rows_of

_LONGEST = 5  # digits of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """The rows of a page of the table, of which some or all can be changed at once.

    `filters`, `sort` and `columns` are those of the page, and `rows` how many it was
    asked to have. So many are `shown` on it and `found` in all.
    """

    filters: tuple[Hashable, ...]
    sort: str
    columns: tuple[str, ...]
    number: int
    rows: int | None
    shown: int
    found: int
    has_other_pages: bool

    @classmethod
    def of(
        cls, page: Page[Any], filters: tuple[Hashable, ...], query: QueryDict
    ) -> Self:
        """Return what a page of the table offers."""
        return cls(
            filters=filters,
            sort=sorting.sort_of(query),
            columns=chosen_columns(query),
            number=page.number,
            rows=sorting.rows_asked(query),
            shown=len(page.object_list),
            found=page.paginator.count,
            has_other_pages=page.has_other_pages(),
        )


def chosen_ids(query: QueryDict) -> list[str]:
    """Return the ids of the chosen use cases, in hex; those of others are not found.

    Args:
        query: `which` is “page” for a page of the table in its order, “all” for what
            its filter finds, and anything else for each `case` that was ticked.
    """
    which = query.get("which")
    if which == "all":
        return _hex(portfolio_rows_of(query))
    if which == "page":
        size = sorting.rows_asked(query) or sorting.A_PAGE
        start = (_page(query) - 1) * size
        found = portfolio_rows_of(query).with_owner_names()
        return _hex(found.order_by(*sorting.order_by(query))[start : start + size])
    return _hex(_ticked(query))


def only_ticked(query: QueryDict) -> str:
    """Return the query of exactly the ticked use cases; empty without any.

    It keeps the order and the columns, and no filter: ticking is choosing.
    """
    found = _ticked(query).values_list("number", flat=True)[:MOST_CHOSEN]
    numbers = text_of(found)
    return sorting.shared(f"{ONLY}={numbers}", query) if numbers else ""


def _ticked(query: QueryDict) -> PortfolioRowQuerySet:
    ticked = [pk for text in query.getlist("case") if (pk := _uuid(text))]
    return PortfolioRow.objects.filter(use_case__in=ticked)


def _hex(found: PortfolioRowQuerySet) -> list[str]:
    return [pk.hex for pk in found.values_list("use_case_id", flat=True)]


def _page(query: QueryDict) -> int:
    text = query.get("page", "")
    is_number = text.isdecimal() and len(text) <= _LONGEST
    return max(1, int(text)) if is_number else 1


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
