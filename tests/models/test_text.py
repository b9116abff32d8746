"""Text as it is stored: what somebody who reads it sees, and nothing else."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.models.fields.text import TypedText, clean_text
from tests.examples import up_to

_ODD = st.text(
    st.sampled_from("ae5 \u0301\u034f\u200b\u200c\u200d\u202e\u2066\u00ad\ufeff")
    | st.sampled_from("می\u0301कक्\u0600\U0001f3f4\U000e0067\U000e007f\U000e0001")
    | st.sampled_from("\U0001f469\U0001f3fd\ufe0f\r\n\t\x01\x85\u212b")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
)


def test_amount_is_stored_as_it_is_read() -> None:
    """U+202E would print 000,5 as 5,000."""
    assert clean_text("Approve \u202e000,5\u202c USD") == "Approve 000,5 USD"


def test_change_that_nobody_can_see_is_no_change() -> None:
    for unseen in "\u200b\u2060\ufeff\u00ad\u200e\u061c\u180e\ufffb\U000e0041\u200c":
        assert clean_text(f"Stop the{unseen} project") == "Stop the project", unseen


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cرود",
        "क्\u200dष",
        "\U0001f469\U0001f3fd\u200d\U0001f52c",
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u0600\u0661\u0662",
    ],
)
def test_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert clean_text(text) == text


def test_accent_meets_its_letter_once_nothing_is_between() -> None:
    assert clean_text("e\u200b\u0301") == "é"


def test_words_of_which_nothing_is_seen_are_no_words() -> None:
    with pytest.raises(ValidationError):
        TypedText().clean("\u200b \u202e")


@pytest.mark.parametrize("end", ["", "é"])
def test_of_ascii_all_but_control_characters_is_kept(end: str) -> None:
    text = "".join(map(chr, range(1, 128)))

    kept = "\t\n\n" + "".join(map(chr, range(32, 127)))
    assert clean_text(text + end) == kept + end


@settings(max_examples=up_to(3_000))
@given(_ODD)
def test_clean_text_is_clean_once_and_turns_nothing(text: str) -> None:
    cleaned = clean_text(text)

    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert turning.isdisjoint(map(unicodedata.bidirectional, cleaned))
    assert not set(cleaned) & set("\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad")
    assert "\u200d\u200d" not in cleaned
