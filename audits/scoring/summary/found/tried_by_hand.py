"""What was tried by hand beside what results show, and how well that is known.

Every page and paper has the level of an answer from `shown_levels`, so that one
submission never shows two.
"""

from collections.abc import Mapping
from typing import NamedTuple, get_args

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.deciding.candidates import TICKS
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.by_hand import TRIED, ticks_by_hand

_LEVELS = get_args(EvidenceLevel)


class TriedByHand(NamedTuple):
    """What was tried where results show a part of it.

    `shown` are the ticks that results show and `known` is how; `by_hand` are the ticks
    of people and `level` is how these are known; `held` are the ways whose results
    count no more, which nothing shows.
    """

    shown: tuple[str, ...]
    known: EvidenceLevel
    by_hand: tuple[str, ...]
    level: EvidenceLevel
    held: tuple[str, ...] = ()

    @property
    def weakest(self) -> EvidenceLevel:
        """The level of the part that is known least."""
        held: tuple[EvidenceLevel, ...] = ("asserted",) if self.held else ()
        by_hand = (self.level,) if self.by_hand else ()
        return min((self.known, *by_hand, *held), key=_LEVELS.index)

    @property
    def proved(self) -> tuple[tuple[tuple[str, ...], EvidenceLevel], ...]:
        """The ticks that something shows, with how they are known."""
        parts = (self.shown, self.known), (self.by_hand, self.level)
        return tuple((x, level) for x, level in parts if x and level != "asserted")


def tried_by_hand(inputs: Inputs) -> TriedByHand | None:
    """Return what was tried; None where results show all of it, or nothing."""
    told = inputs.answered
    rows = told.behind.get(TRIED)
    if not rows:
        return None
    by_hand = ticks_by_hand(rows, inputs.codes)
    kinds = {TICKS[row.row().kind] for row in rows}
    held = [x for x in told.codes[TRIED] if x not in kinds and x not in by_hand]
    if not by_hand and not held:
        return None
    return TriedByHand(
        shown=tuple(x for x in told.codes[TRIED] if x in kinds),
        known=told.levels[TRIED],
        by_hand=by_hand,
        level=inputs.levels.get(TRIED, "asserted"),
        held=tuple(held),
    )


def tried_of(assessment: Assessment) -> TriedByHand | None:
    """Return what was tried by hand in an assessment, beside its results."""
    if assessment.candidates is None:
        return None
    return tried_by_hand(given_to(assessment)[0])


def tried_words(framework: Framework, tried: TriedByHand) -> str:
    """Return what was tried in words, each part with how it is known."""
    parts = (
        (tried.shown, tried.known),
        (tried.by_hand, f"{tried.level}, by hand"),
        (tried.held, "asserted, its result does not count"),
    )
    return "; ".join(
        f"{framework.words(TRIED, {TRIED: ticks})} ({said})"
        for ticks, said in parts
        if ticks
    )


def tried_in_brief(framework: Framework, tried: TriedByHand) -> str:
    """Return in prose what results show, or else what people tried by hand.

    The appendix has both, with how each is known.
    """
    ticks = tried.shown or tried.by_hand
    names = [lower_first(framework.words(TRIED, {TRIED: (x,)})) for x in ticks]
    if not names:
        return tried_words(framework, tried)
    return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else names[0]


def shown_levels(assessment: Assessment) -> Mapping[str, EvidenceLevel]:
    """Return how each answer is known: as its weakest part is, by question."""
    tried = tried_of(assessment)
    weakest = {TRIED: tried.weakest} if tried else {}
    return {**assessment.levels, **weakest}
