"""The picture of the time machine as a file."""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.charts.timeline import FILE, timeline_chart
from audits.charts.timeline_png import timeline_png
from audits.charts.timeline_shapes import Series, Timeline, TimelineChart
from audits.frameworks.loading import loader
from audits.landscape import in_force
from audits.limits import EXPORTS, limited
from audits.office.years import Family, Line, Years, years_slide
from audits.portfolio_filter import read_filter
from audits.scoring.days import in_words
from audits.scoring.history.portfolio_history import PortfolioHistory, from_json
from audits.services.portfolio import rescoring
from audits.services.record.downloads import record_download
from audits.templatetags.figures import family_colour
from audits.templatetags.timelines import drawn_years, verdicts_by_quarter
from audits.time_machine.findings import message_of
from audits.time_machine.forms import TravelForm

_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_FONTS = settings.BASE_DIR / "static" / "fonts"


@members_only
@limited(EXPORTS)
@require_GET
def picture_svg(request: MemberRequest) -> HttpResponse:
    chart, (above, below) = _picture(request)
    context = {"chart": chart, "above": above, "below": below}
    drawing = render_to_string("charts/timeline_file.html", context).strip()
    return _file(request, drawing.encode(), "svg", "image/svg+xml")


@members_only
@limited(EXPORTS)
@require_GET
def picture_png(request: MemberRequest) -> HttpResponse:
    chart, words = _picture(request)
    drawing = timeline_png(chart, words, family_colour, _FONTS)
    return _file(request, drawing, "png", "image/png")


@members_only
@limited(EXPORTS)
@require_GET
def picture_pptx(request: MemberRequest) -> HttpResponse:
    drawn, (above, below) = _years(request)
    slide = years_slide(_on_slide(request, drawn, above, below), timezone.now())
    return _file(request, slide, "pptx", _SLIDES)


def _on_slide(request: MemberRequest, drawn: Timeline, above: str, below: str) -> Years:
    """Return what a slide shows of the years: the numbers of the drawing."""
    organization = request.membership.organization
    return Years(
        organization=organization.name,
        accent=organization.accent,
        language=loader.current().language,
        title=above,
        foot=below,
        described=drawn.description,
        quarters=tuple(column.start for column in drawn.columns),
        families=tuple(
            Family(name=name, colour=family_colour(family), numbers=numbers)
            for (family, name), numbers in _by_family(drawn)
            if any(numbers)
        ),
        rising=_line(drawn.rising),
        falling=_line(drawn.falling),
        until=drawn.until,
    )


def _by_family(drawn: Timeline) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
    for counts in zip(*(column.counts for column in drawn.columns), strict=True):
        family, name, _ = counts[0]
        yield (family, name), tuple(number for *_, number in counts)


def _line(series: Series) -> Line:
    points = ((x.day, x.value) for x in series.points if x.kind == "line")
    return Line(name=series.title, points=tuple(points))


def _picture(request: MemberRequest) -> tuple[TimelineChart, tuple[str, str]]:
    """Return the drawing of the chosen use cases, and the words above and below it."""
    years, words = _years(request)
    return timeline_chart(years, FILE), words


def _years(request: MemberRequest) -> tuple[Timeline, tuple[str, str]]:
    """Return the years of the chosen use cases, and the words above and below them."""
    today = timezone.localdate()
    form = TravelForm(read_filter(request.GET), today, request.GET)
    history = _history(form)
    counted = verdicts_by_quarter(history, today)
    years = drawn_years(counted, today, history.turns(today))
    facts = in_words(in_force.current().as_of)
    organization = request.membership.organization.name
    said = f"{organization}, {in_words(today)}. Market facts of {facts}. Attune"
    return years, (message_of(history, today), said)


def _history(form: TravelForm) -> PortfolioHistory:
    """Return the history as the page has it.

    Raises:
        Http404: Nothing was re-scored, or nothing yet.
    """
    history = None
    if rescoring.portfolio_of(form.question).count <= rescoring.AT_ONCE:
        history, _ = rescoring.history_for_page(form.question)
    elif (made := rescoring.newest_rescore(form.question)) and made.result:
        history = from_json(made.result)
    if history is None or not history.total:
        raise Http404
    return history


def _file(
    request: MemberRequest, content: bytes, kind: str, content_type: str
) -> HttpResponse:
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="portfolio.exported",
        subject="time-machine",
        kind=kind,
    )
    name = f"attune-time-machine-{timezone.localdate()}.{kind}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
