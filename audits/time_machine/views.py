"""A portfolio with the market of another day."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from audits.access.inbox import with_inbox_state
from audits.access.members import MemberRequest, members_only
from audits.access.rescores import rescore_for_cancelling
from audits.frameworks.loading import loader
from audits.landscape import in_force
from audits.limits import RESCORES, Refusal, too_many
from audits.models import Rescore
from audits.pages import render_in_pieces, render_page
from audits.plain_forms import plain_fields
from audits.portfolio_filter import FilterForm, read_filter
from audits.scoring.history.capability import CapabilityReading
from audits.scoring.history.ending import EndingModels
from audits.scoring.history.portfolio_history import PortfolioHistory, from_json
from audits.services.jobs.fair_queue import TooManyWaiting
from audits.services.portfolio import rescoring
from audits.templatetags.timelines import quarters
from audits.time_machine.findings import build_findings
from audits.time_machine.forms import TravelForm
from audits.time_machine.readings import build_readings
from audits.time_machine.slider import slider_at
from audits.time_machine.tasks import queue_rescore

_PAGE = "time_machine/time_machine.html"
_PARAMETERS = ("on", "version", *FilterForm.base_fields)


@members_only
@require_GET
def time_machine(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    filters = read_filter(request.GET)
    with_inbox_state(request.membership, filters.first_team)
    form = TravelForm(filters, today, request.GET)
    portfolio = rescoring.portfolio_of(form.question)
    rescore = history = names = reading = ending = None
    if portfolio.count <= rescoring.AT_ONCE:
        reading = CapabilityReading(form.day) if form.day < today else None
        named: list[rescoring.Named] = []
        history, names = rescoring.history_for_page(form.question, reading, named)
        ending = rescoring.ending_models(tuple(named), today)
    else:
        rescore = rescoring.newest_rescore(form.question)
        history = _result(rescore)
    waiting = rescore is not None and rescore.state in Rescore.WAITING
    moved = request.htmx and request.htmx.target == "told"
    if request.htmx and not waiting and not moved:
        return HttpResponseClientRefresh()
    if not moved and _is_unchanged(request, rescore):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = {
        **_asked(request, form),
        "count": portfolio.count,
        "rescore": rescore,
        "waiting": waiting,
        "at_once": rescoring.AT_ONCE,
        "outdated": rescore is not None and rescore.key != portfolio.key,
        **_ending(ending),
        "readings": build_readings(history, reading) if history and reading else None,
        **_links(request, today),
        "slider": slider_at(form.day, today),
        "facts": in_force.current().sha256,
        "is_unscored": history is not None and not history.total,
        "told": _told(history, names, form.day, today, request) if history else None,
    }
    if moved:
        return render_in_pieces(request, _PAGE, context)
    return render_page(request, _PAGE, context, partial="progress")


@members_only
@require_POST
def rescore(request: MemberRequest) -> HttpResponse:
    """Request the re-scoring of a portfolio; requesting twice gives the same one."""
    filters = read_filter(request.POST)
    form = TravelForm(filters, timezone.localdate(), request.POST)
    page = reverse("time_machine") + _query(request.POST)
    refusal = RESCORES.refusal(request.user.pk)
    if refusal is None:
        try:
            queue_rescore(
                organization=request.membership.organization,
                by=request.user,
                question=form.question,
            )
        except TooManyWaiting as error:
            refusal = Refusal(sentence=str(error))
    return too_many(request, refusal, back=page) if refusal else redirect(page)


@members_only
@require_POST
def cancel(request: MemberRequest, rescore_id: UUID) -> HttpResponse:
    """Stop a re-scoring."""
    rescore = rescore_for_cancelling(request.membership, rescore_id)
    rescoring.cancel_rescore(rescore=rescore)
    return redirect(reverse("time_machine") + _query(request.POST))


def _result(rescore: Rescore | None) -> PortfolioHistory | None:
    if rescore is None or rescore.result is None:
        return None
    return from_json(rescore.result)


def _is_unchanged(request: MemberRequest, rescore: Rescore | None) -> bool:
    """Return whether the page already shows the current progress."""
    if rescore is None or not request.htmx:
        return False
    return request.GET.get("seen") == f"{rescore.progress}-{rescore.done}"


def _told(
    history: PortfolioHistory,
    names: Mapping[str, str] | None,
    day: date,
    today: date,
    request: MemberRequest,
) -> Any:
    if not history.total:
        return None
    return build_findings(history, names, day, today, request.GET.get("page"))


def _asked(request: MemberRequest, form: TravelForm) -> dict[str, Any]:
    """Return the form of the page, and the filters of the portfolio, which it keeps."""
    return {
        "nav": "time_machine",
        "framework": loader.current(),
        "form": form,
        "plain_fields": plain_fields(form),
        "is_narrowed": any(request.GET.get(name) for name in ("team", "version")),
        "is_chosen": any(request.GET.get(name) for name in _PARAMETERS),
        "parameters": [(n, request.GET[n]) for n in _PARAMETERS if n in request.GET],
        "kept": [(n, v) for n, v in form.filters.chosen.items() if n != "team"],
        "filtered_by": form.filters.in_words,
        "unknown": form.filters.unknown,
    }


def _ending(found: EndingModels | None) -> dict[str, Any]:
    """Return the models that end, and the use cases with calls to price."""
    if found is None:
        return {"ending": None, "priced": ()}
    return {"ending": found.rows, "priced": tuple(found.priced)}


def _links(request: MemberRequest, today: date) -> dict[str, Any]:
    """Return the links of the page to other days and pages."""
    page = _page(request)
    return {
        "years": _years(request.GET, today),
        "query": _query(request.GET),
        "picture_query": _without_day(request.GET),
        "next_link": _query(request.GET, page=page + 1),
        "previous_link": _query(request.GET, page=page - 1),
    }


def _page(request: MemberRequest) -> int:
    given = request.GET.get("page", "")
    return int(given) if given.isdecimal() and len(given) < 6 else 1  # noqa: PLR2004


def _years(current: QueryDict, today: date) -> tuple[tuple[int, tuple[Any, ...]], ...]:
    """Return a link to each quarter, by year."""
    years: dict[int, list[Any]] = {}
    given, parts = current.get("on"), _encoded(current)
    for start, _ in quarters(date(2022, 1, 1), today):
        day = start.isoformat()
        link = "?" + "&".join({**parts, "on": f"on={day}"}.values())
        years.setdefault(start.year, []).append((start, link, given == day))
    return tuple((year, tuple(days)) for year, days in years.items())


def _query(current: QueryDict, **changes: object) -> str:
    """Return the parameters of the page as a query, with these changed."""
    changed = {name: urlencode({name: value}) for name, value in changes.items()}
    parts = {**_encoded(current), **changed}
    return "?" + "&".join(parts.values()) if parts else ""


def _without_day(current: QueryDict) -> str:
    """Return the same without the day: the picture has all days."""
    parts = [part for name, part in _encoded(current).items() if name != "on"]
    return "?" + "&".join(parts) if parts else ""


def _encoded(current: QueryDict) -> dict[str, str]:
    """Return the parameters of the page by name, each as it is in a query."""
    given = {name: current.get(name) for name in _PARAMETERS}
    return {name: urlencode({name: value}) for name, value in given.items() if value}
