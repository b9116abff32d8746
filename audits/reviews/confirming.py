"""Checks who signs off: whether they just proved it, and how they can.

A sign-off is personal, so a session that somebody left open is not enough.
"""

from typing import Literal

from django.conf import settings

from audits.access.members import MemberRequest
from audits.confirming.fresh import is_fresh
from audits.services.people.factors.factors import Factors

type Proof = Literal["none", "asked", "demo"]


def proof_needed(request: MemberRequest) -> Proof:
    """Return the proof needed for a sign-off: none, one that they have, or a tick.

    Nobody needs to repeat a recent sign-in or confirmation. The tick is for people of
    the demo, who have nothing else, in demo mode only.
    """
    has_password = request.user.has_usable_password()
    if settings.DEMO and not has_password and not Factors.of(request.user).is_there:
        return "demo"
    return "none" if is_fresh(request, here=True) else "asked"
