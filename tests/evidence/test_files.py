"""A file of evidence: its kind and its name, downloaded by whom, and removed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Role
from tests.casting import Cast
from tests.evidence.conftest import Disk
from tests.evidence.pages import (
    LINK,
    added,
    behind_goal,
    body,
    file_url,
    post,
    post_named,
    url,
    words,
)
from tests.examples import some_of
from tests.signed_in import sign_in
from tests.uploads.attachments import made_files as made


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize("kind", some_of(["pdf", "docx", "xlsx", "png", "jpg"], 2))
def test_every_kind_comes_back_byte_for_byte(
    cast: Cast, client: Client, disk: Disk, kind: str
) -> None:
    content: bytes = getattr(made, kind.upper())
    assert post(client, cast, content, f"a.{kind}").status_code == 302

    response = client.get(file_url(behind_goal(cast)[0]))

    assert body(response) == content


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("sent", "kept"),
    some_of(
        [
            (b"../../etc/cron.d/run.pdf", "run.pdf"),
            (b"C:\\\\Users\\\\ana\\\\run.pdf", "run.pdf"),
            (b"a\x00b.pdf", "ab.pdf"),
            (b"a%0d%0aSet-Cookie: x=1.pdf", "a%0d%0aSet-Cookie: x=1.pdf"),
            ("re\u202eport.pdf".encode(), "report.pdf"),
            ("Prüfung „12“.pdf".encode(), "Prüfung „12“.pdf"),
            ("ü".encode() * 148 + b".pdf", "ü" * 148 + ".pdf"),
            (b"a" * 296 + b".pdf", "a" * 196 + ".pdf"),
        ],
        4,
    ),
)
def test_name_is_made_safe_and_comes_back(
    cast: Cast, client: Client, disk: Disk, sent: bytes, kept: str
) -> None:
    assert post_named(client, cast, sent).status_code == 302

    evidence = behind_goal(cast)[0]
    assert evidence.name == kept
    response = client.get(file_url(evidence))
    (header,) = [v for k, v in response.items() if k == "Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert "\r" not in header
    assert body(response) == made.PDF


@pytest.mark.once
def test_turned_name_of_a_program_is_refused(
    cast: Cast, client: Client, disk: Disk
) -> None:
    response = post_named(client, cast, "invoice\u202efdp.exe".encode())

    assert response.status_code == 422
    assert "The selected file must be a PDF" in words(response)
    assert disk.files == []


@pytest.mark.once
def test_file_is_handed_out_to_be_saved_and_runs_nothing(
    cast: Cast, client: Client, disk: Disk
) -> None:
    evidence = added(cast, "Prüfung".encode(), "Prüfung 12.txt")

    response = client.get(file_url(evidence))

    assert body(response) == "Prüfung".encode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Length"] == "8"
    assert (
        response["Content-Disposition"]
        == "attachment; filename*=utf-8''Pr%C3%BCfung%2012.txt"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.thorough
@pytest.mark.once
def test_type_of_a_file_is_that_of_its_content(
    cast: Cast, client: Client, disk: Disk
) -> None:
    post_named(client, cast, b"a.pdf")  # it says that it is text/html

    response = client.get(file_url(behind_goal(cast)[0]))

    assert response["Content-Type"] == "application/pdf"


@pytest.mark.thorough
def test_missing_file_is_told_of(
    cast: Cast, client: Client, disk: Disk, tmp_path: Path
) -> None:
    evidence = added(cast, made.PDF, "Run of 12 May.pdf")
    (tmp_path / (evidence.file.name or "")).unlink()

    response = client.get(file_url(evidence))

    assert response.status_code == 404
    assert "<h1>The file is missing</h1>" in words(response)
    assert "Run of 12 May.pdf" in words(response)


@pytest.mark.once
def test_link_is_no_file_to_download(cast: Cast, client: Client) -> None:
    client.post(url(cast.ours.draft), {"link": LINK})

    assert client.get(file_url(behind_goal(cast)[0])).status_code == 404


@pytest.mark.thorough
def test_viewer_downloads_and_is_offered_no_change(cast: Cast, disk: Disk) -> None:
    evidence = added(cast, made.PDF, "Run of 12 May.pdf")
    viewer = Client()
    sign_in(viewer, cast.ours.people[Role.VIEWER])

    page = words(viewer.get(url(cast.ours.draft)))

    assert "<h1>Evidence: What is wrong</h1>" in page
    assert "Run of 12 May.pdf" in page
    assert 'name="file"' not in page
    assert "Remove" not in page
    assert body(viewer.get(file_url(evidence))) == made.PDF
    assert viewer.post(url(cast.ours.draft), {"link": LINK}).status_code == 403
    assert behind_goal(cast) == [evidence]


@pytest.mark.thorough
def test_stranger_gets_nothing_and_changes_nothing(cast: Cast, disk: Disk) -> None:
    evidence = added(cast, made.PDF, "a.pdf")
    stranger = Client()
    sign_in(stranger, cast.theirs.people[Role.ADMIN])

    answers = [
        stranger.get(file_url(evidence)),
        stranger.get(url(cast.ours.draft)),
        stranger.post(url(cast.ours.draft), {"link": LINK}),
        stranger.post(reverse("remove_evidence", args=[evidence.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert behind_goal(cast) == [evidence]


@pytest.mark.thorough
def test_removed_file_is_gone_from_list_and_disk(
    cast: Cast,
    client: Client,
    disk: Disk,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    evidence = added(cast, made.PDF, "a.pdf")

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("remove_evidence", args=[evidence.pk]))

    assert response["Location"] == url(cast.ours.draft)
    assert (behind_goal(cast), disk.files) == ([], [])
    assert client.get(file_url(evidence)).status_code == 404
