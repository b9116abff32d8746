"""Papers whose stored file is lost: never served, made again, told of."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audits.models import FileProblem, Report
from audits.reports.tasks import make_report
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Tenant
from tests.examples import some_of, thorough
from tests.lost_files import LOSSES, SILENT, Loss, delete, replace
from tests.reports.made_files import (
    State,
    body,
    get,
    made_pack,
    made_report,
    page,
    path_of,
    verbs,
    with_worker,
)

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("stand_ins")]


def test_ready_paper_and_pack_have_their_sha256(
    tenant: Tenant, settings: Settings
) -> None:
    for made in (made_report(tenant, settings), made_pack(tenant, settings)):
        content = path_of(made).read_bytes()

        assert made.digest == hashlib.sha256(content).hexdigest()
        assert made.checked_at is None


@pytest.mark.parametrize(
    ("lose", "state"), some_of(LOSSES, 2), ids=lambda x: getattr(x, "__name__", x)
)
def test_lost_paper_is_told_of_recorded_and_made_again_the_same(
    tenant: Tenant,
    client: Client,
    settings: Settings,
    lose: Loss,
    state: str,
) -> None:
    report = made_report(tenant, settings)
    before, digest = path_of(report).read_bytes(), report.digest
    lose(path_of(report))

    answer = get(client, "paper_file", report.pk)

    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("paper", args=[report.pk]),
    )
    report.refresh_from_db()
    assert report.state == State.QUEUED
    said = f"The stored file was {state}. This is recorded, and the paper is being made"
    assert said in page(client, "paper", report.pk)
    # The link goes to the page until the paper is there.
    assert get(client, "paper_file", report.pk).status_code == 302
    assert verbs(report.pk)[-2:] == [f"file.{state}", "report.requested"]

    make_report.func(str(tenant.organization.pk), str(report.pk))

    report.refresh_from_db()
    assert (report.state, report.digest) == (State.READY, digest)
    assert body(get(client, "paper_file", report.pk)) == before
    assert "The stored file" not in page(client, "paper", report.pk)
    assert not FileProblem.objects.open().exists()
    assert verbs(report.pk)[-1] == "file.right_again"


def test_lost_paper_is_queued_recorded_and_logged_once(
    tenant: Tenant,
    client: Client,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    report = made_report(tenant, settings)
    delete(path_of(report))

    for _ in range(3):
        get(client, "paper_file", report.pk)
        client.post(reverse("request_paper", args=[tenant.submitted.pk]))

    assert verbs(report.pk).count("report.requested") == 2
    assert verbs(report.pk).count("file.missing") == 1
    assert FileProblem.objects.count() == 1
    [line] = [r.getMessage() for r in caplog.records if r.levelname == "ERROR"]
    assert line == f"paper {report.pk}, stored as {report.file.name}, is missing"


@pytest.mark.parametrize("lose", [delete, thorough(replace)])
def test_asking_again_for_a_lost_paper_makes_it_again(
    tenant: Tenant, client: Client, settings: Settings, lose: Loss
) -> None:
    report = made_report(tenant, settings)
    lose(path_of(report))
    with_worker(settings)

    asked = client.post(reverse("request_paper", args=[tenant.submitted.pk]))

    assert asked["Location"] == reverse("paper", args=[report.pk])
    file = body(get(client, "paper_file", report.pk))
    assert hashlib.sha256(file).hexdigest() == report.digest


def test_lost_paper_of_a_changed_audit_is_not_made_again_and_says_so(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    report = made_report(tenant, settings)
    audit = reopen_audit(audit=tenant.submitted, by=tenant.contributor)
    submit_audit(audit=audit, by=tenant.contributor)
    replace(path_of(report))

    assert get(client, "paper_file", report.pk).status_code == 302

    report.refresh_from_db()
    assert report.state == State.READY
    shown = page(client, "paper", report.pk)
    assert "The stored file is altered. This is recorded." in shown
    assert "The same paper cannot be made again, because" in shown
    assert "Make the current paper" in shown
    assert "Download the PDF" not in shown
    asked = client.post(reverse("request_paper", args=[tenant.submitted.pk]))
    assert asked["Location"] != reverse("paper", args=[report.pk])


def test_lost_paper_of_a_draft_says_what_to_do(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    report = made_report(tenant, settings)
    reopen_audit(audit=tenant.submitted, by=tenant.contributor)
    delete(path_of(report))

    get(client, "paper_file", report.pk)

    shown = page(client, "paper", report.pk)
    assert "Submit the answers, then make a paper for the new verdict." in shown
    assert "Make the current paper" not in shown


@pytest.mark.parametrize("storage", some_of(SILENT))
def test_storage_that_does_not_answer_is_not_a_lost_file(
    tenant: Tenant, client: Client, settings: Settings, storage: str
) -> None:
    report, pack = made_report(tenant, settings), made_pack(tenant, settings)
    right = settings.STORAGES
    settings.STORAGES = right | {"default": {"BACKEND": storage}}

    answers = [
        get(client, "paper_file", report.pk),
        get(client, "pack_file", pack.pk),
    ]
    client.post(reverse("request_paper", args=[tenant.submitted.pk]))
    client.post(reverse("packs"))

    for answer in answers:
        assert answer.status_code == 503
        assert answer["Retry-After"] == "60"
        assert b"<h1>The file storage is not responding</h1>" in answer.content
    assert not FileProblem.objects.exists()
    for made in (report, pack):
        made.refresh_from_db()
        assert made.state == State.READY
    settings.STORAGES = right
    assert get(client, "paper_file", report.pk).status_code == 200


def test_folder_of_files_that_is_not_mounted_loses_none(
    tenant: Tenant, client: Client, settings: Settings, tmp_path: Path
) -> None:
    report = made_report(tenant, settings)
    settings.MEDIA_ROOT = tmp_path / "not mounted"

    assert get(client, "paper_file", report.pk).status_code == 503

    assert not FileProblem.objects.exists()


class Vanishing(FileSystemStorage):
    """Changes each file at its last byte, and then takes it away."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        file = super()._open(name, mode)  # type: ignore[misc]
        close, path = file.close, Path(self.path(name))

        def closed() -> None:
            close()
            if path.exists():
                path.write_bytes(b"%PDF of somebody else")
                path.unlink()

        file.close = closed
        return file


def test_file_changed_and_removed_between_check_and_send_is_sent_as_it_was(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    report = made_report(tenant, settings)
    before = path_of(report).read_bytes()
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"{__name__}.Vanishing"}
    }

    assert body(get(client, "paper_file", report.pk)) == before

    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "audits.atomic_storage.AtomicStorage"}
    }
    assert not path_of(report).exists()


def test_file_of_before_is_served_and_gets_its_digest_at_the_next_check(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    report = made_report(tenant, settings)
    digest = report.digest
    Report.objects.update(digest="")

    assert get(client, "paper_file", report.pk).status_code == 200
    call_command("housekeeping", verbosity=0)

    report.refresh_from_db()
    assert report.digest == digest
    assert report.checked_at is not None
    replace(path_of(report))
    assert get(client, "paper_file", report.pk).status_code == 302
