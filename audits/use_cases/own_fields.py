"""The page on which an administrator says which fields use cases have besides ours."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.members import MemberRequest, members_only, require_administrator
from audits.models.fields.own_fields import (
    KINDS,
    MOST_CHOICES,
    MOST_FIELDS,
    MOST_OF_NAME,
    OwnField,
    fields_of,
)
from audits.plain_forms import PlainForm
from audits.services.use_cases.own_fields import archive_field, move_field, save_field


class OwnFieldForm(PlainForm):
    """A name, a kind that is chosen once, and the choices of a choice."""

    name = forms.CharField(
        required=False,
        help_text=f"Up to {MOST_OF_NAME} characters, such as “Cost centre”.",
    )
    kind = forms.ChoiceField(
        choices=KINDS.items(),
        required=False,
        help_text="You cannot change it later, because saved values depend on it.",
    )
    choices = forms.CharField(
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=f"For a choice: one on each line, up to {MOST_CHOICES}. A use case "
        "keeps a choice that is removed.",
    )

    def __init__(self, field: OwnField | None, data: Any = None) -> None:
        self.own = field
        initial = {}
        if field:
            initial = {"name": field.name, "choices": "\n".join(field.choices)}
        key = field.key if field else "new"
        super().__init__(data, initial=initial, prefix=key, auto_id=f"{key}_%s")
        if field:
            del self.fields["kind"]
            if field.kind != "choice":
                del self.fields["choices"]

    @property
    def given(self) -> dict[str, Any]:
        """What the service takes of it."""
        fields = self.cleaned_data
        given = {"name": fields["name"], "choices": fields.get("choices", "")}
        given["choices"] = given["choices"].splitlines()
        return given | ({"kind": fields["kind"] or "text"} if "kind" in fields else {})


@members_only
@require_http_methods(["GET", "POST"])
def own_fields(request: MemberRequest) -> HttpResponse:
    """Show the fields of the organization, or add, change, move or archive one."""
    require_administrator(request.membership)
    if request.method == "GET":
        return _show(request)
    key, does = request.POST.get("key", ""), request.POST.get("do", "")
    field = next((each for each in _fields(request) if each.key == key), None)
    form = OwnFieldForm(field, request.POST)
    whose: dict[str, Any] = {
        "organization": request.membership.organization,
        "by": request.user,
    }
    try:
        if does == "up":
            move_field(**whose, key=key)
        elif does in {"archive", "restore"}:
            archive_field(**whose, key=key, is_archived=does == "archive")
        elif form.is_valid():
            saved = save_field(**whose, key=key, **form.given)
            messages.success(request, f"The field “{saved.name}” is saved.")
    except ValidationError as error:
        form.is_valid()
        _tell(form, error.message_dict)
    if form.is_bound and form.errors:
        return _show(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("own_fields")


def _tell(form: OwnFieldForm, said: Mapping[str, list[str]]) -> None:
    for name, errors in said.items():
        for error in errors:
            form.add_error(name if name in form.fields else None, error)


def _fields(request: MemberRequest) -> tuple[OwnField, ...]:
    return fields_of(request.membership.organization.own_fields)


def _show(
    request: MemberRequest,
    form: OwnFieldForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Show all of them; the form that was refused has what was typed."""
    refused = form.own.key if form and form.own else None
    fields = _fields(request)
    used = [field for field in fields if not field.is_archived]
    context = {
        "nav": "portfolio",
        "form": form,
        "used": [
            (
                field,
                KINDS[field.kind],
                form if field.key == refused else OwnFieldForm(field),
            )
            for field in used
        ],
        "archived": [field for field in fields if field.is_archived],
        "new": form if form and not form.own else OwnFieldForm(None),
        "is_full": len(used) >= MOST_FIELDS,
        "most": MOST_FIELDS,
    }
    return render(request, "use_cases/own_fields.html", context, status=status)
