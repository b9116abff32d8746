"""Papers and packs whose stored file is lost: never served, made again, told of."""

import hashlib
import html
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import BoardPack, Event, FileProblem, PackDecision, Report
from audits.reports.tasks import make_pack, make_report, queue_report
from audits.services.files.logos import keep_digest
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast, Tenant
from tests.lost_files import LOSSES, SILENT, Loss, delete, replace
from tests.pages import html_of
from tests.reports.made_packs import add_decision, ask_for_pack
from tests.reports.test_budgets import PNG
from tests.reports.test_tasks import IMMEDIATE

pytestmark = pytest.mark.once

State = Report.State


@pytest.fixture
def tenant(cast: Cast, settings: Settings, tmp_path: Path) -> Iterator[Tenant]:
    """Our tenant with an own disk, on which its paper and its pack are made."""
    tasks = settings.TASKS
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        ours = cast.ours
        audit = reopen_audit(audit=ours.submitted, by=ours.contributor)
        submit_audit(audit=audit, by=ours.contributor)
        ours.submitted.refresh_from_db()
        settings.TASKS = tasks
        yield ours


def made_report(tenant: Tenant, settings: Settings) -> Report:
    with_worker(settings)
    report = queue_report(audit=tenant.submitted, by=tenant.contributor)
    report.refresh_from_db()
    assert report.state == State.READY
    without_worker(settings)
    return report


def made_pack(tenant: Tenant, settings: Settings) -> BoardPack:
    with_worker(settings)
    pack = ask_for_pack(tenant)
    pack.refresh_from_db()
    assert pack.state == State.READY
    without_worker(settings)
    return pack


def with_worker(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}


