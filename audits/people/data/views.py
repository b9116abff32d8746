"""What is stored and for how long; a person's own export, and their erasure."""

from collections.abc import Callable
from functools import wraps
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audits.access.members import (
    MemberRequest,
    for_closed,
    for_readers,
    members_only,
    signed_in_only,
)
from audits.confirming.fresh import fresh_only
from audits.held_forms import held_as
from audits.limits import EXPORTS, limited
from audits.services.jobs.expiry import TASKS_KEPT
from audits.services.organizations import ended_invitations
from audits.services.privacy.erasure import (
    CannotErase,
    erase_person,
    what_stays,
    why_not_erase,
)
from audits.services.privacy.person_export import record_export, write_person

type View = Callable[..., HttpResponseBase]


class EraseForm(forms.Form):
    """Whether a person wants to be erased."""

    sure = forms.BooleanField(
        label="Erase my name, my address and my sign-in. This cannot be undone.",
        widget=forms.CheckboxInput({"class": "form-check-input"}),
        error_messages={"required": "Tick the box to erase yourself"},
    )


def own_only(view: View) -> View:
    """Let people through, and members as any page of members does."""
    of_members = members_only(for_closed(for_readers(view)))
    alone = signed_in_only(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        has_one = getattr(request, "membership", None) is not None
        return (of_members if has_one else alone)(request, *args, **kwargs)

    return guarded


@require_GET
def stored(request: HttpRequest) -> HttpResponse:
    """Tell anybody what Attune stores, why and for how long."""
    context = {
        "idle_hours": settings.SESSION_IDLE_AGE // 3600,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "task_days": TASKS_KEPT.days,
        "invitation_days": ended_invitations.KEPT.days,
    }
    return render(request, "people/data/stored.html", context)


@own_only
@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    """Offer a person their export, and their erasure."""
    return render(request, "people/data/own_data.html")


@held_as("The export of your data", downloads="own_data")
@own_only
@fresh_only
@limited(EXPORTS)
@require_POST
def export_person(request: MemberRequest) -> HttpResponseBase:
    """Send a person what is stored of them, as a zip."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_person(request.user, file)
    record_export(person=request.user)
    file.seek(0)
    name = f"attune-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name)


@own_only
@fresh_only
@require_http_methods(["GET", "POST"])
def erase(request: MemberRequest) -> HttpResponse:
    """Ask a person whether they are sure, and erase them."""
    person = request.user
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _erased(request)
        except CannotErase as error:
            form.add_error(None, str(error))
    why_not = why_not_erase(person)
    context: dict[str, Any] = {
        "form": form,
        "why_not": why_not,
        "stays": [] if why_not else what_stays(person),
    }
    status = 422 if form.errors else 200
    return render(request, "people/data/erase.html", context, status=status)


def _erased(request: MemberRequest) -> HttpResponse:
    """Erase who asks, and say once what stays: nobody can be asked later.

    Raises:
        CannotErase: Something has to be done first.
    """
    person = request.user
    stays = what_stays(person)
    done = erase_person(person=person, by=person)
    logout(request)
    request.membership = None  # type: ignore[assignment]
    context = {"stays": stays, "of_others": done.of_others}
    return render(request, "people/data/erased.html", context)
