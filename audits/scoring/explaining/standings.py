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
