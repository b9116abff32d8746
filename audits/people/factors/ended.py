"""Ending sessions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from audits.access.members import signed_in_only
from audits.confirming.fresh import fresh_only
from audits.held_forms import held_as
from audits.people.factors.views import SignedInRequest
from audits.services.people.sessions import (
    end_session,
    end_sessions,
    sign_out_everywhere,
)


@held_as("Sign out of a session")
@signed_in_only
@fresh_only
@require_POST
def end(request: SignedInRequest) -> HttpResponse:
    """End one session, all others, or all of them with this one."""
    name = request.POST.get("session", "")
    this = request.session.session_key
    if name == "all":
        sign_out_everywhere(user=request.user)
        request.session.flush()
        return redirect("account_login")
    if name == "others":
        number = end_sessions(user=request.user, by=request.user, but=this)
        messages.success(request, _signed_out(number))
    elif end_session(user=request.user, name=name):
        messages.success(request, _signed_out(1))
    return redirect("sign_in_security")


def _signed_out(number: int) -> str:
    """Return how many devices were signed out.

    >>> _signed_out(0), _signed_out(2)
    ('No other device was signed in.', '2 devices are signed out.')
    """
    if number == 0:
        return "No other device was signed in."
    return f"{number} device{' is' if number == 1 else 's are'} signed out."
