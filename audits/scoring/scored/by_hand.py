"""What people ticked as tried that no result shows, and how well that is known."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN
from audits.scoring.deciding.candidates import NOBODY_LOOKED, TICKS
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import ScoredCandidate

TRIED = "tried"


def ticks_by_hand(
    rows: Iterable[ScoredCandidate], codes: Mapping[str, Code]
) -> tuple[str, ...]:
    """Return what was ticked as tried by hand, and that none of the results shows.

    >>> row = ScoredCandidate(id="c1", kind="rules", cases=40, passed=30)
    >>> ticks_by_hand([row], {"tried": ("rules", "instructions")})
    ('instructions',)
    """
    code = codes.get(TRIED, UNKNOWN)
    ticked = (code,) if isinstance(code, str) else code
    shown = {TICKS[kind] for row in rows if (kind := row.row().kind) in TICKS}
    none = {UNKNOWN, *NOBODY_LOOKED, *shown}
    return tuple(tick for tick in ticked if tick not in none)


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
