"""What people ticked as tried that no result shows."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN
from audits.scoring.deciding.candidates import NOBODY_LOOKED, TICKS, CandidateKind
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.scored.candidates import ScoredCandidate, WhyNot

TRIED = "tried"


class _Given(Protocol):
    """Answers given by hand, and how they are known."""

    @property
    def codes(self) -> Mapping[str, Code]: ...

    @property
    def levels(self) -> Mapping[str, EvidenceLevel]: ...


def unshown_ways(
    kinds: Iterable[CandidateKind], codes: Mapping[str, Code], given: _Given
) -> frozenset[str]:
    """Return the ways that count as tested, and that nothing shows by themselves.

    Results show those of their kind, and what people say of an answer shows what they
    ticked: neither shows what the other adds.

    Args:
        kinds: The kinds of the results that say what was tested.
        codes: The answers that count.
        given: The answers given by hand.
    """
    ticked = codes.get(TRIED, UNKNOWN)
    if isinstance(ticked, str):
        return frozenset()
    shown = {TICKS[kind] for kind in kinds}
    if given.levels.get(TRIED, "asserted") != "asserted":
        shown.update(given.codes.get(TRIED, ()))
    return frozenset(ticked) - shown


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


def lacking(rows: Iterable[ScoredCandidate], tick: str) -> str:
    """Return what a typed result of a ticked approach lacks to count; may be empty.

    >>> row = ScoredCandidate(id="c1", kind="rules", cases=40, passed=30, run_by="Ann")
    >>> lacking([row], "rules"), lacking([row], "instructions")
    ('add a day and a link', '')
    """
    found = (x for x in rows if not x.is_removed and TICKS.get(x.row().kind) == tick)
    row = next(found, None)
    if row is None or row.why_not not in _LACKING:
        return ""
    if row.why_not != "claimed":
        return _LACKING[row.why_not]
    parts = (row.day, "a day"), (row.run_by, "who ran it"), (row.link, "a link")
    *first, last = (name for there, name in parts if not there)
    return f"add {', '.join(first)} and {last}" if first else f"add {last}"


_LACKING: Mapping[WhyNot, str] = {
    "claimed": "",  # its own parts say it
    "few": "it has fewer than 30 cases",
    "no_score": "it has no score",
}
