"""A temporary folder that is full, or refuses: told in a sentence, and got over."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from audits.models import BoardPack, Import, Report, Role
from audits.reports.packs import packing
from audits.reports.tasks import make_pack, make_report
from tests.casting import Cast
from tests.faults.test_full_disk import ask_again
from tests.pages import html_of
from tests.reports.packs.made_packs import ask_for_pack

SAID = "The server has no room for this file right now"


@pytest.fixture(params=["full", "refusing"])
def no_room(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Keep temporary files in a folder that takes next to nothing, or that is none."""
    folder = tmp_path / "tmp"
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    if request.param == "refusing":
        yield
        return
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4k", "attune-test", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small disk takes the right to mount: {mounted.stderr.strip()}")
    (folder / "filler").write_bytes(b"x" * 4096)
    yield
    subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607


def client_of(cast: Cast, role: Role) -> Client:
    client = Client()
    client.force_login(cast.ours.people[role])
    return client


def file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 " + b"x" * 100_000)


def upload(cast: Cast, route: str, field: str, **more: Any) -> Any:
    args: dict[str, list[Any]] = {
        "tokens": [cast.ours.draft.pk],
        "add_evidence": [cast.ours.draft.pk, "goal"],
    }
    form = {field: file("a.pdf"), **more}
    return client_of(cast, Role.ADMIN).post(reverse(route, args=args.get(route)), form)


@pytest.mark.parametrize(
    ("route", "field"),
    [
        ("verify", "paper"),
        ("import_upload", "file"),
        ("impact", "framework"),
        ("tokens", "document"),
    ],
)
def test_upload_without_room_is_told(
    cast: Cast, no_room: None, route: str, field: str
) -> None:
    response = upload(cast, route, field)

    assert response.status_code == 503
    assert SAID in html_of(response)
    with scope(organization=cast.ours.organization):
        assert Import.objects.count() == 1


def test_evidence_without_room_is_told_and_the_rest_kept(
    cast: Cast, no_room: None
) -> None:
    response = upload(cast, "add_evidence", "file", link_name="Test run of May")

    page = html_of(response)
    assert response.status_code == 503
    assert "The file could not be stored, so nothing was added." in page
    assert 'value="Test run of May"' in page


def test_sheet_without_room_is_told(cast: Cast, no_room: None) -> None:
    response = client_of(cast, Role.VIEWER).get(reverse("portfolio_xlsx"))

    assert response.status_code == 503
    assert SAID in html_of(response)


def test_exports_that_need_no_room_are_given(cast: Cast, no_room: None) -> None:
    client = client_of(cast, Role.VIEWER)

    for route in ("portfolio_csv", "portfolio_json"):
        body = b"".join(client.get(reverse(route)).streaming_content)  # type: ignore[attr-defined]
        assert b"Northgate handbook" in body


def test_zip_without_room_is_told(
    cast: Cast, no_room: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "_IN_MEMORY", 1)
    monkeypatch.setattr(BoardPack, "MOST_IN_ONE", 0)
    tenant = cast.ours
    with scope(organization=tenant.organization):
        pack = ask_for_pack(tenant, meeting="May")

    make_pack.func(str(tenant.organization.pk), str(pack.pk))

    with scope(organization=tenant.organization):
        pack.refresh_from_db()
    assert pack.state == "failed"
    assert "There is no room for it" in pack.failure


def test_paper_without_room_is_told(cast: Cast, no_room: None) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        report = ask_again(cast)

    make_report.func(str(tenant.organization.pk), str(report.pk))

    with scopes_disabled():
        report.refresh_from_db()
    assert report.state in (Report.State.FAILED, Report.State.READY)
    if report.state == Report.State.FAILED:
        assert "There is no room for it" in report.failure
