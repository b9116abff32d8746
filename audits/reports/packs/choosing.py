"""The page that asks what a pack is for, and with which it is compared."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from audits.access.members import MemberRequest
from audits.models import PortfolioRow
from audits.models.fields.only import ONLY
from audits.portfolio_filter import FilterForm
from audits.services.papers.packs.pack_comparison import to_compare_with

_NAMED = 10


def choose(
    request: MemberRequest, filters: FilterForm, meeting: str | None
) -> HttpResponse:
    """Ask which pack a new one is compared with, the newest one first.

    Args:
        request: The request.
        filters: What the pack is of.
        meeting: What it is for; None to ask for it, too.
    """
    others = list(to_compare_with(filters.query))
    rows = filters.filtered(PortfolioRow.objects.order_by("number"))
    context = {
        "named": rows[:_NAMED] if filters.chosen.get(ONLY) else (),
        "more": max(0, rows.count() - _NAMED),
        "nav": "portfolio",
        "query": filters.query,
        "filters": filters.kept_in_words,
        "again": values_of(filters.query),
        "meeting": meeting,
        "others": others,
        "chosen": others[0].pk if others else None,
    }
    return render(request, "reports/packs/choose.html", context)


def values_of(filters: str) -> list[tuple[str, str]]:
    """Return what a form sends to ask for the same filter again."""
    lists = QueryDict(filters).lists()
    return [(name, str(value)) for name, values in lists for value in values]
