"""Bad input, sent to every place where words or values come in.

It is stored or refused with a message, alike on both databases, and what was typed is
never lost: it is in the answer, or still on the page that sent it.
"""

import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits.models import AnswerRequest, Comment, Evidence, Role, Version
from audits.models.audits import values
from tests.casting import Cast
from tests.examples import some_of
from tests.uploads.attachments import made_files as made
from tests.wizard.bad_input import (
    BOMB,
    UNSTORABLE,
    WORDS,
    Words,
    audit,
    page_of,
    text_of,
)
from tests.wizard.page_forms import send

MEGABYTE = 1024 * 1024


# --- words ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Somewhere words come in: how they are sent, where they are, how many fit."""

    send: Callable[[Client, Cast, str], Any]
    stored: Callable[[Cast], Any]
    most: int
    refusal: str


def _note(client: Client, cast: Cast, text: str) -> Any:
    return send(client, page_of(cast, "question", "state"), note__state=text)


def _comment(client: Client, cast: Cast, text: str) -> Any:
    return client.post(page_of(cast, "add_comment", "state"), {"text": text})


def _ask(client: Client, cast: Cast, text: str) -> Any:
    of = cast.ours.people[Role.ADMIN].public_id
    form = {"section": "cost", "of": of, "message": text}
    return client.post(page_of(cast, "ask"), form)


def _both(client: Client, cast: Cast, text: str) -> Any:
    mine = _set_aside(cast)
    form = {"keep": "both", "text": text}
    return client.post(reverse("settle", args=[mine.public_id]), form)


def _set_aside(cast: Cast, kind: str = "note", value: str = "Mine.") -> Version:
    return Version.objects.create(
        organization=cast.ours.organization,
        audit=cast.ours.draft,
        kind=kind,
        item="goal",
        number=0,
        value=value,
        by=cast.ours.contributor,
        at=cast.ours.draft.created_at,
        set_aside=True,
    )


def _note_stored(cast: Cast) -> Any:
    return values(audit(cast).notes).get("state")


def _both_stored(cast: Cast) -> Any:
    return values(audit(cast).notes).get("goal")


def _comment_stored(cast: Cast) -> Any:
    return (
        Comment.objects.filter(question="state").values_list("text", flat=True).first()
    )


def _ask_stored(cast: Cast) -> Any:
    asked = AnswerRequest.objects.filter(section="cost")
    return asked.values_list("message", flat=True).first()


LONG_NOTE = "The note must be 10,000 characters or fewer"
PLACES = {
    "note": Place(_note, _note_stored, 10_000, LONG_NOTE),
    "two notes put together": Place(_both, _both_stored, 10_000, LONG_NOTE),
    "comment": Place(_comment, _comment_stored, 2_000, "Use 2,000 characters or fewer"),
    "ask": Place(_ask, _ask_stored, 1_000, "Use 1,000 characters or fewer"),
}


@pytest.mark.parametrize("words", WORDS, ids=str)
@pytest.mark.usefixtures("inside")
@pytest.mark.on_both
def test_words_are_kept_or_refused_and_shown_again(
    cast: Cast, ana: Client, words: Words
) -> None:
    for name, place in PLACES.items():
        response = place.send(ana, cast, words.typed)

        if words.kept is not None and len(words.kept) <= place.most:
            assert response.status_code == 302, name
            assert place.stored(cast) == words.kept, name
            continue
        assert response.status_code == 422, name
        assert place.stored(cast) is None, name
        page = text_of(response)
        assert (UNSTORABLE if words.kept is None else place.refusal) in page, name
        assert words.typed in page, name


def _of_each_outcome() -> Iterator[Any]:
    """Yield words that cannot be stored, are changed, and are too long.

    What becomes of the others, and of all in a database, the test before asks.
    """
    once = pytest.mark.once
    for words in WORDS:
        if words.name in {"NUL", "C0 controls"}:
            yield words
        elif words.name == "one character more than a note has":
            yield pytest.param(words, marks=once)
        else:
            yield pytest.param(words, marks=[once, pytest.mark.thorough])


@pytest.mark.parametrize("words", [*_of_each_outcome()], ids=str)
@pytest.mark.usefixtures("inside")
@pytest.mark.on_both
def test_note_sent_as_it_is_typed_is_kept_or_the_page_says_why_not(
    cast: Cast, ana: Client, words: Words
) -> None:
    page = page_of(cast, "question", "state")
    typed = {"state": "none", "note__state": words.typed, "seq": "1"}

    response = send(ana, page, htmx=True, **typed)

    assert response.status_code == 200
    said = text_of(response)
    assert values(audit(cast).answers) == {"state": "none"}
    assert 'id="slot-state"' not in said  # what was typed is not drawn again
    if words.kept is not None and len(words.kept) <= 10_000:
        assert _note_stored(cast) == words.kept
        assert "Saved " in said
    else:
        why = UNSTORABLE if words.kept is None else LONG_NOTE
        assert _note_stored(cast) is None
        assert "Not saved: 1 entry." in said
        assert '<a href="#id_note-state">Go to it</a>' in said
        assert f'id="id_note-state_error">{why}' in said


