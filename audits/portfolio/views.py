"""Every team's use cases on one page, and those of one team."""

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET

from audits.access.inbox import with_inbox_state
from audits.access.members import MemberRequest, members_only
from audits.access.teams import team_for_viewing
from audits.frameworks.loading import loader
from audits.inventories.presets import written
from audits.landscape import in_force
from audits.landscape.price_age import price_age
from audits.models import (
    PortfolioRow,
    PortfolioRowQuerySet,
    SavedView,
    Snapshot,
    Team,
    User,
)
from audits.models.fields.only import ONLY
from audits.models.queries.written_once import written_once
from audits.pages import render_page
from audits.portfolio import findings, sorting
from audits.portfolio.changing.choosing import Offered
from audits.portfolio.charts import Charts
from audits.portfolio.columns.listed import MONEY, SORTABLE
from audits.portfolio.decisions import decisions_of
from audits.portfolio.figures import figures_of, in_currency, in_training
from audits.portfolio.filtering.groups import grouped
from audits.portfolio.of_board.approved import Approved, approved_of
from audits.portfolio.of_board.awaiting import AwaitingSaid
from audits.portfolio.of_board.not_done import not_done_of
from audits.portfolio.of_board.waiting_for_board import (
    ForBoard,
    Needed,
    asked_later_of,
    first_day,
    waiting_for_board,
)
from audits.portfolio.selection import Selection
from audits.portfolio.shown import (
    chosen_columns,
    chosen_fields,
    picks,
    table_columns,
)
from audits.portfolio.sums.usage_gap import usage_gap
from audits.portfolio.table import Values, read_as_rows, table_rows
from audits.portfolio_filter import FilterForm, read_filter
from audits.services.people.times_of_day import today_shown
from audits.services.portfolio.months.of_each import of_rows, year_of_each
from audits.services.portfolio.snapshots import year_before


@members_only
@require_GET
def portfolio(request: MemberRequest) -> HttpResponse:
    return _page(request, None)


@members_only
@require_GET
def team(request: MemberRequest, team_id: UUID) -> HttpResponse:
    return _page(request, team_for_viewing(request.membership, team_id))


def _page(request: MemberRequest, of: Team | None) -> HttpResponse:
    """Answer with the portfolio, or with one team's part of it."""
    without = "team" if of else ""
    query = request.GET.copy()
    if of:
        query["team"] = str(of.public_id)
    form = read_filter(query)
    with_inbox_state(request.membership, form.first_team)
    today = today_shown()
    selection = Selection.read(form, of, today)
    chosen = chosen_columns(request.GET)
    page = _rows(form, query, selection, chosen)
    kept = _kept(of, chosen, selection)
    columns = tuple(table_columns(chosen, **kept))
    shared = sorting.shared(form.query, request.GET)
    context = {
        "nav": "portfolio",
        "is_moved": False,
        "framework": loader.current(),
        "team": of,
        **_filter_fields(form, without),
        "page": page,
        "rows": table_rows(
            page, form.teams, loader.current(), today, chosen=chosen, **kept
        ),
        "columns": chosen,
        "picks": picks(chosen),
        "heads": sorting.heads(request.GET, columns),
        "sort": sorting.sort_of(request.GET),
        "orders": partial(sorting.orders, request.GET, columns),
        **_chosen(form, page, request.GET),
        "shared_query": f"?{shared}" if shared else "",
        "formats": tuple((preset.id, preset.name) for preset in written()),
        **_pages(request.GET, page),
        **_around_the_table(request, selection),
    }
    return render_page(request, "portfolio/portfolio.html", context, partial="changed")


def _filter_fields(form: FilterForm, without: str) -> dict[str, Any]:
    """Return the fields; queried only where they are shown, as in no part of a page."""
    shown = partial(form.shown, without=without)
    return {
        "plain_fields": cache(lambda: grouped(form.plain_fields(without=without))),
        "fields": lambda: grouped(shown()),
        "fields_narrow": lambda: grouped(shown(auto_id="narrow_%s")),
        "more_filters": form.asks_for_rare,
        "only": form.chosen.get(ONLY),
    }


def _kept(
    of: Team | None, chosen: tuple[str, ...], selection: Selection
) -> dict[str, Any]:
    """Return what the table shows: not a team that is the only one, nor no money."""
    has_money = chosen or selection.total.has_prices
    team = frozenset({"team"} if of else ())
    left_out = team if has_money else team | MONEY
    return {"without": left_out, "own": chosen_fields(chosen)}


