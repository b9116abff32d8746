"""What lacks a known answer: each question once, with counts that add up."""

from dataclasses import dataclass

from audits.frameworks.answering.still_open import StillOpen, if_raised
from audits.scoring import Assessment
from audits.scoring.explaining.grades.confidence import Unknown
from audits.wizard.open_points import OpenLabel, OpenPoints

# The panel names as many, and leads to the check, which names them all.
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """The questions that apply and lack a known answer, in two lists, and what follows.

    `can` change the verdict, the next to answer first; `cannot` are all others. Of
    `later` nothing is asked so far, so nobody counts them among the unanswered ones.
    `number` says how many both lists have together.
    """

    number: str
    can: tuple[Unknown, ...]
    cannot: tuple[Unknown, ...]
    later: tuple[OpenLabel, ...]

    @property
    def says(self) -> str:
        """How many of them can change the verdict, in words that follow the number."""
        more = len(self.later)
        if not self.can and not self.cannot:
            return f"{more} can change the verdict {if_raised(more)}"
        if not self.cannot:
            said = "each can change the verdict"
        elif not self.can:
            said = "none changes the verdict itself"
        else:
            can = f"{len(self.can)} can change the verdict"
            said = f"{can}, {len(self.cannot)} cannot"
        if not more:
            return said
        return f"{said}. {more} more can, {if_raised(more)}"

    @property
    def title(self) -> str:
        """How many can change the verdict, as the title of the page that lists them."""
        can, every = len(self.can), len(self.can) + len(self.cannot)
        before, after = self._kind
        many = f"{before}questions{after}"
        if self.cannot:
            return f"Of {every} {many}, {can} can change the verdict"
        if can > 1:
            return f"Each of the {can} {many} can change the verdict"
        return f"1 {before}question{after} can change the verdict"

    @property
    def says_more(self) -> str:
        """What the title leaves out, in sentences; empty if that is nothing."""
        more = len(self.later)
        said = (
            f"So can {more} more, {if_raised(more)}." if more else "",
            f"{self.number}." if self._has_unknown else "",
        )
        return " ".join(filter(None, said))

    @property
    def says_beside(self) -> str:
        """How many of how many can change the verdict, right below it."""
        can, every = len(self.can), len(self.can) + len(self.cannot)
        if not can:
            return StillOpen(now=0, later=len(self.later)).says_beside
        kind = "".join(self._kind).strip()
        return f"{can} of {every} {kind} can change it"

    @property
    def first(self) -> tuple[Unknown, ...]:
        """Those that the panel names, the next to answer first."""
        return self.can[:_NAMED]

    @property
    def first_later(self) -> tuple[OpenLabel, ...]:
        """Those that may be asked later, as far as the panel has room for them."""
        return self.later[: _NAMED - len(self.first)]

    @property
    def rest(self) -> int:
        """How many of those that the panel counts it does not name."""
        return len(self.can) - len(self.first)

    @property
    def _kind(self) -> tuple[str, str]:
        """What comes before and after the word “question”."""
        if self._has_unknown:
            return "", " without a known answer"
        return "unanswered ", ""

    @property
    def _has_unknown(self) -> bool:
        return any(not each.left_open for each in (*self.can, *self.cannot))

    @property
    def says_cannot(self) -> str:
        """What the fold of the second list is called."""
        return f"{len(self.cannot)} that cannot change the verdict"


def unanswered(assessment: Assessment, points: OpenPoints) -> Unanswered | None:
    """Return what lacks a known answer; None if nothing does.

    Args:
        assessment: What was decided, with what is not known.
        points: What is open about the same assessment.
    """
    every = points.questions
    later = tuple(each for each in every if not each.asked)
    if not assessment.unknowns and not later:
        return None
    known = (*(each.id for each in every), *(x.question for x in points.not_found_out))
    order = {question: place for place, question in enumerate(known)}
    can = [x for x in assessment.unknowns if x.question in order or x.could_become]
    return Unanswered(
        number=assessment.tally.says_open,
        can=tuple(sorted(can, key=lambda x: order.get(x.question, len(order)))),
        cannot=tuple(x for x in assessment.unknowns if x not in can),
        later=later,
    )
