"""A field for text says its limit, and never lets a browser cut what is pasted."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.conf import settings

from audits.models.fields.text import TypedText, UncutField

# Nobody pastes words into these: addresses, codes, and what is searched for.
_NO_WORDS = frozenset(
    (
        *("accent", "address", "code", "currency", "domain", "email", "issuer"),
        *("passphrase", "q", "secret", "slug"),
    )
)


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


def _forms(of: type[forms.BaseForm] = forms.BaseForm) -> Iterator[Any]:
    for form in of.__subclasses__():
        yield form
        yield from _forms(form)


def test_no_field_for_words_is_cut_in_any_form_of_ours() -> None:
    """A long name, or a list of addresses, would lose its end as it is pasted."""
    import_module(settings.ROOT_URLCONF)  # all views, and so all forms

    cut = {
        (form.__name__, name)
        for form in _forms()
        if form.__module__.startswith("audits.")
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, UncutField)
        and "maxlength" in str(field.widget.attrs)
    }

    assert {(form, name) for form, name in cut if name not in _NO_WORDS} == set()
    assert cut  # it finds those that a browser may cut
