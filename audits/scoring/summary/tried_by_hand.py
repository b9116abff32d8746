"""What was tried by hand beside what results show, and how well that is known."""

from typing import NamedTuple

from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.inputs import Inputs
from audits.scoring.scored.by_hand import TRIED, ticks_by_hand


class TriedByHand(NamedTuple):
    """What was tried where results show a part of it.

    `shown` are the ticks that results show, `by_hand` the others, and `level` is how
    the others are known.
    """

    shown: tuple[str, ...]
    by_hand: tuple[str, ...]
    level: EvidenceLevel


def tried_by_hand(inputs: Inputs) -> TriedByHand | None:
    """Return what was tried; None where results show all of it, or nothing."""
    told = inputs.answered
    rows = told.behind.get(TRIED)
    ticks = ticks_by_hand(rows, inputs.codes) if rows else ()
    if not ticks:
        return None
    level = inputs.levels.get(TRIED, "asserted")
    shown = tuple(x for x in told.codes[TRIED] if x not in ticks)
    return TriedByHand(shown=shown, by_hand=ticks, level=level)
