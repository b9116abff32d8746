"""The evidence page without a browser: added, refused, downloaded, removed."""

import html
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, Evidence, Role
from audits.services.evidence import add_file, add_link
from tests.attachments import made_files as made
from tests.casting import CANARY, Cast
from tests.evidence.conftest import Disk

MEGABYTE = 1024 * 1024
LINK = "https://example.org/run"


def url(audit: Audit, question: str = "goal") -> str:
    return reverse("add_evidence", args=[audit.pk, question])


def file_url(evidence: Evidence) -> str:
    return reverse("evidence_file", args=[evidence.pk])


def words(response: Any) -> str:
    content: bytes = response.content
    return html.unescape(content.decode())


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def post(
    client: Client, cast: Cast, content: bytes, name: str, **fields: str
) -> HttpResponseBase:
    form = {"file": SimpleUploadedFile(name, content), **fields}
    return client.post(url(cast.ours.draft), form)


def post_named(client: Client, cast: Cast, name: bytes) -> HttpResponseBase:
    """Post a file under a name of raw bytes, which no browser would send."""
    body = (
        b'--cut\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n'
        b"Content-Type: text/html\r\n\r\n%b\r\n--cut--\r\n" % (name, made.PDF)
    )
    kind = "multipart/form-data; boundary=cut"
    return client.post(url(cast.ours.draft), body, content_type=kind)


def behind_goal(cast: Cast) -> list[Evidence]:
    with scope(organization=cast.ours.organization):
        return list(Evidence.objects.behind(cast.ours.draft, "goal"))


def added(cast: Cast, content: bytes, name: str) -> Evidence:
    with scope(organization=cast.ours.organization):
        return add_file(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            question="goal",
            upload=ContentFile(content, name),
        )


def lock(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        Audit.objects.update(state=Audit.State.IN_REVIEW)


def test_page_tells_kinds_and_limit_before_the_control(
    cast: Cast, client: Client
) -> None:
    page = words(client.get(url(cast.ours.draft)))

    limit = page.index("PDF, DOCX, XLSX, PNG, JPG, CSV, TXT or JSON, up to 25 MB.")
    assert limit < page.index('name="file"')
    assert "<h1>Add evidence: What is wrong</h1>" in page
    assert "Nothing backs this answer yet" in page


def test_posted_file_comes_back_in_the_list(
    cast: Cast, client: Client, disk: Disk
) -> None:
    response = post(client, cast, made.PDF, "Run of 12 May.pdf")

    assert response.status_code == 302
    assert response["Location"] == url(cast.ours.draft)
    page = words(client.get(response["Location"]))
    assert "<bdi>Run of 12 May.pdf</bdi>" in page
    assert f"{len(made.PDF)}\xa0bytes" in page
    assert f"<bdi>{cast.ours.contributor}</bdi>" in page
    assert disk.files == [made.PDF]


def test_posted_link_comes_back_in_the_list(cast: Cast, client: Client) -> None:
    form = {"link": LINK, "link_name": "The <run>"}

    response = client.post(url(cast.ours.draft), form)

    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert (
        f'<a href="{LINK}" rel="noopener noreferrer"><bdi>The &lt;run&gt;</bdi></a>'
        in page
    )
    assert "<bdi>example.org</bdi>" in page


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "png", "jpg"])
def test_every_kind_comes_back_byte_for_byte(
    cast: Cast, client: Client, disk: Disk, kind: str
) -> None:
    content: bytes = getattr(made, kind.upper())
    assert post(client, cast, content, f"a.{kind}").status_code == 302

    response = client.get(file_url(behind_goal(cast)[0]))

    assert body(response) == content


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
    client.force_login(cast.ours.contributor)

    response = post(client, cast, content, name, link_name="Typed before")

    page = words(response)
    assert response.status_code == 422
    assert "<title>Error: Add evidence" in page
    assert f'<a href="#id_file">{message}' in page
    assert 'value="Typed before"' in page
    assert (behind_goal(cast), disk.files) == ([], [])


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