def _rows(
    form: FilterForm,
    query: QueryDict,
    selection: Selection,
    chosen: tuple[str, ...],
) -> Page[Any]:
    """Return a page of the table, whose rows are counted already."""
    sort = sorting.sort_of(query)
    size = sorting.rows_asked(query) or sorting.A_PAGE
    own = chosen_fields(chosen)
    is_usual = size == sorting.A_PAGE and not ("page" in query or form.chosen or own)
    is_usual = is_usual and sort.removeprefix("-") in SORTABLE
    found: Any = (
        _first_rows(sort)()
        if is_usual
        else read_as_rows(form.filtered(_in_order(sort)), own)
    )
    pages = Paginator(found, size)
    pages.count = selection.total.use_cases
    return pages.get_page(query.get("page"))


def _chosen(form: FilterForm, page: Page[Any], query: QueryDict) -> dict[str, Any]:
    """Return the filters that are set, and what of the page can be changed at once."""
    unknown = ((each.name, each.value) for each in form.unknown)
    filters = (*form.chosen.items(), *unknown)
    offered = Offered.of(page, filters, query)
    return {"pack_filters": filters, "offered": offered}


def _pages(query: QueryDict, page: Page[Any]) -> dict[str, Any]:
    """Return links to other pages, how many rows the next has, and to longer ones."""
    changed, many = sorting.changed, sorting.MANY
    asked, found = sorting.rows_asked(query), page.paginator.count
    return {
        # Made only where there is such a page; most portfolios have one.
        "next_link": cache(lambda: f"?{changed(query, page=page.number + 1)}"),
        "previous_link": cache(lambda: f"?{changed(query, page=page.number - 1)}"),
        "next_rows": min(page.paginator.per_page, found - page.end_index()),
        "many": many if found > many else "",
        "rows_a_page": asked,
        "is_long": asked == many,
        "many_link": cache(lambda: f"?{changed(query, rows=many)}"),
    }


def _in_order(sort: str) -> PortfolioRowQuerySet:
    return PortfolioRow.objects.all().order_by(*sorting.order_of(sort))


@cache
def _first_rows(sort: str) -> Callable[[], list[Values]]:
    """Return the query for what most people look at: the first rows of all."""
    return written_once(lambda: read_as_rows(_in_order(sort))[: sorting.A_PAGE])


@written_once
def _views(*, user: User) -> "QuerySet[SavedView]":
    return SavedView.objects.filter(user=user)


def _around_the_table(request: MemberRequest, selection: Selection) -> dict[str, Any]:
    """Return the rest of the page; queries run only where their result is shown."""
    today = today_shown()
    of, among, total = selection.of, selection.among, selection.total
    history: Any = SimpleLazyObject(lambda: year_before(of, today))
    decisions: Any = SimpleLazyObject(
        lambda: decisions_of(of, today, among=among, reader=request.user)
    )
    for_board = cache(
        lambda: (
            waiting_for_board(of, today, among=among) if total.for_board else ForBoard()
        )
    )
    return {
        "selection": selection,
        "is_filtered": selection.is_filtered,
        "total": total,
        "said": AwaitingSaid.of(total, today, is_filtered=selection.is_filtered),
        "links": selection.links,
        "price_age": price_age(in_force.current().prices_checked, today),
        "decisions": decisions,
        "others": lambda: total.not_ready - len(decisions.overdue),
        "later": cache(lambda: asked_later_of(of, total.of_asked_later, among=among)),
        "usage_gap": cache(
            lambda: usage_gap(of, among=among) if total.of_usage else ""
        ),
        "approved": cache(
            lambda: approved_of(of, among=among) if total.of_approved else Approved()
        ),
        "not_done": cache(lambda: tuple(not_done_of(of, today, among=among))),
        "needed": lambda: Needed(for_board().votes, decisions.ready),
        "held_back": lambda: for_board().held_back,
        "first_day": lambda: first_day(for_board().held_back),
        # Earlier months are kept of all use cases and of each team alone.
        "figures": lambda: tuple(
            figures_of(total, () if among is not None else history, selection.link)
        ),
        "trained": lambda: in_training(of, total, among=among),
        "in_currency": in_currency(request.membership.organization, total),
        "views": SimpleLazyObject(lambda: _views(user=request.user)),
        "charts": lambda: _charts(selection, history, today),
    }


def _charts(selection: Selection, history: Any, today: date) -> Charts:
    """Return the charts; that of the months follows the filter where these have it."""
    of, among, totals = selection.of, selection.among, selection.everything
    own: list[Snapshot] = []
    if among is not None:
        months = year_of_each(today)
        own, history = of_rows(months, among), history if of else months
    if own:
        history, totals = own, selection.totals
    return Charts(
        totals=selection.totals,
        is_of_team=of is not None,
        is_filtered=selection.is_filtered,
        past_is_filtered=bool(own),
        on=today,
        past=findings.past_of(history, totals, today, loader.current()),
    )
