"""The teams compared."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.landscape import in_force
from audits.landscape.price_age import price_age
from audits.models import Team
from audits.portfolio import findings
from audits.portfolio.sorting import changed
from audits.portfolio.teams import sorting
from audits.portfolio.totals import totals_of
from audits.services.people.times_of_day import today_shown

_A_PAGE = 100


@members_only
@require_GET
def teams(request: MemberRequest) -> HttpResponse:
    known = {team.pk: team for team in Team.objects.all()}
    today = today_shown()
    totals = totals_of(None, today, known)
    sort = sorting.sort_of(request.GET.get("sort", ""))
    ordered = sorting.in_order(totals.teams, sort)
    page = Paginator(ordered, _A_PAGE).get_page(request.GET.get("page"))
    heads = sorting.heads(sort)
    shown = sorting.shown_keys(totals)
    context = {
        "nav": "portfolio",
        "totals": totals,
        "page": page,
        "rows": findings.rows_of(list(page)),
        "sum": findings.sum_of(totals),
        "count_heads": [x for x in heads if x.key in shown and not x.is_money],
        "money_heads": [x for x in heads if x.key in shown and x.is_money],
        "team_head": heads[0],
        "shown": shown,
        "next_link": f"?{changed(request.GET, page=page.number + 1)}",
        "previous_link": f"?{changed(request.GET, page=page.number - 1)}",
        "message": findings.teams_message(totals),
        "counted": findings.counted_message(totals),
        "price_age": price_age(in_force.current().prices_checked, today),
    }
    return render(request, "portfolio/teams.html", context)
