"""Which use cases a person means: those ticked, of a page, or of a filter."""

from uuid import UUID

from django.http import QueryDict

from audits.models import PortfolioRow, PortfolioRowQuerySet
from audits.portfolio import sorting
from audits.portfolio_filter import portfolio_rows_of

_LONGEST = 5  # digits of a page


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
    ticked = [pk for text in query.getlist("case") if (pk := _uuid(text))]
    return _hex(PortfolioRow.objects.filter(use_case__in=ticked))


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
