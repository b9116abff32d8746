"""Machines whose clocks are ten minutes ahead or behind."""

from django_scopes import scopes_disabled

from audits.models import Event, Report
from tests.load import editors
from tests.siege.figures import Figures
from tests.siege.instance import Instance
from tests.siege.kills import queue_paper, wait_for_papers

_PAPERS, _EDITORS, _SECONDS = 3, 10, 8


def clock_skew(instance: Instance) -> Figures:
    """Run the worker, housekeeping and the web server with wrong clocks, in turn."""
    figures = Figures("clock_skew")
    number = 4000
    for shift in ("+600s", "-600s"):
        for part in ("worker", "housekeeping", "web"):
            instance.stop(part)
            instance.start(part, shifted=shift)
            instance.wait_for_site()
            number += _PAPERS
            reports = [queue_paper(number + one) for one in range(_PAPERS)]
            people = editors.invite(_EDITORS, f"clock-{part}-{number}")
            editors.edit(people, instance.port, _SECONDS, 1.0)
            made = wait_for_papers(reports)
            came = editors.figures(people)
            figures.tried += len(reports) + came.saves + came.errors
            figures.lost += came.missing + len(reports) - made
            figures.unexpected += came.errors + _made_twice(reports, figures)
            for editor in people:
                figures.tell(*(f"{part} {shift}: {error}" for error in editor.errors))
            instance.stop(part)
            instance.start(part)
            figures.notes[f"{part} {shift}"] = {"papers": made, "saves": came.saves}
    instance.wait_for_site()
    return figures


def _made_twice(reports: list[Report], figures: Figures) -> int:
    """Count papers that two workers are said to have made."""
    twice = 0
    with scopes_disabled():
        made = Event.objects.filter(verb="report.made")
        for report in reports:
            times = made.filter(subject=str(report.pk)).count()
            if times > 1:
                twice += 1
                figures.tell(f"a paper was made {times} times")
    return twice
