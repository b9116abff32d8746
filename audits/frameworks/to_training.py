"""The shape of what a team's own work would have to show before a model is trained."""

from collections.abc import Mapping
from dataclasses import dataclass

# An option, or several picks or ticks.
type Answer = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathsToTraining:
    """Answers that training takes: all of `ready`, and one row of `needs`.

    An answer of a row replaces that of `ready`. Those that turn out not to be needed
    are left out, the first ones first, so the work that takes longest comes first.
    """

    ready: Mapping[str, Answer]
    needs: tuple[Mapping[str, Answer], ...]
