"""Identifies the sending page: its tab, its message number and its versions."""

import re
import secrets

from audits.access.members import MemberRequest
from audits.services.answers.merging import Sender

_DIGITS = 9
_TAB = re.compile("[A-Za-z0-9]{1,32}")


def sender_of(request: MemberRequest) -> Sender:
    """Return the tab that sends, and the number of its message.

    A form without a tab is a separate writer: nothing says which page it is from.
    """
    tab = request.POST.get("tab", "")
    return Sender(
        # For this person only: another may send with the same token.
        tab=f"{request.user.pk}-{tab}" if _TAB.fullmatch(tab) else new_tab(),
        seq=whole(request.POST.get("seq", "")),
    )


def new_tab() -> str:
    """Return a token for a new page."""
    return secrets.token_hex(9)


def whole(said: str) -> int:
    """Return the number in a page's field, such as a version; 0 if it is not one."""
    return int(said) if said.isdecimal() and len(said) < _DIGITS else 0
