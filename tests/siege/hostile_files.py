"""Sixty hostile files in every place that takes one."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.core.files.base import ContentFile
from django.urls import reverse

from audits.models import Role
from tests.siege.browser import Browser
from tests.siege.figures import Figures
from tests.siege.files import hostile
from tests.siege.instance import Instance
from tests.siege.people import the_cast, the_operator

_TOGETHER = 3
_MOST_GROWTH = 150  # megabytes


def hostile_files(instance: Instance) -> Figures:
    """Send each file to each intake, three at a time, and watch the memory."""
    figures = Figures("hostile_files")
    before = _megabytes(instance)
    files = hostile()
    slowest = 0.0

    def send(job: tuple[Browser, str, str, str, bytes]) -> float:
        browser, path, field, name, raw = job
        begun = time.monotonic()
        answer = browser.upload(path, field, ContentFile(raw, name))
        figures.answered(f"{path} {name}", answer.status, answer.body, may_refuse=True)
        if not answer.status:
            figures.unexpected += 1
            figures.tell(f"{path} {name}: {answer.body!r}")
        return time.monotonic() - begun

    with ThreadPoolExecutor(_TOGETHER) as pool:
        jobs = [(*place, *file) for place in _intakes(instance) for file in files]
        slowest = max(pool.map(send, jobs))
    growth = _megabytes(instance) - before
    figures.notes = {
        "files": len(files),
        "slowest_s": round(slowest, 1),
        "web_memory_grew_by_mb": growth,
    }
    if growth > _MOST_GROWTH:
        figures.unexpected += 1
        figures.tell(f"the web processes grew by {growth} MB")
    return figures


def _intakes(instance: Instance) -> Iterator[tuple[Browser, str, str]]:
    """Yield who sends to which address in which field."""
    tenant = the_cast().ours
    contributor = Browser(instance.port, tenant.contributor)
    admin = Browser(instance.port, tenant.people[Role.ADMIN])
    operator = Browser(instance.port, the_operator())
    draft = tenant.draft.pk
    yield contributor, reverse("import_upload"), "file"
    yield contributor, reverse("tokens", args=[draft]), "document"
    yield contributor, reverse("add_evidence", args=[draft, "quality_gap"]), "file"
    yield admin, reverse("impact"), "framework"
    yield Browser(instance.port), reverse("verify"), "paper"
    organization = tenant.organization.pk
    logo = reverse("admin:audits_organization_change", args=[organization])
    yield operator, logo, "logo"


def _megabytes(instance: Instance) -> int:
    """Return the most memory that the web processes have had, in all."""
    return sum(_peak(pid) for pid in instance.processes_of("web"))


def _peak(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    [peak] = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(peak) // 1024
