"""Large evidence: copied a few at a time, so that the disk keeps room for others."""

from typing import Any

import pytest
from django.test import Client

from audits import temporary_room
from audits.models import Evidence
from audits.temporary_room import TemporaryCopy, TooManyCopiesError
from tests.casting import Cast
from tests.evidence.conftest import Disk
from tests.evidence.pages import added, body, file_url
from tests.pages import html_of
from tests.uploads.attachments import made_files as made

pytestmark = pytest.mark.once

LARGE = temporary_room.IN_MEMORY + 1


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary_room, "TURN", 0.01)


def large(cast: Cast) -> Evidence:
    return added(cast, made.PDF + b"\n" * LARGE, "Large.pdf")


def test_only_a_few_large_files_are_copied_at_once(
    cast: Cast, client: Client, disk: Disk
) -> None:
    file, small = large(cast), added(cast, made.PDF, "Small.pdf")
    answers: list[Any] = [
        client.get(file_url(file)) for _ in range(temporary_room.LARGE_COPIES)
    ]

    refused = client.get(file_url(file))

    assert refused.status_code == 503
    assert refused["Retry-After"] == "5"
    assert "Too many large files are being downloaded" in html_of(refused)
    assert "The file itself is in order" in html_of(refused)
    assert body(client.get(file_url(small))) == made.PDF
    for answer in answers:
        assert len(body(answer)) == len(made.PDF) + LARGE
    assert len(body(client.get(file_url(file)))) == len(made.PDF) + LARGE


def test_copy_ends_its_turn_once_even_if_nobody_closes_it() -> None:
    for _ in range(3):
        copies = [TemporaryCopy(LARGE) for _ in range(temporary_room.LARGE_COPIES)]
        with pytest.raises(TooManyCopiesError):
            TemporaryCopy(LARGE)
        copies[0].close()
        copies[0].close()
        del copies