@pytest.mark.parametrize(
    ("file", "link", "message"),
    [
        (False, "", "Select a file, or enter a link below"),
        (True, LINK, "Add a file or a link, one at a time"),
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


def test_file_of_25_mb_is_taken(cast: Cast, client: Client, disk: Disk) -> None:
    content = made.PDF + bytes(25 * MEGABYTE - len(made.PDF))

    response = post(client, cast, content, "a.pdf")

    assert response.status_code == 302
    assert behind_goal(cast)[0].size == 25 * MEGABYTE
    assert disk.files == [content]


def test_second_file_in_one_form_is_refused(cast: Cast, client: Client) -> None:
    files = [SimpleUploadedFile("a.pdf", made.PDF) for _ in range(2)]

    response = client.post(url(cast.ours.draft), {"file": files})

    assert response.status_code == 400
    assert behind_goal(cast) == []


def test_full_disk_is_told_of(cast: Cast, client: Client, disk: Disk) -> None:
    disk("FullDisk")

    response = post(client, cast, made.PDF, "a.pdf", link_name="Typed before")

    assert response.status_code == 422
    assert "The file could not be stored, so nothing was added" in words(response)
    assert 'value="Typed before"' in words(response)
    assert (behind_goal(cast), disk.files) == ([], [])


def test_no_room_for_what_comes_in_is_told_of(
    cast: Cast, client: Client, disk: Disk, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "gone"

    response = post(client, cast, made.PDF, "a.pdf")

    assert response.status_code == 422
    assert "The file could not be stored, so nothing was added" in words(response)
    assert behind_goal(cast) == []


def test_full_quota_is_told_of(
    cast: Cast, client: Client, disk: Disk, settings: Settings
) -> None:
    settings.EVIDENCE_QUOTA = 10

    response = post(client, cast, made.PDF, "a.pdf")

    assert response.status_code == 422
    assert "Your organisation uses 0 of its 0 MB for files" in words(response)
    assert "Ask an administrator for more room" in words(response)
    assert (behind_goal(cast), disk.files) == ([], [])


@pytest.mark.parametrize(
    ("sent", "kept"),
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


def test_turned_name_of_a_program_is_refused(
    cast: Cast, client: Client, disk: Disk
) -> None:
    response = post_named(client, cast, "invoice\u202efdp.exe".encode())

    assert response.status_code == 422
    assert "The selected file must be a PDF" in words(response)
    assert disk.files == []


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


def test_type_of_a_file_is_that_of_its_content(
    cast: Cast, client: Client, disk: Disk
) -> None:
    post_named(client, cast, b"a.pdf")  # it says that it is text/html

    response = client.get(file_url(behind_goal(cast)[0]))

    assert response["Content-Type"] == "application/pdf"


def test_missing_file_is_told_of(
    cast: Cast, client: Client, disk: Disk, tmp_path: Path
) -> None:
    evidence = added(cast, made.PDF, "Run of 12 May.pdf")
    (tmp_path / (evidence.file.name or "")).unlink()

    response = client.get(file_url(evidence))

    assert response.status_code == 404
    assert "<h1>The file is missing</h1>" in words(response)
    assert "Run of 12 May.pdf" in words(response)


def test_link_is_no_file_to_download(cast: Cast, client: Client) -> None:
    client.post(url(cast.ours.draft), {"link": LINK})

    assert client.get(file_url(behind_goal(cast)[0])).status_code == 404


def test_viewer_downloads_and_is_offered_no_change(cast: Cast, disk: Disk) -> None:
    evidence = added(cast, made.PDF, "Run of 12 May.pdf")
    viewer = Client()
    viewer.force_login(cast.ours.people[Role.VIEWER])

    page = words(viewer.get(url(cast.ours.draft)))

    assert "<h1>Evidence: What is wrong</h1>" in page
    assert "Run of 12 May.pdf" in page
    assert 'name="file"' not in page
    assert "Remove" not in page
    assert body(viewer.get(file_url(evidence))) == made.PDF
    assert viewer.post(url(cast.ours.draft), {"link": LINK}).status_code == 403
    assert behind_goal(cast) == [evidence]


def test_stranger_gets_nothing_and_changes_nothing(cast: Cast, disk: Disk) -> None:
    evidence = added(cast, made.PDF, "a.pdf")
    stranger = Client()
    stranger.force_login(cast.theirs.people[Role.ADMIN])

    answers = [
        stranger.get(file_url(evidence)),
        stranger.get(url(cast.ours.draft)),
        stranger.post(url(cast.ours.draft), {"link": LINK}),
        stranger.post(reverse("remove_evidence", args=[evidence.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert behind_goal(cast) == [evidence]


def test_list_shows_no_evidence_of_the_other_organisation(
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


def test_unknown_question_is_not_found(cast: Cast, client: Client) -> None:
    assert client.get(url(cast.ours.draft, "gaol")).status_code == 404
    answer = client.post(url(cast.ours.draft, "gaol"), {"link": LINK})
    assert answer.status_code == 404


def test_submitted_audit_shows_its_evidence_and_takes_none(
    cast: Cast, client: Client, disk: Disk
) -> None:
    evidence = added(cast, made.PDF, "Run of 12 May.pdf")
    lock(cast)

    page = words(client.get(url(cast.ours.draft)))
    late = post(client, cast, made.PDF, "late.pdf")
    removed = client.post(reverse("remove_evidence", args=[evidence.pk]))

    assert "The audit is submitted, so its evidence stays as it is." in page
    assert "Run of 12 May.pdf" in page
    assert 'name="file"' not in page
    assert late.status_code == 409
    assert "so nothing was added" in words(late)
    assert removed["Location"] == url(cast.ours.draft)
    assert behind_goal(cast) == [evidence]
    assert disk.files == [made.PDF]


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
