"""Whether a decision of a pack can be put to the vote of the board."""

from typing import Literal

# In the order in which a pack has them.
type Standing = Literal["ready", "not_ready", "deferred"]
STANDINGS: tuple[Standing, ...] = ("ready", "not_ready", "deferred")
