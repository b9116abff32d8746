"""Every team's use cases on one page."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qsl

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_GET

from audits.access import MemberRequest, members_only
from audits.frameworks import loader
from audits.frameworks.schema import Framework
from audits.models import Audit, Stage, Team
from audits.pages import render_page
from audits.portfolio_filter import (
    FAMILY_NAMES,
    FilterForm,
    rank,
    urgency,
    verdicts_by_family,
)
from audits.scoring.confidence import LEVELS

PAGE_SIZE = 100
SORTS = {
    "name": "use_case__name",
    "team": "use_case__team__name",
    "verdict": "urgency",
    "stage": "stage_rank",
    "confidence": "confidence_rank",
}
_DEFAULT_SORT = "verdict"


@dataclass(frozen=True, slots=True)
class Figure:
    """The use cases whose verdict is of one family, and the filter that lists them."""

    count: int
    name: str
    query: str


@members_only
@require_GET
def portfolio(request: MemberRequest) -> HttpResponse:
    framework = loader.current()
    teams = list(Team.objects.all())
    audits = Audit.objects.current().with_use_case()
    form = FilterForm(framework, teams, request.GET)
    sort = request.GET.get("sort", _DEFAULT_SORT)
    order = SORTS.get(sort, SORTS[_DEFAULT_SORT])
    shown = (
        form.filtered(audits)
        .annotate(
            urgency=urgency(framework),
            stage_rank=rank("use_case__stage", Stage.values),
            confidence_rank=rank("confidence", LEVELS),
        )
        .order_by(order, "use_case__name", "pk")
    )
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "nav": "portfolio",
        "framework": framework,
        "form": form,
        "form_narrow": FilterForm(framework, teams, request.GET, auto_id="narrow_%s"),
        "page": page,
        "pack_filters": parse_qsl(form.query),
        "figures": _figures(framework),
        "total": audits.count(),
        "sort": sort if sort in SORTS else _DEFAULT_SORT,
        "sort_links": {key: _query(request.GET, sort=key) for key in SORTS},
        "next_link": _query(request.GET, page=str(page.number + 1)),
        "previous_link": _query(request.GET, page=str(page.number - 1)),
    }
    return render_page(request, "portfolio/portfolio.html", context, partial="table")


def _figures(framework: Framework) -> list[Figure]:
    rows = Audit.objects.current().values_list("verdict").annotate(number=Count("pk"))
    families = verdicts_by_family(framework)
    counts = dict(cast("list[tuple[str, int]]", list(rows)))
    return [
        Figure(
            count=sum(counts.get(verdict, 0) for verdict in families[family]),
            name=FAMILY_NAMES[family],
            query=f"?verdict=any_{family}",
        )
        for family in FAMILY_NAMES
    ]


def _query(current: QueryDict, **changes: str) -> str:
    """Return the current filters as a query, with these parameters changed."""
    query = current.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query[name] = value
    return "?" + query.urlencode()
