"""Papers of hostile text: nothing is fetched, nothing breaks, all is readable."""

import re
import shutil
import socket
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Cover, Report
from audits.reports.context import Paper, build_paper
from audits.reports.pdf_client import (
    Limits,
    PaperRefused,
    PdfClient,
    manuscript_of,
)
from audits.reports.tasks import queue_report
from audits.reports.typesetting.pdf import Manuscript
from audits.services.answers.entry_checks import NOTE_MAX
from audits.services.papers.covers import save_cover
from tests.casting import Cast
from tests.examples import some_of, thorough
from tests.pages import html_of
from tests.reports.papers import front_of, typesetter, words_behind

pytestmark = pytest.mark.once

LONG_WORD = "W" * 100_000
SCRIPTS = {
    "Arabic": "تصنيف المطالبات",
    "Hebrew": "סיווג תביעות",
    "Chinese, Japanese, Korean": "理赔分流 クレーム 분류",
    "Cyrillic": "Разбор заявок и ёлок",
    "Thai": "การจัดประเภท",
    "emoji": "Go 👍 👩‍👩‍👧 🇪🇺",
    "accents": "e\u0301 a\u0308 o\u0302\u0323 n\u0303",
    "piled accents": "Z" + "\u0301\u0327\u0334" * 10 + "algo",
    "two directions": "Plan תביעות A",
    "quotes and signs": "“<&>” \\ {{ 7 }} {% x %} %PDF",
}
SCHEMES = [
    "http://127.0.0.1:{port}/x",
    "https://127.0.0.1:{port}/x",
    "ftp://127.0.0.1:{port}/x",
    "//127.0.0.1:{port}/x",
    "file://{secret}",
    "{secret}",
    "../../../../..{secret}",
    "app://fonts/../../../..{secret}",
    "data:text/html,<b>x</b>",
    "javascript:alert(1)",
    "gopher://127.0.0.1:{port}/x",
    "jar:file://{secret}!/x",
]
WAYS = (
    '<img src="{0}" alt="x"><object data="{0}"></object><embed src="{0}">'
    '<iframe src="{0}"></iframe><link rel="stylesheet" href="{0}">'
    '<link rel="attachment" href="{0}"><a rel="attachment" href="{0}">x</a>'
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><title>x</title>'
    '<image href="{0}"/><use xlink:href="{0}"/></svg>'
    '<style>@import "{0}"; @font-face {{ font-family: X; src: url("{0}") }} '
    'p {{ background: url("{0}"); font-family: X; content: url("{0}") }}</style>'
    '<p style="list-style-image: url({0}); border-image: url({0})">x</p>'
)
SECRET = "Only the owner of this machine may read it"  # noqa: S105 - of nobody


@pytest.fixture
def paper(cast: Cast) -> Paper:
    with scope(organization=cast.ours.organization):
        return build_paper(cast.ours.submitted)


@pytest.fixture(scope="module")
def pdf_client() -> Iterator[PdfClient]:
    pdf_client = PdfClient(Limits(cpu=30))
    yield pdf_client
    pdf_client.close()


@pytest.fixture
def secret() -> Iterator[Path]:
    with NamedTemporaryFile("w", suffix=".txt") as file:  # its path is short
        file.write(SECRET)
        file.flush()
        yield Path(file.name)


@pytest.fixture
def port() -> Iterator[int]:
    """Listen, and fail a test in which somebody called."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]
        server.settimeout(0.05)
        with pytest.raises(TimeoutError):
            server.accept()


def everywhere(paper: Paper, text: str) -> Paper:
    """Put a text into every place of a paper that has one."""
    one = replace(paper.one, **_texts(paper.one, text), risks=((text, text),) * 3)
    return replace(paper, **_texts(paper, text), one=one)


def _texts(of: Any, text: str) -> dict[str, Any]:
    return {
        field.name: text
        for field in fields(of)
        if isinstance(getattr(of, field.name), str) and field.init
        # One of three words of our own.
        if field.name != "asking"
    }


def written(html: str) -> Manuscript:
    page = f'<!doctype html><html lang="en"><title>x</title><body>{html}</body></html>'
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return Manuscript(html=page, identifier="UC-1", dated=at)


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    program = shutil.which("pdftotext")
    assert program, "poppler-utils is missing; ./run test installs it"
    command = [program, *options, str(file), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode()


def letters(text: str) -> str:
    """Return what one sees: no spaces, no invisible signs, each accent once."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        if char.isspace() or unicodedata.category(char) in ("Cf", "Cc"):
            continue
        if not (unicodedata.combining(char) and char in _accents(kept)):
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(_in_order(kept)))


def _accents(kept: list[str]) -> list[str]:
    start = len(kept)
    while start and unicodedata.combining(kept[start - 1]):
        start -= 1
    return kept[start:]


def _in_order(kept: list[str]) -> str:
    return unicodedata.normalize("NFD", "".join(kept))


@pytest.mark.parametrize("text", some_of(SCRIPTS.values(), 1), ids=SCRIPTS.keys())
def test_every_script_is_set_and_can_be_read_out(
    paper: Paper, pdf_client: PdfClient, text: str, tmp_path: Path
) -> None:
    pdf = pdf_client.pdf_of(manuscript_of(everywhere(paper, text)))

    read = letters(text_of(pdf, tmp_path))
    assert all(letters(word) in read for word in text.split(" "))


