"""A field for text says its limit, and never lets a browser cut what is pasted."""

import pytest
from django import forms

from audits.models.fields.text import TypedText


class _Form(forms.Form):
    name = TypedText(label="Name (optional)", max_length=5, help_text="Any name.")
    note = TypedText(
        max_length=5000,
        help_text="5,000 characters or fewer.",
        error_messages={"max_length": "The note: %(limit_value)d or fewer"},
    )


def test_browser_is_told_the_room_and_not_to_cut() -> None:
    page = str(_Form())

    assert "maxlength" not in page
    assert page.count('data-room="5"') == page.count('data-room="5000"') == 1


def test_hint_says_the_limit_once() -> None:
    fields = _Form().fields

    assert fields["name"].help_text == "Any name. Up to 5 characters."
    assert fields["note"].help_text == "5,000 characters or fewer."


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (
            "name",
            "abcdef",
            "Name: use 5 characters or fewer; it is 1 character too long",
        ),
        (
            "note",
            "x" * 6500,
            "The note: 5000 or fewer; it is 1,500 characters too long",
        ),
        ("name", " abcde\r\n", None),
    ],
)
def test_error_says_by_how_many_characters_a_text_is_too_long(
    field: str, typed: str, said: str | None
) -> None:
    form = _Form({field: typed})

    assert (form.errors.get(field) or [None])[0] == said
    assert typed in str(form[field]).replace("\n", "\r\n") or said is None
