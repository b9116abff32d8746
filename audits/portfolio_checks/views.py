"""The problems of a portfolio, and where to fix each."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.frameworks.loading import loader
from audits.models import PortfolioRow, PortfolioRowQuerySet
from audits.portfolio_checks.check import PortfolioCheck
from audits.portfolio_checks.checks import CHECKS, CHECKS_BY_ID

PAGE_SIZE = 50


@members_only
@require_GET
def portfolio_checks(request: MemberRequest) -> HttpResponse:
    """Count the use cases that each check finds."""
    today, rows = timezone.localdate(), PortfolioRow.objects.all()
    counts = [(check, *_counted(check, rows, today)) for check in CHECKS]
    context = {
        "nav": "portfolio",
        "rests": [(check, rest) for check, _, rest in counts if rest],
        "found": [(check, found) for check, found, _ in counts if found],
        "clear": [check for check, found, _ in counts if not found],
    }
    return render(request, "portfolio_checks/portfolio_checks.html", context)


def _counted(
    check: PortfolioCheck, rows: PortfolioRowQuerySet, today: date
) -> tuple[int, int]:
    """Return how many a check finds, and how many it does not ask about.

    Note: one query.
    """
    if check.rest is None:
        return check.find(rows, today).count(), 0
    both = {"found": check.find, "rest": check.rest}
    counts = {
        name: Count("pk", filter=Q(pk__in=find(rows, today).values("pk")))
        for name, find in both.items()
    }
    counted = rows.aggregate(**counts)
    return counted["found"], counted["rest"]


@members_only
@require_GET
def portfolio_check(request: MemberRequest, check_id: str) -> HttpResponse:
    """List the use cases that one check finds."""
    check = CHECKS_BY_ID.get(check_id)
    if check is None:
        message = "No such check"
        raise Http404(message)
    found = check.find(PortfolioRow.objects.all(), timezone.localdate())
    rows = found.select_related("team", "owner").order_by("name", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page)
    told = check.tell(shown, timezone.localdate()) if shown else {}
    context = {
        "nav": "portfolio",
        "check": check,
        "framework": loader.current(),
        "page": page,
        "rows": [(row, told.get(row.pk, "")) for row in shown],
    }
    return render(request, "portfolio_checks/portfolio_check.html", context)
