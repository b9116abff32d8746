"""The shapes of a trace: reasons, blockers and rules, each with what it read."""

from dataclasses import dataclass
from typing import Literal

from audits.scoring.explaining.grades.standings import ReasonStanding

Outcome = Literal["fired", "not_fired", "unknown", "not_asked", "not_reached"]
_NO_ANSWER, NOT_ASKED = ("Not known", "No answer yet"), "Not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source, ready to print."""

    title: str
    href: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a rule read: an answer, or the status of a reason; both in words."""

    id: str
    label: str
    answer: str

    @property
    def is_known(self) -> bool:
        """Whether there is an answer."""
        return self.answer not in (*_NO_ANSWER, NOT_ASKED)


class _Based:
    """What is based on readings: those with an answer, and the labels of the others."""

    __slots__ = ()
    read: tuple[Reading, ...]

    @property
    def known(self) -> tuple[Reading, ...]:
        """The readings that have an answer."""
        return tuple(reading for reading in self.read if reading.is_known)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The labels of those without one."""
        return tuple(each.label for each in self.read if each.answer in _NO_ANSWER)

    @property
    def not_asked(self) -> tuple[str, ...]:
        """The labels of those whose question does not apply here."""
        return tuple(each.label for each in self.read if each.answer == NOT_ASKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(_Based):
    """One reason, blocker or rule of the trace.

    A blocker that a missing answer could still make is `unknown`, and `not_asked` if no
    question for that answer applies.
    """

    id: str
    name: str
    text: str
    outcome: Outcome
    read: tuple[Reading, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonStep(_Based):
    """One reason to train, with its status.

    A reason that a missing answer, a trial or a test could still make is `unknown`;
    one that is not `is_asked` has no answer for its sake, or one that nobody `looked`.
    """

    id: str
    name: str
    text: str
    origin: Literal["article", "beyond"]
    standing: ReasonStanding
    because: str
    read: tuple[Reading, ...]
    sources: tuple[Citation, ...]
    is_asked: bool = True
    looked: bool = True

    @property
    def shown(self) -> ReasonStanding:
        """Its status as pages say it."""
        return self.standing if self.looked else "unknown"

    @property
    def outcome(self) -> Outcome:
        """Whether the reason holds, measured or claimed."""
        return "fired" if self.standing in ("measured", "claimed") else "not_fired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Every reason, blocker and rule, in the order they are tried."""

    reasons: tuple[ReasonStep, ...]
    blockers: tuple[Step, ...]
    context_rules: tuple[Step, ...]
    verdict_rules: tuple[Step, ...]
