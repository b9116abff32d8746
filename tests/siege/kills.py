"""Web processes and workers that are killed while people save and wait for papers."""

import os
import signal
import threading
import time
from contextlib import suppress
from datetime import timedelta

from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Report
from audits.reports.tasks import queue_overdue_again, queue_report
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import submit_audit
from tests.casting import Tenant, register
from tests.load import editors
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.siege.figures import Figures
from tests.siege.instance import Instance
from tests.siege.people import the_cast

_EDITORS, _SECONDS, _PAUSE, _PAPERS = 40, 40, 2.0, 8
_PATIENCE = 120


def kills(instance: Instance) -> Figures:
    """Kill a web process every two seconds, and the worker as often."""
    figures = Figures("kills")
    people = editors.invite(_EDITORS)
    reports = [queue_paper(number) for number in range(_PAPERS)]
    saving = threading.Thread(
        target=editors.edit, args=(people, instance.port, _SECONDS, 1.0)
    )
    saving.start()
    killed = 0
    while saving.is_alive():
        saving.join(_PAUSE)
        for pid in instance.processes_of("web")[killed % 2 :: 2]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                killed += 1
        instance.stop("worker", signal.SIGKILL)
        instance.start("worker")
        take_back()
    instance.wait_for_site()
    take_back()
    made = wait_for_papers(reports)
    figures.tell(*unmade_papers(reports))
    came = editors.figures(people)
    figures.tried = came.saves + came.errors + len(reports)
    figures.lost = came.missing + (len(reports) - made)
    figures.notes = {
        "killed_web_processes": killed,
        "acknowledged": came.saves,
        "not_acknowledged": came.errors,
        "papers_made": made,
    }
    return figures


def queue_paper(number: int, tenant: Tenant | None = None) -> Report:
    """Ask for the paper of a use case of its own."""
    tenant = tenant or the_cast().ours
    lead = tenant.contributor
    with scope(organization=tenant.organization):
        audit = register(tenant.organization, lead, tenant.team, f"Siege {number}")
        save_answers(audit=audit, by=lead, answers=RETRIEVAL_CASE)
        audit = submit_audit(audit=audit, by=lead)
        return queue_report(audit=audit, by=lead)


def unmade_papers(reports: list[Report]) -> list[str]:
    """Say of each paper that is not there what became of it."""
    with scopes_disabled():
        unmade = Report.objects.filter(pk__in=[report.pk for report in reports])
        return [
            f"a paper is {report.state} after {report.attempts} attempts: "
            f"{report.failure or 'no reason'}"
            for report in unmade.exclude(state=Report.State.READY)
        ]


def take_back() -> None:
    """Let the leases of dead workers be over, and queue their work again.

    A paper that waits may have lost its task to a worker that died before it began.
    """
    past = timezone.now() - timedelta(minutes=1)
    with scopes_disabled():
        unmade = (Report.State.QUEUED, Report.State.MAKING)
        waiting = Report.objects.filter(state__in=unmade)
        waiting.update(leased_until=past, attempts=0)
    queue_overdue_again()


def wait_for_papers(reports: list[Report], patience: float = _PATIENCE) -> int:
    """Wait until papers are made; return how many are."""
    end = time.monotonic() + patience
    own = [report.pk for report in reports]
    with scopes_disabled():
        while time.monotonic() < end:
            ready = Report.objects.filter(pk__in=own, state=Report.State.READY).count()
            if ready == len(own):
                break
            time.sleep(0.5)
    return ready
