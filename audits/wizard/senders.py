"""Which page sends, and in which order: its tab, its count and what it showed."""

import re

from django.utils.crypto import get_random_string

from audits.access.members import MemberRequest
from audits.services.answers.merging import Sender

_DIGITS = 9
_TAB = re.compile("[A-Za-z0-9]{1,32}")


def sender_of(request: MemberRequest) -> Sender:
    """Return the tab that sends, and the number of its message.

    A form that names no tab is a writer of its own: nothing tells whose it is.
    """
    tab = request.POST.get("tab", "")
    return Sender(
        # Of this person alone: another may send with the same token.
        tab=f"{request.user.pk}-{tab}" if _TAB.fullmatch(tab) else new_tab(),
        seq=whole(request.POST.get("seq", "")),
    )


def new_tab() -> str:
    """Return a token for a page that is shown."""
    return get_random_string(12)


def whole(said: str) -> int:
    """Return the number that a page names, such as a version; 0 if it is none."""
    return int(said) if said.isdecimal() and len(said) < _DIGITS else 0
