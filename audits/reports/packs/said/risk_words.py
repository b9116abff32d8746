"""The first risk of a decision, as short as its row in a pack has room for."""

import re
import textwrap
from collections.abc import Sequence

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
