"""The page that shows a held form, and offers to send it."""

from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from audits.access.opened_pages import is_own, refuse_page_of_another
from audits.access.sent_forms import entered
from audits.held_forms import all_held, is_own_held, view_that_holds, what_is_held
from audits.models import User


def offer_to_send(request: HttpRequest) -> HttpResponse | None:
    """Show the form sent while signed out to its sender; None if there is none.

    A form that is not from a page of theirs is shown, but cannot be sent.
    """
    name, known = request.GET.get("form"), all_held(request)
    waiting = [one for one in known if not one.get("was_sent")]
    named = (one for one in known if one["id"] == name)
    held = next(named, waiting[-1] if waiting else None)
    if held is None:
        return None
    sent, reader = QueryDict(held["body"]), cast("User", request.user)
    if not is_own(sent, reader):
        return refuse_page_of_another(request, reader, sent, back="")
    context = {
        "page": held["page"],
        "sent": sent,
        "entered": entered(sent),
        "what": (what_is_held(held), held.get("about", "")),
        "waits_for": held.get("waits_for", "sign-in"),
        "held_form": held["id"],
        "downloads": getattr(view_that_holds(held["page"]), "downloads", ""),
        "was_sent": held.get("was_sent", False),
        "others": [
            (one["id"], what_is_held(one), one.get("about", ""))
            for one in waiting
            if one != held and is_own_held(request, one)
        ],
    }
    return render(request, "people/send_held.html", context)
