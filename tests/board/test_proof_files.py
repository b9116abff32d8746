"""The file of a board’s minutes and of a proof: kept, shown and handed out safely."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import (
    Audit,
    BoardDecision,
    ConditionStep,
    Event,
    FileProblem,
    ProofFile,
    Role,
)
from audits.services.answers.evidence import QuotaFull, require_room
from audits.services.files.stored_files import check_files
from audits.services.reviews.condition_steps import meet_condition
from tests.board.boards import in_days, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.reviews.conftest import client_of
from tests.reviews.test_condition_page import asked_of
from tests.uploads.attachments import made_files as made

NAME = "Minutes of 12 January.pdf"
DIGEST = hashlib.sha256(made.PDF).hexdigest()


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def audit(cast: Cast) -> Audit:
    with scope(organization=cast.ours.organization):
        return sign(cast.ours)


@pytest.fixture
def member(cast: Cast) -> Client:
    return client_of(cast, Role.CONTRIBUTOR)


def minutes(content: bytes = made.PDF, name: str = NAME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def decide(client: Client, audit: Audit, **more: Any) -> Any:
    form = {
        "read": "0",
        "outcome": "approved",
        "decided_on": in_days(0).isoformat(),
        "meeting": "Board, winter",
        "carry_out_by": in_days(30).isoformat(),
        **more,
    }
    return client.post(reverse("board_decided", args=[audit.pk]), form)


def stored(media: Path) -> list[bytes]:
    return [x.read_bytes() for x in (media / "proofs").rglob("*") if x.is_file()]


def proof(cast: Cast) -> ProofFile:
    with scope(organization=cast.ours.organization):
        return ProofFile.objects.get()


def test_file_of_the_minutes_is_kept_shown_and_recorded(
    cast: Cast, audit: Audit, member: Client, media: Path
) -> None:
    link = {"link": "https://wiki.example/minutes", "name": "In the wiki"}

    assert decide(member, audit, file=minutes(), **link).status_code == 302

    page = " ".join(html_of(member.get(reverse("board", args=[audit.pk]))).split())
    kept = proof(cast)
    url = reverse("proof_file", args=[kept.pk])
    assert stored(media) == [made.PDF]
    assert (kept.digest, kept.size) == (DIGEST, len(made.PDF))
    assert f'<a href="{url}"><bdi>{NAME}</bdi></a>' in page
    assert f'SHA-256 <span class="code">{DIGEST[:12]}</span>' in page
    assert "In the wiki</bdi></a>" in page
    with scope(organization=cast.ours.organization):
        event = Event.objects.get(verb="board.approved")
        assert event.details["sha256"] == DIGEST
        assert event.details["link"] == link["link"]
        assert BoardDecision.objects.get().file == kept


def test_file_is_handed_out_to_be_saved_and_runs_nothing(
    cast: Cast, audit: Audit, member: Client
) -> None:
    decide(member, audit, file=minutes())
    url = reverse("proof_file", args=[proof(cast).pk])

    response: Any = client_of(cast, Role.VIEWER).get(url)

    assert b"".join(response.streaming_content) == made.PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{NAME}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with scope(organization=cast.ours.organization):
        line = Event.objects.get(verb="proof.downloaded")
    assert line.subject == str(proof(cast).pk)
    other = Client()
    other.force_login(cast.theirs.contributor)
    assert other.get(url).status_code == 404


def test_refused_file_is_told_of_and_nothing_is_stored(
    cast: Cast, audit: Audit, member: Client, media: Path
) -> None:
    for file, said in (
        (minutes(b"<html>", "minutes.html"), "The selected file must be a PDF"),
        (minutes(b"", "minutes.pdf"), "The selected file is empty"),
        (minutes(made.PDF, "minutes.png"), "its content is PDF"),
    ):
        response = decide(member, audit, file=file)

        assert response.status_code == 422
        assert said in html_of(response)
        assert 'value="Board, winter"' in html_of(response)
    with scope(organization=cast.ours.organization):
        assert not BoardDecision.objects.exists()
        assert not ProofFile.objects.exists()
    assert stored(media) == []


def test_file_of_a_decision_that_is_not_stored_is_not_kept(
    cast: Cast, audit: Audit, member: Client, media: Path
) -> None:
    refused = decide(member, audit, file=minutes(), meeting="")
    late = decide(member, audit, file=minutes(), read="7")

    assert "Select the file again: nothing was stored yet" in html_of(refused)
    assert "Somebody recorded a decision after you opened this page" in html_of(late)
    assert "Select the file again: nothing was stored yet" in html_of(late)
    with scope(organization=cast.ours.organization):
        assert not ProofFile.objects.exists()
    assert stored(media) == []


@pytest.mark.thorough
def test_files_of_minutes_have_their_part_of_the_quota(
    cast: Cast, audit: Audit, member: Client, media: Path, settings: Settings
) -> None:
    decide(member, audit, file=minutes())
    with scope(organization=cast.ours.organization):
        settings.EVIDENCE_QUOTA = 2 * len(made.PDF)
        with pytest.raises(QuotaFull):
            require_room(cast.ours.organization.pk, 1 + len(made.PDF))

    response = decide(member, audit, file=minutes(), read="1")

    assert response.status_code == 422
    assert "Ask an administrator for more space" in html_of(response)
    assert stored(media) == [made.PDF]


def test_altered_file_is_not_handed_out_and_operators_are_told(
    cast: Cast, audit: Audit, member: Client, media: Path
) -> None:
    decide(member, audit, file=minutes())
    kept = proof(cast)
    Path(kept.file.path).write_bytes(b"%PDF other")

    assert check_files() == 1
    response = member.get(reverse("proof_file", args=[kept.pk]))

    assert response.status_code == 404
    assert "The file was altered" in html_of(response)
    with scope(organization=cast.ours.organization):
        problem = FileProblem.objects.get()
    assert (problem.kind, problem.subject) == ("proof", kept.pk)


def test_proof_of_a_condition_may_be_a_file(
    cast: Cast, member: Client, media: Path
) -> None:
    found = asked_of(cast.ours)
    url = reverse("condition_met", args=[found.pk])

    form = {"words": "Tested on 30.", "file": minutes(name="Test of 30.pdf")}
    page = html_of(member.post(url, form, follow=True))

    kept = proof(cast)
    assert f'href="{reverse("proof_file", args=[kept.pk])}"' in page
    assert DIGEST[:12] in page
    with scope(organization=cast.ours.organization):
        step = ConditionStep.objects.get()
        assert step.proof == "the file “Test of 30.pdf”"
        assert Event.objects.get(verb="condition.met").details["sha256"] == DIGEST
        lead = cast.ours.contributor
        # It is met already, so another file of the same is not kept.
        again: dict[str, Any] = {"words": "Again.", "file": minutes()}
        assert not meet_condition(condition=found, by=lead, **again)
    assert stored(media) == [made.PDF]
    refused = member.post(url, {"words": "", "file": minutes()})
    assert "Select the file again" in html_of(refused)
