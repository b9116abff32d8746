"""Pages in pieces say what whole pages say, compressed or not."""

import gzip
import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from audits.page_pieces import PageInPieces, Passage, Passages, Piece, gzipped
from tests.casting import Cast

# What differs each time a page is drawn.
_CHANCE = re.compile(r'(name="(?:csrfmiddlewaretoken|page-of|tab)" value)="[^"]*"')

passages = st.text(max_size=99).map(Passage.of)
texts = st.binary(max_size=99)
pieces_of_pages = st.lists(
    texts | texts.map(lambda text: text * 9) | passages, max_size=6
)


def whole(pieces: list[Piece]) -> bytes:
    return b"".join(x.text if isinstance(x, Passage) else x for x in pieces)


@pytest.mark.once
@given(pieces_of_pages, st.text("a", max_size=99))
def test_compressed_pieces_unpack_to_the_whole(
    pieces: list[Piece], padding: str
) -> None:
    packed = gzipped(pieces, padding)

    assert gzip.decompress(packed) == whole(pieces)
    assert len(packed) >= len(gzipped(pieces, "")) + len(padding)


def test_passage_is_compressed_with_no_other_text() -> None:
    passage = Passage.of("What the assessment says, at length. " * 99)
    around = b"What the assessment says" * 9

    packed = gzipped([around, passage, around], "")

    assert passage.packed in packed
    assert gzip.decompress(packed) == around + passage.text + around


def test_marks_become_passages_wherever_they_are() -> None:
    drawn = Passages()
    first, second = Passage.of("“one”"), Passage.of("two")
    marks = drawn.mark(first), drawn.mark(second)

    pieces = drawn.pieces(f"“{marks[1]}<passage 0>{marks[0]}{marks[1]}")

    said = (b"\xe2\x80\x9c", second, b"<passage 0>", first, b"", second, b"")
    assert pieces == said


def test_page_that_was_changed_is_one_piece() -> None:
    page = PageInPieces((b"<main>", Passage.of("Train"), b"</main>"))
    assert (page.content, len(page.pieces)) == (b"<main>Train</main>", 3)

    page.content = b"Gone"

    assert page.pieces == (b"Gone",)
    assert "Content-Length" not in page.headers


def test_page_is_put_together_only_for_what_asks() -> None:
    page = PageInPieces((b"<main>", Passage.of("Train"), b"</main>"))
    assert [*page] == [b"<main>", b"Train", b"</main>"]
    assert page["Content-Length"] == str(len(page.content))

    page.write("<p>")

    assert page.pieces == (b"<main>Train</main><p>",)
    assert "Content-Length" not in page.headers


def test_few_bytes_between_passages_are_sent_as_they_are() -> None:
    passage, few = Passage.of("What the assessment says. " * 99), b"</div>\n<nav>"

    packed = gzipped([passage, few, passage], "")

    assert few in packed
    assert gzip.decompress(packed) == whole([passage, few, passage])


@pytest.mark.parametrize("page", ["result", "section", "tasks", "check", "portfolio"])
def test_page_says_the_same_compressed_or_not(cast: Cast, page: str) -> None:
    draft = str(cast.ours.draft.pk)
    args = {
        "result": [str(cast.ours.submitted.pk)],
        "section": [draft, "purpose"],
        "portfolio": [],
    }
    url = reverse(page, args=args.get(page, [draft]))
    said = []
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        client = Client(headers=headers)
        client.force_login(cast.ours.contributor)
        response = client.get(url)
        content = response.content
        if headers:
            assert response["Content-Length"] == str(len(content))
            content = gzip.decompress(content)
        said.append(_CHANCE.sub(r"\1", content.decode()))

    assert said[0] == said[1]
    assert said[0].count("<h1") == 1
    assert "<passage" not in said[0]
