"""What the pages of an organization's administrator have in common."""

from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from audits.access.members import MemberRequest

# The sections: the name of each one's address, and what it is called.
_SECTIONS = (
    ("organization", "General"),
    ("organization_teams", "Teams"),
    ("members", "Members"),
    ("sign_off_rules", "Sign-off rules"),
    ("organization_sign_in", "Sign-in"),
    ("organization_region", "Time zone and numbers"),
    ("organization_data", "Data"),
    ("record", "Record of events"),
)


def show(
    request: MemberRequest, template: str, section: str, context: dict[str, Any]
) -> HttpResponse:
    """Render a page of a section; a refused `form` makes it a 422."""
    form = context.get("form")
    is_refused = isinstance(form, BaseForm) and bool(form.errors)
    return render(
        request,
        f"organization/{template}.html",
        {"sections": _SECTIONS, "section": section, **context},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK,
    )
