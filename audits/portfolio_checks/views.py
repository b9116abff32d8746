"""The problems of a portfolio, and where to fix each."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.frameworks.loading import loader
from audits.models import PortfolioRow
from audits.portfolio_checks.checks import CHECKS, CHECKS_BY_ID

PAGE_SIZE = 50


@members_only
@require_GET
def portfolio_checks(request: MemberRequest) -> HttpResponse:
    """Count the use cases that each check finds."""
    today, rows = timezone.localdate(), PortfolioRow.objects.all()
    counts = [(check, check.find(rows, today).count()) for check in CHECKS]
    rests = ((check, check.rest) for check in CHECKS if check.rest)
    counted = [(check, rest(rows, today).count()) for check, rest in rests]
    context = {
        "nav": "portfolio",
        "rests": [row for row in counted if row[1]],
        "found": [row for row in counts if row[1]],
        "clear": [check for check, count in counts if not count],
    }
    return render(request, "portfolio_checks/portfolio_checks.html", context)


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