@pytest.mark.parametrize("words", some_of(WORDS, 6), ids=str)
@pytest.mark.usefixtures("inside")
def test_link_and_its_name_are_kept_or_refused_and_shown_again(
    cast: Cast, ana: Client, words: Words
) -> None:
    page = page_of(cast, "add_evidence", "state")
    link = f"https://example.org/{words.typed}"

    named = ana.post(page, {"link": "https://example.org", "link_name": words.typed})
    linked = ana.post(page, {"link": link, "link_name": "Run"})

    stored = Evidence.objects.filter(question="state")
    assert {named.status_code, linked.status_code} <= {302, 422}
    assert stored.count() == [named.status_code, linked.status_code].count(302)
    if named.status_code == 422:
        assert words.typed in text_of(named)
        assert "There is a problem" in text_of(named)
    if linked.status_code == 422:
        assert link in text_of(linked)
        assert "There is a problem" in text_of(linked)
    assert "\x00" not in "".join(one.name + one.link for one in stored)


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize("words", some_of(WORDS, 6), ids=str)
def test_text_to_count_is_counted_and_shown_again(
    cast: Cast, ana: Client, words: Words
) -> None:
    response = ana.post(page_of(cast, "tokens"), {"text": words.typed})

    assert response.status_code == 200
    assert "tokens</strong> by the tokenizer" in text_of(response)
    assert words.typed in text_of(response)


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "keep"),
    [("answer", "both"), ("level", "both"), ("note", ""), ("note", "\x00")],
)
@pytest.mark.usefixtures("inside")
def test_choice_that_is_not_offered_settles_nothing(
    cast: Cast, ana: Client, kind: str, keep: str
) -> None:
    mine = _set_aside(cast, kind, "none")

    response = ana.post(
        reverse("settle", args=[mine.public_id]), {"keep": keep, "text": "Both."}
    )

    mine.refresh_from_db()
    assert response["Location"] == page_of(cast, "conflicts")
    assert (audit(cast).entries(kind), mine.settled) == ({}, False)


# --- sizes, files ---------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize("name", some_of(["note", "comment", "ask"]))
@pytest.mark.usefixtures("inside")
def test_text_of_10_megabytes_is_refused_at_once_on_a_page_of_ours(
    cast: Cast, ana: Client, name: str
) -> None:
    url = {
        "note": page_of(cast, "question", "state"),
        "comment": page_of(cast, "add_comment", "state"),
        "ask": page_of(cast, "ask"),
    }[name]
    fields = {"text": "message=&note-state=" + "x" * 10 * MEGABYTE}

    for many in (fields, {f"field-{number}": "x" for number in range(1_500)}):
        started = time.thread_time()
        form = urlencode(many)
        kind = "application/x-www-form-urlencoded"
        response = ana.post(url, form, content_type=kind)

        assert time.thread_time() - started < 1
        assert response.status_code in {400, 413}
        assert "Nothing was changed." in text_of(response)
    assert PLACES[name].stored(cast) is None


HOSTILE_FILES = {
    "zip bomb": (made.bomb(4), "a.docx", None),
    "flood of members": (made.flooded_directory(100_000), "a.xlsx", None),
    "pixel flood": (made.PNG, "a.png", "image/png"),
    "script in a PDF": (
        made.PDF + b"<</S/JavaScript/JS(app.alert(1))>> <</S/Launch/F(x.exe)>>",
        "a.pdf",
        "application/pdf",
    ),
    "a million objects": (
        made.PDF + b"1 0 obj<<>>endobj " * 1_000_000,
        "a.pdf",
        "application/pdf",
    ),
    "PDF that is a ZIP too": (made.PDF + made.DOCX, "a.pdf", "application/pdf"),
    "picture with a script": (b"<svg onload=alert(1)>", "a.svg", None),
    "page named a picture": (b"<html><script>", "a.png", None),
    "empty": (b"", "a.pdf", None),
    "name that is none": (made.PDF, ".pdf", "application/pdf"),
    "YAML with aliases": (BOMB.encode(), "a.txt", "text/plain"),
}


@pytest.mark.once
@pytest.mark.parametrize("file", HOSTILE_FILES.values(), ids=HOSTILE_FILES)
@pytest.mark.usefixtures("inside")
def test_hostile_file_is_refused_or_kept_unread(
    cast: Cast, ana: Client, file: tuple[bytes, str, str | None]
) -> None:
    content, name, kept_as = file
    upload = SimpleUploadedFile(name, content)

    tracemalloc.start()
    response = ana.post(
        page_of(cast, "add_evidence", "state"), {"file": upload, "link_name": "Typed"}
    )
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    # The client of this test holds the file twice itself.
    assert most - 3 * len(content) < 50 * MEGABYTE
    stored = Evidence.objects.filter(question="state")
    if kept_as:
        (evidence,) = stored
        assert (evidence.media_type, evidence.size) == (kept_as, len(content))
        assert evidence.file.open("rb").read() == content
    else:
        assert response.status_code == 422
        assert "There is a problem" in text_of(response)
        assert 'value="Typed"' in text_of(response)
        assert list(stored) == []
