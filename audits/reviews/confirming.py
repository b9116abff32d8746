"""Checks who signs off: whether they just proved it, and how they can.

A sign-off is personal, so a session that somebody left open is not enough.
"""

import time
from typing import Literal

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from audits.access.members import MemberRequest

type Proof = Literal["none", "password", "demo"]


def proof_needed(request: MemberRequest) -> Proof:
    """Return the proof needed for a sign-off: none, the password, or the demo's tick.

    Nobody needs to repeat a recent sign-in or confirmation. Demo people have no
    password, in demo mode only.
    """
    if settings.DEMO and not request.user.has_usable_password():
        return "demo"
    records = get_authentication_records(request, request.user)
    latest = max((r["at"] for r in records if r["method"] == "password"), default=0)
    recent = time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT
    return "none" if recent else "password"


def check_password(request: HttpRequest, password: str) -> None:
    """Check a password as proof of identity, within the limits of a sign-in.

    Raises:
        ValidationError: It is wrong, or too many were wrong recently.
    """
    if not get_adapter().reauthenticate(request.user, password):
        message = "This is not your password. Enter it again."
        raise ValidationError(message)
    reauthenticate_by_password(request)
