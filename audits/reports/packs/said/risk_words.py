"""What a pack says in a line of the risk of a decision, and of where it is priced."""

import re
import textwrap
from collections.abc import Sequence

from audits.reports.packs.said.total_words import listed

_ROOM = 104  # characters: one line below its row
_END = re.compile(r"(?<=[.!?])\s")


def first_risk(risks: Sequence[str]) -> str:
    """Return the first sentence of the first of some risks; empty without any.

    What follows it, such as how it is controlled, is in the paper.

    >>> first_risk(["Mail could wait, 6 in 100. Desks return it.", "Desks are merged."])
    'Mail could wait, 6 in 100.'
    >>> first_risk([])
    ''
    """
    first = _END.split(risks[0].strip(), maxsplit=1)[0] if risks else ""
    return textwrap.shorten(first, _ROOM, placeholder=" …")


def elsewhere(names: Sequence[str]) -> str:
    """Say which decisions are priced where they may not run; empty without any.

    >>> elsewhere(["Fields"])
    '“Fields” must run on own servers, which have no price: its page has a provider’s.'
    """
    if not names:
        return ""
    who = listed([f"“{name}”" for name in names])
    has = "their pages have" if names[1:] else "its page has"
    return f"{who} must run on own servers, which have no price: {has} a provider’s."