def without_worker(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def path_of(job: Any) -> Path:
    return Path(job.file.path)


def get(client: Client, name: str, pk: Any) -> Any:
    return client.get(reverse(name, args=[pk]))


def page(client: Client, name: str, pk: Any) -> str:
    return html.unescape(html_of(get(client, name, pk)))


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def verbs(subject: Any) -> list[str]:
    own = Event.objects.filter(subject=str(subject))
    of_the_file = own.exclude(verb__endswith=".downloaded")
    return list(of_the_file.values_list("verb", flat=True))


def test_ready_paper_and_pack_have_their_sha256(
    tenant: Tenant, settings: Settings
) -> None:
    for made in (made_report(tenant, settings), made_pack(tenant, settings)):
        content = path_of(made).read_bytes()

        assert made.digest == hashlib.sha256(content).hexdigest()
        assert made.checked_at is None


@pytest.mark.parametrize(
    ("lose", "state"), LOSSES, ids=lambda x: getattr(x, "__name__", x)
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


@pytest.mark.parametrize("lose", [delete, replace])
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


@pytest.mark.parametrize("storage", SILENT)
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


@pytest.mark.parametrize(
    ("lose", "state"), LOSSES, ids=lambda x: getattr(x, "__name__", x)
)
def test_lost_pack_is_told_of_recorded_and_made_again_the_same(
    tenant: Tenant, client: Client, settings: Settings, lose: Loss, state: str
) -> None:
    pack = made_pack(tenant, settings)
    before = path_of(pack).read_bytes()
    lose(path_of(pack))

    answer = get(client, "pack_file", pack.pk)

    assert answer["Location"] == reverse("pack", args=[pack.pk])
    pack.refresh_from_db()
    assert pack.state == State.QUEUED
    said = f"The stored file was {state}. This is recorded, and the pack is being made"
    assert said in page(client, "pack", pack.pk)
    make_pack.func(str(tenant.organization.pk), str(pack.pk))
    assert body(get(client, "pack_file", pack.pk)) == before
    assert verbs(pack.pk)[-4:] == [
        *(f"file.{state}", "pack.requested", "pack.made", "file.right_again")
    ]


def test_asking_again_for_a_lost_pack_makes_it_again(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    pack = made_pack(tenant, settings)
    digest = pack.digest
    delete(path_of(pack))
    with_worker(settings)

    asked = client.post(reverse("packs"))

    assert asked["Location"] == reverse("pack", args=[pack.pk])
    pack.refresh_from_db()
    assert (pack.state, pack.digest) == (State.READY, digest)


def test_lost_pack_whose_decision_changed_is_not_made_again_and_says_so(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    pack = made_pack(tenant, settings)
    audit = reopen_audit(audit=tenant.submitted, by=tenant.contributor)
    submit_audit(audit=audit, by=tenant.contributor)
    delete(path_of(pack))

    get(client, "pack_file", pack.pk)

    pack.refresh_from_db()
    assert pack.state == State.READY
    shown = page(client, "pack", pack.pk)
    assert "The same pack cannot be made again, because" in shown
    assert "Make the current pack" in shown


@pytest.fixture
def zipped(
    tenant: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> BoardPack:
    """A pack that has a file for each of its two decisions."""
    monkeypatch.setattr(BoardPack, "MOST_IN_ONE", 1)
    add_decision(tenant, "Labels")
    return made_pack(tenant, settings)


@pytest.mark.parametrize("lose", [delete, replace])
def test_lost_paper_of_a_zip_is_made_again_before_it_is_packed(
    tenant: Tenant, client: Client, settings: Settings, zipped: BoardPack, lose: Loss
) -> None:
    before = path_of(zipped).read_bytes()
    report = PackDecision.objects.filter(pack=zipped)[0].report
    assert report is not None
    lose(path_of(report))
    delete(path_of(zipped))
    with_worker(settings)

    get(client, "pack_file", zipped.pk)

    content = body(get(client, "pack_file", zipped.pk))
    assert content == before
    with ZipFile(BytesIO(content)) as files:
        assert len(files.namelist()) == 3


def test_paper_lost_while_its_zip_is_packed_is_never_packed(
    tenant: Tenant, client: Client, settings: Settings, zipped: BoardPack
) -> None:
    report = PackDecision.objects.filter(pack=zipped)[0].report
    assert report is not None
    replace(path_of(report))
    BoardPack.objects.update(state=State.QUEUED)

    make_pack.func(str(tenant.organization.pk), str(zipped.pk))

    zipped.refresh_from_db()
    assert zipped.state == State.FAILED
    assert "is missing or was altered. Try again" in zipped.failure
    with_worker(settings)
    client.post(reverse("packs"))
    zipped.refresh_from_db()
    assert zipped.state == State.READY


def set_logo(tenant: Tenant) -> Path:
    """Give the organization a logo, as the back office does."""
    organization = tenant.organization
    organization.logo = ContentFile(PNG, "logo.png")
    keep_digest(organization)
    organization.save()
    tenant.submitted.organization.refresh_from_db()
    return Path(organization.logo.path)


@pytest.mark.parametrize(
    ("lose", "state"), LOSSES, ids=lambda x: getattr(x, "__name__", x)
)
def test_paper_is_made_without_a_lost_logo_says_so_and_gets_it_back(
    tenant: Tenant, client: Client, settings: Settings, lose: Loss, state: str
) -> None:
    logo = set_logo(tenant)
    whole = made_report(tenant, settings)
    lose(logo)

    bare = made_report(tenant, settings)

    assert bare.pk != whole.pk
    assert bare.notice.startswith("It was made without the logo, because the stored")
    shown = page(client, "paper", bare.pk)
    assert bare.notice in shown
    assert "Nothing was cut" not in shown
    problem = FileProblem.objects.get()
    assert (problem.kind, problem.state) == ("logo", state)
    assert verbs(tenant.organization.pk) == [f"file.{state}"]
    if logo.is_dir():
        logo.rmdir()
    logo.write_bytes(PNG)
    again = made_report(tenant, settings)
    assert (again.pk, again.notice) == (whole.pk, "")
    assert not FileProblem.objects.open().exists()


def test_pack_is_made_without_a_lost_logo_and_says_so(
    tenant: Tenant, settings: Settings
) -> None:
    replace(set_logo(tenant))

    assert made_pack(tenant, settings).notice.startswith("It was made without the logo")


def test_paper_waits_for_a_logo_while_the_storage_is_silent(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    set_logo(tenant)
    report = queue_report(audit=tenant.submitted, by=tenant.contributor)
    right = settings.STORAGES
    settings.STORAGES = right | {"default": {"BACKEND": SILENT[1]}}

    make_report.func(str(tenant.organization.pk), str(report.pk))

    report.refresh_from_db()
    assert report.state == State.FAILED
    assert report.failure.startswith("The file storage is not responding.")
    # Page 1 is written all the same.
    assert get(client, "cover", tenant.submitted.pk).status_code == 200
    settings.STORAGES = right
    assert made_report(tenant, settings).pk == report.pk


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
