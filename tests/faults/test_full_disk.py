"""A disk that is full when a paper is stored: said in words, and got over."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.models import Event, Report
from audits.reports.tasks import make_report, queue_report
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast
from tests.pages import html_of

ROOM = 16 * 1024  # bytes; a paper needs some 50,000


@pytest.fixture
def small_disk(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Store files on a disk of its own with next to no room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "attune-test", str(disk)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small disk takes the right to mount: {mounted.stderr.strip()}")
    settings.MEDIA_ROOT = disk
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S607


def ask_again(cast: Cast) -> Report:
    """Submit anew, so that there is a paper that is not made yet."""
    tenant = cast.ours
    audit = reopen_audit(audit=tenant.submitted, by=tenant.contributor)
    audit = submit_audit(audit=audit, by=tenant.contributor)
    return queue_report(audit=audit, by=tenant.contributor)


def files_on(disk: Path) -> list[str]:
    return [file.name for file in disk.rglob("*") if file.is_file()]


def test_full_disk_is_told_and_got_over(cast: Cast, small_disk: Path) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        report = ask_again(cast)
    client = Client()
    client.force_login(tenant.contributor)
    paper = reverse("paper", args=[report.pk])

    make_report.func(str(tenant.organization.pk), str(report.pk))

    page = html_of(client.get(paper))
    assert "There is no room for it" in page
    assert "Try again" in page
    assert files_on(small_disk) == []
    assert client.get(reverse("paper_file", args=[report.pk])).status_code == 404
    with scope(organization=tenant.organization):
        made = Event.objects.filter(verb="report.made", subject=str(report.pk))
        assert not made.exists()

    subprocess.run(
        ["mount", "-o", "remount,size=4m", str(small_disk)],  # noqa: S607
        check=True,
    )
    client.post(reverse("request_paper", args=[report.audit_id]))
    make_report.func(str(tenant.organization.pk), str(report.pk))

    assert "The paper is ready." in html_of(client.get(paper))
    file = client.get(reverse("paper_file", args=[report.pk]))
    assert b"".join(file.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert len(files_on(small_disk)) == 1
    with scope(organization=tenant.organization):
        assert made.count() == 1


class Unreachable(FileSystemStorage):
    """Takes nothing, as a storage elsewhere does while the network is down."""

    def _save(self, name: str, content: object) -> str:
        message = "the storage does not answer"
        raise ConnectionError(message)


def test_storage_that_does_not_answer_is_told(cast: Cast, settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"{__name__}.{Unreachable.__name__}"}
    }
    with scope(organization=cast.ours.organization):
        report = ask_again(cast)

    make_report.func(str(cast.ours.organization.pk), str(report.pk))

    with scopes_disabled():
        report.refresh_from_db()
    assert report.state == Report.State.FAILED
    assert "the file storage is not responding" in report.failure
