"""Forms that crispy renders inside of a page's own form tag."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.http import HttpRequest

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
