"""Housekeeping, operators and the record learn of stored files that are not right."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django import Settings

from audits.checked_files import StorageSilent
from audits.models import BoardPack, Evidence, FileProblem, Organization, Report, User
from audits.services.files import stored_files
from audits.services.files.stored_files import check_files
from tests.casting import Cast
from tests.lost_files import LOSSES, SILENT, Loss, delete, replace
from tests.pages import html_of
from tests.reports.test_budgets import PNG
from tests.signed_in import let_prove

MODELS = (Report, BoardPack, Evidence)
FILES = 6  # a paper, a pack and a piece of evidence, in both tenants


@pytest.fixture(autouse=True)
def everywhere(cast: Cast) -> Iterator[None]:
    with scopes_disabled():
        yield


def path_of(row: Any) -> Path:
    return Path(row.file.path)


def checked() -> int:
    return sum(m.objects.exclude(checked_at=None).count() for m in MODELS)


def an_hour_later() -> None:
    FileProblem.objects.update(seen_at=timezone.now() - timedelta(hours=2))


def operator() -> Client:
    client = Client()
    root = User.objects.create_superuser("op@example.org", "p" * 12)
    client.force_login(root)
    let_prove(client, root)
    return client


def test_every_file_is_checked_once_in_thirty_days() -> None:
    assert check_files() == 0
    assert checked() == FILES
    first = Report.objects.order_by("checked_at")[0]

    check_files()

    assert Report.objects.get(pk=first.pk).checked_at == first.checked_at
    Report.objects.update(checked_at=timezone.now() - timedelta(days=31))
    check_files()
    checked_again = Report.objects.get(pk=first.pk).checked_at
    assert checked_again is not None
    assert timezone.now() - checked_again < timedelta(minutes=1)


@pytest.mark.parametrize("bound", ["MOST_BYTES", "MOST_SECONDS"])
def test_run_is_bounded_and_the_next_goes_on(
    monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(stored_files, bound, 0)

    for run in range(1, FILES + 1):
        check_files()
        assert checked() == run


@pytest.mark.parametrize(
    ("lose", "state"), LOSSES, ids=[lose.__name__ for lose, _ in LOSSES]
)
def test_check_finds_lost_files_of_each_kind_and_sees_them_right_again(
    cast: Cast, lose: Loss, state: str
) -> None:
    tenant = cast.ours
    rows = (tenant.report, tenant.pack, tenant.evidence)
    content = {path_of(row): path_of(row).read_bytes() for row in rows}
    for path in content:
        lose(path)

    assert check_files() == 3

    found = FileProblem.objects.values_list("kind", "state", "what", "organization")
    day = f"{tenant.pack.frozen_at:%Y-%m-%d %H:%M}"
    assert set(found) == {
        ("paper", state, "UC-0002", tenant.organization.pk),
        ("pack", state, day, tenant.organization.pk),
        ("evidence", state, "UC-0001, quality_gap", tenant.organization.pk),
    }
    tenant.report.refresh_from_db()
    assert tenant.report.state == Report.State.READY  # it is made when it is wanted
    an_hour_later()
    assert check_files() == 3
    assert FileProblem.objects.count() == 3
    for path, right in content.items():
        if path.is_dir():
            path.rmdir()
        path.write_bytes(right)
    an_hour_later()
    assert check_files() == 0
    assert not FileProblem.objects.open().exists()


def test_file_that_cannot_be_read_is_told_to_operators_only(
    cast: Cast, settings: Settings
) -> None:
    right = settings.STORAGES
    settings.STORAGES = right | {"default": {"BACKEND": SILENT[0]}}

    with pytest.raises(StorageSilent, match="no more files are read"):
        check_files()

    problems = FileProblem.objects.all()
    assert [problem.state for problem in problems] == ["unreadable"] * 3
    assert not FileProblem.objects.lost().exists()
    settings.STORAGES = right
    an_hour_later()
    assert check_files() == 0
    assert checked() == FILES
    assert not FileProblem.objects.open().exists()


def test_housekeeping_says_what_it_found(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    delete(path_of(cast.ours.evidence))

    call_command("housekeeping")

    said = "Stored files that are missing, altered or cannot be read: 1"
    assert said in capsys.readouterr().out


def test_verify_files_lists_what_is_lost_and_ends_with_one(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_files")
    assert capsys.readouterr().out == f"{FILES} files compared.\n"
    replace(path_of(cast.theirs.pack))
    delete(path_of(cast.ours.evidence))

    with pytest.raises(SystemExit) as end:
        call_command("verify_files")

    assert end.value.code == 1
    ours, theirs, last = capsys.readouterr().out.splitlines()
    name = cast.ours.evidence.file.name
    assert ours.startswith(
        f"northgate  Evidence  UC-0001, quality_gap  {name}  Missing since 20"
    )
    assert theirs.startswith("zanzibar  Pack  20")
    assert "  Altered since 20" in theirs
    assert last == f"{FILES} files compared."
    with pytest.raises(SystemExit):
        call_command("verify_files", organization="northgate")
    ours, last = capsys.readouterr().out.splitlines()
    assert last == "3 files compared."
    with pytest.raises(CommandError, match="no organization nowhere"):
        call_command("verify_files", organization="nowhere")


def test_verify_files_ends_with_two_if_the_storage_is_silent(
    cast: Cast, settings: Settings
) -> None:
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": SILENT[1]}}

    with pytest.raises(SystemExit) as end:
        call_command("verify_files")

    assert end.value.code == 2


def test_operators_see_problems_and_change_none(cast: Cast) -> None:
    replace(path_of(cast.ours.report))
    check_files()
    client = operator()

    said = html_of(client.get(reverse("admin:audits_fileproblem_changelist")))

    for words in ("Northgate Mutual", "Paper", "UC-0002", "Altered"):
        assert words in said
    assert str(cast.ours.report.file) in said
    assert client.get(reverse("admin:audits_fileproblem_add")).status_code == 403
    member = Client()
    member.force_login(cast.ours.contributor)
    page = member.get(reverse("admin:audits_fileproblem_changelist"))
    assert page.status_code == 302


def test_logo_set_in_the_back_office_has_its_sha256_until_it_is_taken_away(
    cast: Cast,
) -> None:
    tenant, client = cast.ours.organization, operator()
    change = reverse("admin:audits_organization_change", args=[tenant.pk])
    fields = {
        "name": tenant.name,
        "slug": tenant.slug,
        "paper_size": "a4",
        "currency": "USD",
        "accent": "",
    }

    client.post(change, fields | {"logo": SimpleUploadedFile("logo.png", PNG)})

    tenant.refresh_from_db()
    assert tenant.logo_digest == hashlib.sha256(PNG).hexdigest()
    assert tenant.logo.read() == PNG
    client.post(change, fields | {"name": "Northgate Life"})
    tenant.refresh_from_db()
    assert tenant.logo_digest == hashlib.sha256(PNG).hexdigest()
    client.post(change, fields | {"logo-clear": "on"})
    tenant.refresh_from_db()
    assert (tenant.logo.name, tenant.logo_digest) == ("", "")


def test_logo_of_before_gets_its_digest_and_is_watched(cast: Cast) -> None:
    tenant = cast.ours.organization
    tenant.logo.save("logo.png", ContentFile(PNG))

    check_files()

    tenant = Organization.objects.get(pk=tenant.pk)
    assert tenant.logo_digest == hashlib.sha256(PNG).hexdigest()
    assert tenant.logo_checked_at is not None
    replace(Path(tenant.logo.path))
    Organization.objects.update(logo_checked_at=None)
    assert check_files() == 1
    assert FileProblem.objects.get().kind == "logo"
