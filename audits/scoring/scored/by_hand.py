"""What people ticked as tried that no result shows."""

from collections.abc import Iterable, Mapping

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN
from audits.scoring.deciding.candidates import NOBODY_LOOKED, TICKS
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
