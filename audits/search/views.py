"""What somebody looks for, in one list a kind."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.frameworks.answering.finding import found_in
from audits.frameworks.loading import loader
from audits.models import PortfolioRow, Team
from audits.search.forms import SearchForm
from audits.services.portfolio.filters import owned, passing, verdicts_named
from audits.services.portfolio.recent import recently_changed

MOST = 20  # use cases and teams that are listed


@members_only
@require_GET
def search(request: MemberRequest) -> HttpResponse:
    """List what has some words: verdicts, people, use cases, teams and explanations."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"nav": "search", "form": form, "words": words, "most": MOST}
    if words:
        context |= _found(words)
    elif form.is_valid():
        context["recent"] = recently_changed(request.membership)
    status = 200 if form.is_valid() else 422
    return render(request, "search/search.html", context, status=status)


def _found(words: str) -> dict[str, Any]:
    rows = passing(PortfolioRow.objects.all(), {"q": words}).order_by("name", "pk")
    owners: Any = PortfolioRow.objects.filter(owned(words)).with_owner_names()
    people = owners.values_list("owner__public_id", "owner_name").distinct()
    teams = Team.objects.filter(name__icontains=words).order_by("name", "pk")
    return {
        "framework": loader.current(),
        "verdicts": verdicts_named(words),
        "people": people.order_by("owner_name", "owner__public_id")[:MOST],
        "number": rows.count(),
        "rows": rows.with_owner_names().select_related("team")[:MOST],
        "teams": teams[:MOST],
        "found": found_in(loader.current(), words),
    }
