"""How far an audit has come, section by section."""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from audits.frameworks.answering import flow
from audits.frameworks.answering.tally import Tally
from audits.frameworks.evaluation import Code, Codes
from audits.frameworks.questions import Section
from audits.frameworks.schema import Framework

Status = Literal["none", "todo", "doing", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionProgress:
    """One section: how many of its questions apply, are answered, and are known.

    `minutes_left` are whole, and those of all sections add up to those of the audit.
    """

    section: Section
    number: int
    answered: int
    applicable: int
    known: int
    minutes_left: int = 0

    @property
    def tally(self) -> Tally:
        """The same as pages say it."""
        return Tally(asked=self.applicable, answered=self.answered, known=self.known)

    @property
    def status(self) -> Status:
        """Nothing to ask, not yet started, in progress or completed."""
        if not self.applicable:
            return "none"
        if not self.answered:
            return "todo"
        return "done" if self.answered == self.applicable else "doing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A whole audit.

    `minutes_left` is a whole number, rounded up, for the questions that apply now;
    `more_at_most` counts those that do not, and might after other answers.
    """

    sections: tuple[SectionProgress, ...]
    minutes_left: int
    more_at_most: int

    @property
    def answered(self) -> int:
        """Questions answered of those that apply."""
        return sum(part.answered for part in self.sections)

    @property
    def applicable(self) -> int:
        """Questions that apply."""
        return sum(part.applicable for part in self.sections)

    @property
    def tally(self) -> Tally:
        """How many are asked, answered and not known, as pages say it."""
        known = sum(part.known for part in self.sections)
        return Tally(asked=self.applicable, answered=self.answered, known=known)

    @property
    def at_most(self) -> int:
        """Questions that apply, and those that might after other answers."""
        return self.applicable + self.more_at_most

    @property
    def says_left(self) -> str:
        """How long what is asked now takes, as every page says it."""
        return says_left(self.minutes_left)

    @property
    def minutes_at_most(self) -> int:
        """Minutes for the whole audit if other answers let every section ask."""
        return math.ceil(sum(part.section.minutes for part in self.sections))

    @property
    def completed(self) -> int:
        """Sections whose questions are all answered."""
        return sum(part.status == "done" for part in self.sections)

    @property
    def asking(self) -> int:
        """Sections with a question that applies."""
        return sum(part.status != "none" for part in self.sections)

    @property
    def may_follow(self) -> int:
        """Sections that ask nothing yet, and do after other answers."""
        return len(self.sections) - self.asking

    @property
    def next_section(self) -> Section | None:
        """The first section with an open question, or None."""
        open_parts = (p for p in self.sections if p.status in ("todo", "doing"))
        return next((part.section for part in open_parts), None)

    def after(self, section: Section) -> Section | None:
        """The section that follows, or None after the last."""
        ids = [part.section.id for part in self.sections]
        place = ids.index(section.id) + 1
        return self.sections[place].section if place < len(ids) else None


def progress(framework: Framework, codes: Codes) -> Progress:
    """Return how far these answers go.

    Args:
        framework: The framework that asks.
        codes: The answers that count, from `flow.relevant`.
    """
    return _progress(framework, tuple(codes.items()))


@functools.lru_cache(maxsize=128)
def _progress(framework: Framework, given: tuple[tuple[str, Code], ...]) -> Progress:
    codes = dict(given)
    applicable = flow.applicable(framework, codes)
    parts, left = [], []
    for number, section in enumerate(framework.sections, start=1):
        here = [q for q in applicable if q.section == section.id]
        answered = sum(flow.is_answered(codes, q) for q in here)
        left.append(section.minutes * (1 - answered / len(here)) if here else 0.0)
        parts.append(
            SectionProgress(
                section=section,
                number=number,
                answered=answered,
                applicable=len(here),
                known=sum(flow.is_known(codes, q.id) for q in here),
            )
        )
    whole = _in_whole_minutes(left)
    return Progress(
        sections=tuple(
            replace(part, minutes_left=each)
            for part, each in zip(parts, whole, strict=True)
        ),
        minutes_left=sum(whole),
        more_at_most=len(framework.questions) - len(applicable),
    )


def says_left(minutes: int) -> str:
    """Say how many minutes of questions are left; empty for none.

    >>> says_left(14), says_left(1), says_left(0)
    ('About 14 minutes left', 'About 1 minute left', '')
    """
    said = f"About {minutes} minute{'s' * (minutes != 1)} left"
    return said if minutes else ""


def _in_whole_minutes(left: Sequence[float]) -> list[int]:
    """Round the minutes of sections so that they add up to their sum, rounded up.

    >>> _in_whole_minutes([2.4, 1.5, 4.0]), _in_whole_minutes([0.2, 0.2])
    ([2, 2, 4], [1, 0])
    """
    whole = [math.floor(each) for each in left]
    by_rest = sorted(range(len(left)), key=lambda x: whole[x] - left[x])
    for place in by_rest[: math.ceil(sum(left)) - sum(whole)]:
        whole[place] += 1
    return whole


@functools.cache
def at_start(framework: Framework) -> Progress:
    """Return what an audit without an answer asks, and how long that takes.

    Every page that tells this before the first answer takes it from here.
    """
    return progress(framework, {})
