"""The money of the portfolio by quarter, of what the filters leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.charts.quarters import QuarterBars, QuartersChart, quarters_chart
from audits.landscape import in_force
from audits.landscape.price_age import price_age
from audits.models import PortfolioRow, PortfolioRowQuerySet, Snapshot, Team
from audits.portfolio.selection import Selection
from audits.portfolio_filter import FilterForm, read_filter
from audits.services.portfolio.months.of_each import of_rows, year_of_each
from audits.services.portfolio.quarters import Quarter, message_of, quarters_of
from audits.services.portfolio.snapshots import year_before


@members_only
@require_GET
def quarters(request: MemberRequest) -> HttpResponse:
    today, read = timezone.localdate(), read_quarters(request.GET)
    found, query = read.found, read.form.query
    context = {
        "nav": "portfolio",
        "selection": read.selection,
        "total": read.selection.total,
        "query": f"?{query}" if query else "",
        "quarters": found,
        "message": message_of(found),
        "chart": partial(_chart, found) if _has_many(found) else None,
        "price_age": price_age(in_force.current().prices_checked, today),
        "today": today,
    }
    return render(request, "portfolio/quarters.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadQuarters:
    """What the filters leave by quarter."""

    form: FilterForm
    selection: Selection
    found: list[Quarter]


def read_quarters(query: QueryDict) -> ReadQuarters:
    """Return the quarters of what the filters leave."""
    form, today = read_filter(query), timezone.localdate()
    selection = Selection.read(form, None, today)
    rows = form.filtered(PortfolioRow.objects.all())
    found = quarters_of(rows, _history(form, rows), selection.total.running, today)
    return ReadQuarters(form=form, selection=selection, found=found)


def _history(form: FilterForm, rows: PortfolioRowQuerySet) -> Sequence[Snapshot]:
    """Return the months of all use cases, of one team, or of what a filter leaves."""
    today = timezone.localdate()
    if form.errors or form.chosen.keys() - {"team"}:
        return of_rows(year_of_each(today), rows)
    chosen = form.chosen.get("team")
    of: Team | None = next(
        (team for team in form.teams.values() if str(team.public_id) == chosen), None
    )
    return year_before(of, today)


def _has_many(found: Sequence[Quarter]) -> bool:
    """Return whether a chart of them shows more than their table: two have amounts."""
    amounts = (
        (each.running, each.freed.amount, each.approved.amount, each.asked.amount)
        for each in found
        if each.first
    )
    return sum(any(each) for each in amounts) > 1


def _chart(found: Sequence[Quarter]) -> QuartersChart:
    return quarters_chart(
        [
            QuarterBars(
                name=each.name,
                running=_drawn(each.running),
                freed=_drawn(each.freed.amount),
                approved=_drawn(each.approved.amount),
                asked=_drawn(each.asked.amount),
            )
            for each in found
            if each.first
        ]
    )


def _drawn(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
