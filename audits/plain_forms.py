"""Forms that crispy renders inside of a page's own form tag."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.http import HttpRequest

from audits.models.fields.own_fields import MOST_OF_TEXT, OwnField
from audits.models.fields.text import UncutField
from audits.services.answers.evidence import NOT_STORED
from audits.temporary_room import NO_ROOM
from audits.uploads.attachments.contents import too_large
from audits.uploads.handler import dropped_file


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainField:
    """A field as plain values, quicker to draw than by a widget.

    `options` are those of a select, `limits` what a text or a day may be at most.
    """

    name: str
    label: str
    value: str
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    type: str = "text"
    limits: tuple[tuple[str, str], ...] = ()


def plain_fields(
    form: forms.Form, *, without: Collection[str] = ()
) -> tuple[PlainField, ...]:
    """Return the fields but some as plain values; none if any is refused."""
    if form.errors:
        return ()
    return tuple(_plain(form[name]) for name in form.fields if name not in without)


def _plain(bound: forms.BoundField) -> PlainField:
    options = tuple(getattr(bound.field, "choices", ()))
    widget = bound.field.widget
    return PlainField(
        name=bound.name,
        label=str(bound.label),
        value=bound.value() or "",
        help=str(bound.help_text),
        options=_as_texts(options),
        type=getattr(widget, "input_type", "select"),
        limits=tuple((name, str(most)) for name, most in widget.attrs.items()),
    )


@lru_cache(maxsize=256)
def _as_texts(options: tuple[tuple[Any, Any], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in options)


class PlainForm(forms.Form):
    """A form that crispy renders without its tag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class FileForm(PlainForm):
    """A form with a file; `refused` says why it was dropped on its way, if it was."""

    def __init__(self, *args: Any, refused: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.refused:
            self.errors.pop("file", None)
            self.add_error("file", self.refused)
        return cleaned


def why_dropped(request: HttpRequest, smaller: str) -> str | None:
    """Say why a file of a request was dropped on its way; None if none was.

    Args:
        request: The request; its form is read.
        smaller: How to make a file that is too large smaller.
    """
    dropped = dropped_file(request)
    if dropped is None:
        return None
    if dropped == NO_ROOM:
        return NOT_STORED
    return f"{too_large(settings.EVIDENCE_MAX_BYTES)}: {smaller}"


class _OwnText(UncutField):
    """A field of the organization's own, which reads what is typed by its kind."""

    def __init__(self, field: OwnField, **options: Any) -> None:
        super().__init__(required=False, label=f"{field.name} (optional)", **options)
        self._own = field

    def clean(self, value: Any) -> Any:
        return self._own.read(super().clean(value))


def own_input(
    field: OwnField, now: Any = None, *, unset: str = "Not set"
) -> forms.Field:
    """Return the input of a field; a choice that is gone stays with who has it."""
    if field.kind == "choice":
        gone = [now] if now and now not in field.choices else []
        choices = [("", unset), *((x, x) for x in (*field.choices, *gone))]
        return forms.ChoiceField(
            choices=choices, required=False, label=f"{field.name} (optional)"
        )
    if field.kind == "date":
        return _OwnText(field, widget=forms.DateInput({"type": "date"}))
    room = MOST_OF_TEXT if field.kind == "text" else None
    return _OwnText(field, max_length=room)