def test_one_long_word_is_refused_where_it_is_given(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        for name in (
            "meeting",
            "sponsor",
            "decision_asked",
            "if_nothing",
            "why_now",
            "next_date",
        ):
            with pytest.raises(ValidationError):
                save_cover(
                    audit=tenant.submitted,
                    by=tenant.contributor,
                    fields={name: LONG_WORD},
                )
        assert not Cover.objects.exists()
    client = Client()
    client.force_login(tenant.contributor)
    client.post(reverse("cover", args=[tenant.submitted.pk]), {"why_now": LONG_WORD})
    with scope(organization=tenant.organization):
        assert not Cover.objects.exists()


@pytest.mark.parametrize("letter", [thorough("W"), "\u0301"])
def test_longest_word_that_may_be_given_is_set(
    paper: Paper, pdf_client: PdfClient, letter: str
) -> None:
    pdf = pdf_client.pdf_of(manuscript_of(everywhere(paper, letter * 500)))

    with pikepdf.open(BytesIO(pdf)) as document:
        assert 2 <= len(document.pages) <= 40


def test_long_word_begins_beside_its_heading(paper: Paper, tmp_path: Path) -> None:
    long = replace(paper, one=replace(paper.one, if_nothing="W" * 500))

    read = text_of(front_of(long).pdf, tmp_path, "-layout")

    assert re.search(rf"^ *{paper.one.nothing_head} +WWW", read, re.MULTILINE)


@pytest.mark.thorough
def test_word_as_long_as_a_note_is_set_or_refused_in_words(
    pdf_client: PdfClient,
) -> None:
    pdf = pdf_client.pdf_of(written(f"<article><p>{'W' * NOTE_MAX}</p></article>"))

    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) > 1


@pytest.mark.thorough
def test_nested_tags_are_text(
    paper: Paper, pdf_client: PdfClient, tmp_path: Path
) -> None:
    nested = "<div> " * 2000

    pdf = pdf_client.pdf_of(
        manuscript_of(replace(paper, one=replace(paper.one, why_now=nested)))
    )

    assert letters(text_of(pdf, tmp_path)).count("<div>") == 2000


def test_nested_elements_are_refused_in_words(pdf_client: PdfClient) -> None:
    with pytest.raises(PaperRefused, match="a fault in Attune"):
        pdf_client.pdf_of(written("<div>" * 2000))


def test_direction_marks_move_letters_and_lose_none(
    paper: Paper, tmp_path: Path
) -> None:
    read = [
        Counter(letters(text_of(front_of(everywhere(paper, text)).pdf, tmp_path)))
        for text in ("a\u202eb c\u202cd\u2066e\u2069", "ab cde")
    ]

    assert read[0] == read[1]


def test_name_in_another_direction_moves_no_number_beside_it(
    paper: Paper, tmp_path: Path
) -> None:
    turned = replace(paper, owner="מקרה", team="12 units")

    read = text_of(front_of(turned).pdf, tmp_path)

    # pdftotext puts marks of direction around the name.
    assert "Owner מקרה, 12 units" in re.sub("[\u202a-\u202e]", "", read)


@pytest.mark.parametrize(
    "schemes",
    [SCHEMES[:6:5], thorough(SCHEMES)],
    ids=["some", "all"],
)
def test_addresses_in_every_field_are_text(
    paper: Paper, port: int, secret: Path, tmp_path: Path, schemes: list[str]
) -> None:
    addresses = [scheme.format(port=port, secret=secret) for scheme in schemes]
    text = '"><img src=' + " ><img src=".join(addresses)

    # In this process, whose every connection is watched.
    pdf = typesetter().pdf_of(manuscript_of(everywhere(paper, text)), max_pages=40)

    read = letters(text_of(pdf, tmp_path))
    assert letters(text) in read
    assert letters(SECRET) not in read
    with pikepdf.open(BytesIO(pdf)) as document:
        assert secret.name not in document.attachments


def test_address_in_every_element_is_refused(
    pdf_client: PdfClient, port: int, secret: Path, tmp_path: Path
) -> None:
    """Escaping is the first wall; here it has fallen."""
    addresses = [scheme.format(port=port, secret=secret) for scheme in SCHEMES]
    pdf = pdf_client.pdf_of(written("".join(map(WAYS.format, addresses))))

    assert letters(SECRET) not in letters(text_of(pdf, tmp_path))
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.attachments) == 0
        for item in document.objects:
            if isinstance(item, pikepdf.Stream):
                assert SECRET.encode() not in item.read_raw_bytes()


@pytest.mark.usefixtures("stand_ins")
def test_person_who_asks_for_a_hostile_paper_gets_it(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}
    }
    tenant = cast.ours
    hostile = f"{SCRIPTS['emoji']} <script>x</script> 理赔"
    with scope(organization=tenant.organization):
        use_case = tenant.submitted.use_case
        use_case.name = hostile
        use_case.save()
        words = {"why_now": hostile, "sponsor": hostile, "next_date": hostile}
        save_cover(audit=tenant.submitted, by=tenant.contributor, fields=words)
        report = queue_report(audit=tenant.submitted, by=tenant.contributor)
    client = Client()
    client.force_login(tenant.contributor)

    page = html_of(client.get(reverse("paper", args=[report.pk])))

    assert "The paper is ready." in page
    with scope(organization=tenant.organization):
        file = Report.objects.get(pk=report.pk).file.read()
    read = letters("".join(words_behind(file)))
    assert all(letters(word) in read for word in hostile.split())
