"""The standing of a reason, in the same words on every page and paper."""

from collections.abc import Mapping
from typing import Literal

ReasonStanding = Literal["measured", "claimed", "absent", "unknown"]
STANDINGS: Mapping[ReasonStanding, str] = {
    "measured": "Holds",
    "claimed": "Possible, not measured",
    "absent": "Does not hold",
    "unknown": "Not known",
}
# The same in a column of a table, and what a rule or a blocker is that decides.
IN_SHORT: Mapping[ReasonStanding, str] = {
    "measured": "Holds",
    "claimed": "Possible",
    "absent": "Does not hold",
    "unknown": "Not known",
}
MATCHED = "Holds"
FORBIDS = "Forbids"

# Said where no open answer can change a verdict; the second where what is known rests
# on words alone, so that nobody takes it for proven.
SETTLED = "No unanswered question can change the verdict"
NOT_PROVEN = (
    "No unanswered question can change the verdict, but some answers are only asserted"
)
# Strengths of evidence that show nothing.
_WEAK = ("none", "said")


def settled(strength: str) -> str:
    """Say that no open answer can change a verdict, and if nothing is proven.

    Args:
        strength: The id of the strength of evidence; empty without one.
    """
    return NOT_PROVEN if strength in _WEAK else SETTLED
