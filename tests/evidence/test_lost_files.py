"""Evidence whose file is lost: never served, told of wherever it is relied on."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Event, Evidence, FileProblem, Import
from audits.reports.context import build_paper
from audits.reports.pdf_client import to_html
from audits.reports.tasks import queue_report
from audits.services.answers.answers import save_answers
from audits.services.answers.evidence import remove_evidence
from audits.services.files.stored_files import check_files
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.evidence.conftest import Disk
from tests.evidence.pages import added, body, file_url, url, words
from tests.examples import some_of
from tests.lost_files import LOSSES, SILENT, Loss, delete, replace
from tests.pages import html_in
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.uploads.attachments import made_files as made

NAME = "Run of 12 May.pdf"
NAMES = [lose.__name__ for lose, _ in LOSSES]


def path_of(evidence: Evidence) -> Path:
    return Path(evidence.file.path)


@pytest.mark.parametrize(("lose", "state"), some_of(LOSSES, 2), ids=NAMES)
def test_lost_evidence_is_not_served_and_says_what_to_do(
    cast: Cast, client: Client, disk: Disk, lose: Loss, state: str
) -> None:
    evidence = added(cast, made.PDF, NAME)
    lose(path_of(evidence))

    answer = client.get(file_url(evidence))

    assert answer.status_code == 404
    said = words(answer)
    was = "is missing" if state == "missing" else "was altered"
    assert f"<h1>The file {was}</h1>" in said
    assert "<bdi>Northgate contributor</bdi> added <bdi>Run of 12 May.pdf</bdi>" in said
    assert f"{evidence.added_at.day} {evidence.added_at:%B %Y}" in said
    assert "Add the original again, then remove this entry." in said
    assert f"<strong>File {state}</strong>" in words(client.get(url(cast.ours.draft)))
    question = reverse("question", args=[cast.ours.draft.pk, "goal"])
    assert f"<strong>File {state}</strong>" in words(client.get(question))


def test_lost_evidence_is_recorded_once_and_closed_when_it_is_right(
    cast: Cast,
    client: Client,
    disk: Disk,
    caplog: pytest.LogCaptureFixture,
) -> None:
    evidence = added(cast, made.PDF, NAME)
    replace(path_of(evidence))
    for _ in range(2):
        client.get(file_url(evidence))
    with scope(organization=cast.ours.organization):
        problem = FileProblem.objects.get()
        assert (problem.kind, problem.state) == ("evidence", "altered")
        assert (problem.what, problem.file) == ("UC-0001, goal", evidence.file.name)
        event = Event.objects.get(verb="file.altered")
        assert event.subject == str(evidence.pk)
        assert event.details["found"] != evidence.digest
    assert len([r for r in caplog.records if r.levelname == "ERROR"]) == 1

    path_of(evidence).write_bytes(made.PDF)

    assert body(client.get(file_url(evidence))) == made.PDF
    with scope(organization=cast.ours.organization):
        assert FileProblem.objects.get().closed_at is not None
        assert Event.objects.filter(verb="file.right_again").count() == 1
    assert "<strong>File" not in words(client.get(url(cast.ours.draft)))


@pytest.mark.parametrize("storage", some_of(SILENT))
def test_silent_storage_loses_no_evidence(
    cast: Cast, client: Client, disk: Disk, settings: Settings, storage: str
) -> None:
    evidence = added(cast, made.PDF, NAME)
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": storage}}

    answer = client.get(file_url(evidence))

    assert answer.status_code == 503
    assert "<h1>The file storage is not responding</h1>" in words(answer)
    with scope(organization=cast.ours.organization):
        assert not FileProblem.objects.exists()


@pytest.mark.once
def test_result_and_paper_do_not_rely_on_a_lost_file(
    cast: Cast, client: Client, disk: Disk
) -> None:
    tenant = cast.ours
    evidence = added(cast, made.PDF, NAME)
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=RETRIEVAL_CASE)
        audit = submit_audit(audit=tenant.draft, by=tenant.contributor)
        before = queue_report(audit=audit, by=tenant.contributor)
        assert "file missing" not in to_html(build_paper(audit), "s105")
    result = reverse("result", args=[audit.pk])
    assert "file missing" not in words(client.get(result))
    delete(path_of(evidence))
    client.get(file_url(evidence))

    said = words(client.get(result))
    assert "<strong>File missing or altered:</strong>" in said
    assert f"<bdi>{NAME}</bdi></a> (What is wrong): file missing" in said
    with scope(organization=tenant.organization):
        assert "; file missing</td>" in html_in(to_html(build_paper(audit), "s105"))
        # It is another paper than the one that relied on the file.
        assert queue_report(audit=audit, by=tenant.contributor).pk != before.pk


@pytest.mark.on_both
def test_problem_of_removed_evidence_is_closed(
    cast: Cast, client: Client, disk: Disk
) -> None:
    evidence = added(cast, made.PDF, NAME)
    delete(path_of(evidence))
    client.get(file_url(evidence))
    with scope(organization=cast.ours.organization):
        remove_evidence(evidence=evidence, by=cast.ours.contributor)
        FileProblem.objects.update(seen_at="2026-01-01T00:00Z")

        check_files()

        assert FileProblem.objects.get(subject=evidence.pk).closed_at is not None


def test_nothing_of_an_imported_file_is_stored_or_served(
    cast: Cast, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    upload: Any = (b"Reference,Name,Team,What it does\nA,B,C,D\n", "inventory.csv")
    with (tmp_path.parent / upload[1]).open("w+b") as file:
        file.write(upload[0])
        file.seek(0)
        client.post(reverse("import_upload"), {"file": file})

    with scope(organization=cast.ours.organization):
        assert Import.objects.filter(file_name="inventory.csv").exists()
    assert default_storage.listdir("") == ([], [])
