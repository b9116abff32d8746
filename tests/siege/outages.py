"""PostgreSQL is stopped: pages say so, nothing that was acknowledged is lost."""

import os
import threading
import time

from django.db import connections
from django.urls import reverse

from tests.load import editors
from tests.siege.browser import Browser
from tests.siege.figures import Figures
from tests.siege.instance import Instance
from tests.siege.kills import queue_paper, wait_for_papers
from tests.siege.people import the_cast

_EDITORS, _EVERY, _AROUND = 20, 2.0, 5.0
_RECOVERS_WITHIN = 10.0
_TYPED = "Typed while the database was away"


def outages(instance: Instance) -> Figures:
    """Stop PostgreSQL for as long as asked, each in turn, amid saves."""
    figures = Figures("outages")
    for seconds in map(float, os.environ["SIEGE_OUTAGES"].split()):
        people = editors.invite(_EDITORS, f"outage-{seconds:g}")
        ours = Browser(instance.port, the_cast().ours.contributor)
        span = seconds + 2 * _AROUND + _RECOVERS_WITHIN
        saving = threading.Thread(
            target=editors.edit, args=(people, instance.port, span, _EVERY)
        )
        saving.start()
        time.sleep(_AROUND)
        connections.close_all()
        instance.stop_database()
        slowest = _look_round(ours, figures, time.monotonic() + seconds)
        instance.start_database()
        took = instance.wait_for_site(reverse("readyz"))
        saving.join()
        made_within = _paper_after(seconds, figures)
        came = editors.figures(people)
        figures.tried += came.saves + came.errors
        figures.lost += came.missing
        figures.notes[f"{seconds:g} s"] = {
            "acknowledged": came.saves,
            "not_acknowledged": came.errors,
            "slowest_livez_s": slowest["livez"],
            "slowest_page_s": slowest["page"],
            "recovered_after_s": round(took, 1),
            "paper_after_s": made_within,
            "alive": [n for n in ("worker", "housekeeping") if instance.is_running(n)],
        }
        if took > _RECOVERS_WITHIN:
            figures.unexpected += 1
            figures.tell(f"recovered only {took:.1f} s after {seconds:g} s")
    return figures


def _look_round(ours: Browser, figures: Figures, until: float) -> dict[str, float]:
    """Ask for pages while the database is away; return the slowest answers."""
    draft = the_cast().ours.draft.pk
    section = reverse("section", args=[draft, "purpose"])
    slowest = {"livez": 0.0, "page": 0.0}
    while time.monotonic() < until:
        for path in (reverse("livez"), reverse("portfolio"), section):
            kind = "livez" if path == reverse("livez") else "page"
            begun = time.monotonic()
            answer = ours.get(path)
            slowest[kind] = round(max(slowest[kind], time.monotonic() - begun), 1)
            refuses = kind == "page"
            figures.answered(path, answer.status, answer.body, may_refuse=refuses)
        sent = ours.post(section, {"note-goal": _TYPED})
        figures.answered(section, sent.status, sent.body, may_refuse=True)
        if _TYPED not in sent.page:
            figures.lost += 1
            figures.tell(f"POST {section}: {sent.status} without what was typed")
        time.sleep(1)
    return slowest


def _paper_after(seconds: float, figures: Figures) -> float:
    """Ask for a paper after the outage; return the seconds until it is made."""
    begun = time.monotonic()
    if not wait_for_papers([queue_paper(int(1000 + seconds))], patience=60):
        figures.lost += 1
        figures.tell(f"no paper was made after an outage of {seconds:g} s")
    return round(time.monotonic() - begun, 1)
