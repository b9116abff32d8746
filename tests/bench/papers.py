"""How long a board paper takes, what it takes, and what a second worker brings."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from django.conf import settings
from django.db.models import Max, Min
from django_scopes import scope
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from audits.models import Audit, Cover, Report
from audits.reports.context import Paper, build_paper
from audits.reports.page_one import ROOM
from audits.reports.pdf_client import PdfClient, manuscript_of
from audits.reports.tasks import queue_report
from audits.reports.typesetting.packaged import known_files
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import submit_audit
from tests.bench.measure import Result
from tests.bench.tenants import founded
from tests.casting import Tenant, register
from tests.scoring.worked_cases import RETRIEVAL_CASE

ROUNDS = 15
PAPERS = 60
STYLE = Path(settings.BASE_DIR) / "static" / "css" / "paper.css"


@cache
def _house() -> Tenant:
    return founded("northgate", "Northgate")


def _paper() -> Paper:
    tenant = _house()
    with scope(organization=tenant.organization):
        return build_paper(tenant.submitted)


def _bare(html: str) -> bytes:
    """Make the PDF as WeasyPrint does by itself, with our styles and fonts."""
    fonts, fetcher = FontConfiguration(), known_files(b"", "")
    style = CSS(string=STYLE.read_text(), url_fetcher=fetcher, font_config=fonts)
    source = HTML(string=html, url_fetcher=fetcher)
    made: bytes = source.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    return made


def _in_turns(*works: Callable[[], object]) -> list[float]:
    """Return the median milliseconds of each, run in turns: a busy minute hits all."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(ROUNDS + 1):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            if number:  # the first warms up
                taken.append((time.perf_counter() - start) * 1000)
    return [statistics.median(taken) for taken in times]


@cache
def _measured() -> tuple[Result, Result, Result]:
    pdf_client, made = PdfClient(), manuscript_of(_paper())
    render, bare, build = _in_turns(
        lambda: pdf_client.pdf_of(made),
        lambda: _bare(made.html),
        lambda: manuscript_of(_paper()),
    )
    peak = _peak_megabytes(pdf_client)
    pdf_client.close()
    whole = render + build
    return (
        Result("set a board paper", render, "ms", "WeasyPrint alone", render / bare),
        Result("gather a paper as HTML", build, "ms", "the whole paper", build / whole),
        Result("memory of the process that sets", peak, "MB", "200 MB", peak / 200),
    )


def setting() -> Result:
    return _measured()[0]


def gathering() -> Result:
    return _measured()[1]


def at_the_caps() -> Result:
    """Set a paper whose every text is as long as it may be, of words and of one."""
    pdf_client, paper = PdfClient(), _paper()
    manuscripts = [
        manuscript_of(_filled(text * 300)) for text in ("Schadensfälle prüfen, ", "W")
    ]
    usual, words, word = _in_turns(
        lambda: pdf_client.pdf_of(manuscript_of(paper)),
        *(partial(pdf_client.pdf_of, manuscript) for manuscript in manuscripts),
    )
    pdf_client.close()
    worst = max(words, word)
    name = "set a paper whose every text is as long as it may be"
    return Result(name, worst, "ms", "a usual paper", worst / usual)


def _filled(text: str) -> Paper:
    tenant = _house()
    with scope(organization=tenant.organization):
        risk = {"text": text[: ROOM["risk"]], "owner": text[: ROOM["owner"]]}
        words = {
            name: text[: ROOM[name]]
            for name in (
                "meeting",
                "sponsor",
                "decision_asked",
                "if_nothing",
                "why_now",
                "next_date",
            )
        }
        cover = Cover(
            organization=tenant.organization,
            audit=tenant.submitted,
            risks=[risk] * 3,
            **words,
        )
        return build_paper(tenant.submitted, cover)


def memory() -> Result:
    return _measured()[2]


def _peak_megabytes(pdf_client: PdfClient) -> float:
    assert pdf_client._process is not None
    status = Path(f"/proc/{pdf_client._process.pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def workers() -> Result:
    audits = [_submitted(number) for number in range(2 * PAPERS)]
    one = _seconds_of_workers(1, audits[:PAPERS])
    two = _seconds_of_workers(2, audits[PAPERS:])
    name = f"make {PAPERS} papers with two workers"
    return Result(name, two, "s", "the speed of one worker", one / two)


def _submitted(number: int) -> Audit:
    tenant = _house()
    with scope(organization=tenant.organization):
        lead = tenant.contributor
        audit = register(tenant.organization, lead, tenant.team, f"Case {number}")
        save_answers(audit=audit, by=lead, answers=RETRIEVAL_CASE)
        return submit_audit(audit=audit, by=lead)


def _seconds_of_workers(count: int, audits: list[Audit]) -> float:
    """Return the seconds from the first paper that is claimed to the last one made.

    That a worker has to start first is no part of what a second one brings.
    """
    tenant = _house()
    with scope(organization=tenant.organization):
        for audit in audits:
            queue_report(audit=audit, by=tenant.contributor)
    command = [sys.executable, "manage.py", "worker", "--batch", "--verbosity", "0"]
    command += ["--no-startup-delay", "--interval", "0.01"]
    started = [
        subprocess.Popen(
            command, cwd=settings.BASE_DIR, env={**os.environ, "LOG_LEVEL": "ERROR"}
        )
        for _ in range(count)
    ]
    for worker in started:
        assert worker.wait() == 0
    with scope(organization=tenant.organization):
        assert not Report.objects.exclude(state=Report.State.READY).exists()
        made = Report.objects.filter(audit__in=audits)
        ends = made.aggregate(first=Min("leased_until"), last=Max("finished_at"))
    return float((ends["last"] - (ends["first"] - Report.LEASE)).total_seconds())


BENCHMARKS = (setting, gathering, memory, at_the_caps, workers)
