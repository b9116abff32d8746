"""No room for files: said in words, nothing half written, and got over."""

import time

from django.core.files.base import ContentFile
from django.urls import reverse

from audits.models import Report, Role
from tests.siege.browser import Answer, Browser
from tests.siege.figures import Figures
from tests.siege.instance import Instance
from tests.siege.kills import queue_paper, wait_for_papers
from tests.siege.people import the_cast

_SAYS_SO = ("no room", "could not be stored", "full", "storage")
_REFUSALS = (422, 503)


def full_disk(instance: Instance) -> Figures:
    """Add files, make papers, export and save answers while the disks are full."""
    figures, tenant = Figures("full_disk"), the_cast().ours
    browser = Browser(instance.port, tenant.contributor)
    table = b"Reference,Name,Team,What it does\nA-9,Nine,Claims,X\n" * 2000
    report = queue_paper(2000)
    wait_for_papers([report])
    with instance.full_disks():
        told = _try_all(browser, table)
        waiting = queue_paper(2001)
        saved = browser.post(
            reverse("section", args=[tenant.draft.pk, "purpose"]),
            {"shown": "goal", "tab": "fulldisk", "seq": "1", "note-goal": "While full"},
        )
        failed = _wait_until_failed(waiting)
    for what, answer in told.items():
        figures.answered(what, answer.status, answer.body, may_refuse=True)
        said = any(word in answer.page.lower() for word in _SAYS_SO)
        if answer.status in _REFUSALS and not said:
            figures.unexpected += 1
            figures.tell(f"{what}: {answer.status} does not say why")
    figures.answered("POST an answer", saved.status, saved.body)
    after = Browser(instance.port, tenant.people[Role.REVIEWER])
    again = after.post(reverse("request_paper", args=[waiting.audit_id]))
    figures.answered("POST for the paper again", again.status, again.body)
    if not wait_for_papers([waiting]):
        figures.lost += 1
        figures.tell("the paper was not made after there was room again")
    figures.notes = {
        "failed_with_a_reason": failed,
        **{what: answer.status for what, answer in told.items()},
    }
    return figures


def _try_all(browser: Browser, table: bytes) -> dict[str, Answer]:
    tenant = the_cast().ours
    evidence = reverse("add_evidence", args=[tenant.draft.pk, "quality_gap"])
    return {
        "import": browser.upload(
            reverse("import_upload"), "file", ContentFile(table, "big.csv")
        ),
        "evidence": browser.upload(
            evidence, "file", ContentFile(b"x" * 200_000, "run.txt")
        ),
        "verify": browser.upload(
            reverse("verify"), "paper", ContentFile(b"%PDF-" + table, "paper.pdf")
        ),
        "xlsx": browser.get(reverse("portfolio_xlsx")),
        "csv": browser.get(reverse("portfolio_csv")),
        "portfolio": browser.get(reverse("portfolio")),
    }


def _wait_until_failed(report: Report) -> str:
    """Return the reason with which a paper failed; empty if it did not."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        report.refresh_from_db(fields=["state", "failure"])
        if report.state == Report.State.FAILED:
            return report.failure
        time.sleep(0.5)
    return ""
