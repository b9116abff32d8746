"""The evidence page without a browser: what it takes, refuses and shows."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.services.answers.evidence import add_link
from tests.casting import CANARY, Cast
from tests.evidence.conftest import Disk
from tests.evidence.pages import LINK, added, behind_goal, lock, post, url, words
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.uploads.attachments import made_files as made

MEGABYTE = 1024 * 1024


@pytest.mark.once
def test_page_tells_kinds_and_limit_before_the_control(
    cast: Cast, client: Client
) -> None:
    page = words(client.get(url(cast.ours.draft)))

    limit = page.index("PDF, DOCX, XLSX, PNG, JPG, CSV, TXT or JSON, up to 25 MB.")
    assert limit < page.index('name="file"')
    assert "<h1>Add evidence: What is wrong</h1>" in page
    assert "This answer has no link or file yet" in page


@pytest.mark.thorough
def test_posted_file_comes_back_in_the_list(
    cast: Cast, client: Client, disk: Disk
) -> None:
    response = post(client, cast, made.PDF, "Run of 12 May.pdf")

    assert response.status_code == 302
    assert response["Location"] == url(cast.ours.draft)
    page = words(client.get(response["Location"]))
    assert "<bdi>Run of 12 May.pdf</bdi>" in page
    assert f"{len(made.PDF)} bytes" in page
    assert f"<bdi>{cast.ours.contributor}</bdi>" in page
    assert disk.files == [made.PDF]


def test_posted_link_comes_back_in_the_list(cast: Cast, client: Client) -> None:
    form = {"link": LINK, "link_name": "The <run>"}

    response = client.post(url(cast.ours.draft), form)

    assert response.status_code == 302
    page = html_of(client.get(response["Location"]))
    assert (
        f'<a href="{LINK}" rel="noopener noreferrer"><bdi>The &lt;run&gt;</bdi></a>'
        in page
    )
    assert "<bdi>example.org</bdi>" in page


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.pdf", "The selected file is empty"),
        (made.PNG, "a.pdf", "The selected file is named .pdf but its content is PNG"),
        (
            b"<svg onload=alert(1)>",
            "a.svg",
            "The selected file must be a PDF, DOCX, XLSX, PNG, JPG, CSV, TXT or JSON",
        ),
        (made.bomb(4), "a.docx", "The selected file would unpack to more than 1 GB"),
    ],
)
def test_refused_file_is_told_of_and_nothing_is_stored(
    cast: Cast, disk: Disk, content: bytes, name: str, message: str
) -> None:
    client = Client()
    sign_in(client, cast.ours.contributor)

    response = post(client, cast, content, name, link_name="Typed before")

    page = words(response)
    assert response.status_code == 422
    assert "<title>Error: Add evidence" in page
    assert f'<a href="#id_file">{message}' in page
    assert 'value="Typed before"' in page
    assert (behind_goal(cast), disk.files) == ([], [])


@pytest.mark.once
def test_refused_link_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    form = {"link": "javascript:alert(1)", "link_name": "The run"}

    response = client.post(url(cast.ours.draft), form)

    page = words(response)
    assert response.status_code == 422
    assert '<a href="#id_link">Enter a link that starts with https:// or' in page
    assert 'value="javascript:alert(1)"' in page
    assert 'value="The run"' in page
    assert 'href="javascript' not in page
    assert behind_goal(cast) == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("file", "link", "message"),
    [
        (False, "", "Select a file, or enter a link below"),
        (True, LINK, "Add either a file or a link"),
    ],
)
def test_form_takes_one_of_the_two(
    cast: Cast, client: Client, file: bool, link: str, message: str
) -> None:
    form: dict[str, Any] = {"link": link}
    if file:
        form["file"] = SimpleUploadedFile("a.pdf", made.PDF)

    response = client.post(url(cast.ours.draft), form)

    assert response.status_code == 422
    assert message in words(response)
    assert behind_goal(cast) == []


@pytest.mark.once
def test_file_over_25_mb_is_dropped_while_it_comes_in(
    cast: Cast, client: Client, disk: Disk, settings: Settings, tmp_path: Path
) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = spool
    content = made.PDF + bytes(25 * MEGABYTE + 1 - len(made.PDF))

    response = post(client, cast, content, "a.pdf", link_name="Typed before")

    assert response.status_code == 413
    assert "The selected file must be smaller than 25 MB" in words(response)
    assert 'value="Typed before"' in words(response)
    assert list(spool.iterdir()) == []
    assert (behind_goal(cast), disk.files) == ([], [])


@pytest.mark.thorough
@pytest.mark.once
def test_file_of_25_mb_is_taken(cast: Cast, client: Client, disk: Disk) -> None:
    content = made.PDF + bytes(25 * MEGABYTE - len(made.PDF))

    response = post(client, cast, content, "a.pdf")

    assert response.status_code == 302
    assert behind_goal(cast)[0].size == 25 * MEGABYTE
    assert disk.files == [content]


@pytest.mark.once
def test_second_file_in_one_form_is_refused(cast: Cast, client: Client) -> None:
    files = [SimpleUploadedFile("a.pdf", made.PDF) for _ in range(2)]

    response = client.post(url(cast.ours.draft), {"file": files})

    assert response.status_code == 413
    assert behind_goal(cast) == []


@pytest.mark.once
def test_full_disk_is_told_of(cast: Cast, client: Client, disk: Disk) -> None:
    disk("FullDisk")

    response = post(client, cast, made.PDF, "a.pdf", link_name="Typed before")

    assert response.status_code == 422
    assert "The file could not be stored, so nothing was added" in words(response)
    assert 'value="Typed before"' in words(response)
    assert (behind_goal(cast), disk.files) == ([], [])


@pytest.mark.once
def test_no_room_for_what_comes_in_is_told_of(
    cast: Cast, client: Client, disk: Disk, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "gone"

    response = post(client, cast, made.PDF, "a.pdf")

    assert response.status_code == 503
    assert "The file could not be stored, so nothing was added" in words(response)
    assert behind_goal(cast) == []


@pytest.mark.thorough
def test_full_quota_is_told_of(
    cast: Cast, client: Client, disk: Disk, settings: Settings
) -> None:
    settings.EVIDENCE_QUOTA = 10

    response = post(client, cast, made.PDF, "a.pdf")

    assert response.status_code == 422
    assert "Your organization uses 0 of its 0 MB for files" in words(response)
    assert "Ask an administrator for more space" in words(response)
    assert (behind_goal(cast), disk.files) == ([], [])


def test_list_shows_no_evidence_of_the_other_organization(
    cast: Cast, client: Client
) -> None:
    with scope(organization=cast.theirs.organization):
        add_link(
            audit=cast.theirs.draft,
            by=cast.theirs.contributor,
            question="goal",
            link=LINK,
            name=f"{CANARY} run",
        )

    assert CANARY not in words(client.get(url(cast.ours.draft)))


@pytest.mark.once
def test_unknown_question_is_not_found(cast: Cast, client: Client) -> None:
    assert client.get(url(cast.ours.draft, "gaol")).status_code == 404
    answer = client.post(url(cast.ours.draft, "gaol"), {"link": LINK})
    assert answer.status_code == 404


@pytest.mark.thorough
def test_submitted_audit_shows_its_evidence_and_takes_none(
    cast: Cast, client: Client, disk: Disk
) -> None:
    evidence = added(cast, made.PDF, "Run of 12 May.pdf")
    lock(cast)

    page = words(client.get(url(cast.ours.draft)))
    late = post(client, cast, made.PDF, "late.pdf")
    removed = client.post(reverse("remove_evidence", args=[evidence.pk]))

    assert "The audit has been submitted, so its evidence cannot change." in page
    assert "Run of 12 May.pdf" in page
    assert 'name="file"' not in page
    assert late.status_code == 409
    assert "so nothing was added" in words(late)
    assert removed["Location"] == url(cast.ours.draft)
    assert behind_goal(cast) == [evidence]
    assert disk.files == [made.PDF]


@pytest.mark.parametrize("link", [LINK, "not a link"])
def test_link_for_an_audit_that_was_submitted_meanwhile_is_given_back(
    cast: Cast, client: Client, link: str
) -> None:
    form = {"link": link, "link_name": "The <run>"}

    answer = client.post(url(cast.ours.submitted), form)

    page = html_of(answer)
    assert answer.status_code == 409
    assert "This audit was submitted before your evidence arrived" in page
    assert f"Your link: <bdi>{link}</bdi>" in page
    assert "Its name: <bdi>The &lt;run&gt;</bdi>" in page
