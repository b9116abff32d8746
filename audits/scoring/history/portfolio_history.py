"""The verdicts of many use cases over the years, counted, and what changed them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from audits.landscape.facts import Confidence
from audits.scoring.history.causes import Cause
from audits.scoring.history.time_machine import Flip, History

# The most flips that are listed one by one; all are counted.
MOST_LISTED = 5_000

# Why a use case could not be re-scored.
LeftOut = Literal["no_answers", "no_framework", "nothing_fits"]


@dataclass(frozen=True, slots=True)
class ToldCause:
    """A market fact that changed verdicts; sources are titles and addresses."""

    fact: str
    name: str
    said: str
    day: date
    confidence: Confidence
    sources: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class ListedFlip:
    """One use case's change of verdict; `audit` is the id of its audit."""

    audit: str
    day: date
    before: str
    after: str
    causes: tuple[ToldCause, ...]
    together: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which verdicts changed: how many from which to which."""

    day: date
    changes: tuple[tuple[str, str, int], ...]

    @property
    def number(self) -> int:
        """How many verdicts changed."""
        return sum(number for *_, number in self.changes)


class PortfolioHistory:
    """How many use cases had which verdict on which day.

    It stores the verdicts of the first day and every change, so that any day follows
    without scoring again.
    """

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.start: Counter[str] = Counter()
        self.moves: Counter[tuple[date, str, str]] = Counter()
        # The day of the first change of each use case that changed, counted.
        self.firsts: Counter[date] = Counter()
        self.left_out: Counter[LeftOut] = Counter()
        self._causes: dict[ToldCause, int] = {}
        self._listed: list[tuple[str, date, str, str, tuple[int, ...], bool]] = []

    def add(self, audit: str, history: History) -> None:
        """Count one use case."""
        self.start[history.first] += 1
        if history.flips:
            self.firsts[history.flips[0].day] += 1
        for flip in history.flips:
            self.moves[flip.day, flip.before, flip.after] += 1
            if len(self._listed) < MOST_LISTED:
                self._list(audit, flip)

    def leave_out(self, reason: LeftOut) -> None:
        """Count one use case that could not be re-scored."""
        self.left_out[reason] += 1

    @property
    def total(self) -> int:
        """How many use cases were re-scored."""
        return self.start.total()

    def on(self, day: date) -> dict[str, int]:
        """Return how many use cases had each verdict on a day."""
        counts = Counter(self.start)
        for (moved, before, after), number in self.moves.items():
            if moved <= day:
                counts[before] -= number
                counts[after] += number
        return {verdict: number for verdict, number in counts.items() if number}

    def flipped(self, after: date, until: date) -> int:
        """Return how many verdicts changed later than a day, up to another."""
        return sum(n for (day, *_), n in self.moves.items() if after < day <= until)

    def changed(self, until: date) -> int:
        """Return of how many use cases the verdict changed at least once by a day."""
        return sum(number for day, number in self.firsts.items() if day <= until)

    def turns(self, until: date) -> tuple["Turn", ...]:
        """Return the days on which verdicts changed, up to one, the earliest first."""
        found: dict[date, list[tuple[str, str, int]]] = {}
        for (day, before, after), number in sorted(self.moves.items()):
            if day <= until:
                found.setdefault(day, []).append((before, after, number))
        return tuple(Turn(day, tuple(changes)) for day, changes in found.items())

    def flips(self, after: date, until: date) -> list[ListedFlip]:
        """Return the listed flips of those days, the earliest first."""
        causes = list(self._causes)
        found = [
            ListedFlip(
                audit, day, before, to, tuple(causes[i] for i in because), together
            )
            for audit, day, before, to, because, together in self._listed
            if after < day <= until
        ]
        return sorted(found, key=lambda flip: flip.day)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON, to store."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "start": dict(self.start),
            "moves": [
                [day.isoformat(), before, after, number]
                for (day, before, after), number in self.moves.items()
            ],
            "firsts": {day.isoformat(): n for day, n in self.firsts.items()},
            "left_out": dict(self.left_out),
            "causes": [
                [c.fact, c.name, c.said, c.day.isoformat(), c.confidence, c.sources]
                for c in self._causes
            ],
            "flips": [
                [audit, day.isoformat(), *rest] for audit, day, *rest in self._listed
            ],
        }

    def _list(self, audit: str, flip: Flip) -> None:
        because = tuple(
            self._causes.setdefault(_told(cause), len(self._causes))
            for cause in flip.causes
        )
        self._listed.append(
            (audit, flip.day, flip.before, flip.after, because, flip.together)
        )


def from_json(kept: Mapping[str, Any]) -> PortfolioHistory:
    """Return the stored history."""
    day = date.fromisoformat
    history = PortfolioHistory(day(kept["first"]), day(kept["last"]))
    history.start.update(kept["start"])
    history.firsts.update({day(on): n for on, n in kept["firsts"].items()})
    history.left_out.update(cast("dict[LeftOut, int]", kept["left_out"]))
    for moved, before, after, number in kept["moves"]:
        history.moves[day(moved), before, after] = number
    for place, cause in enumerate(_causes(kept["causes"])):
        history._causes[cause] = place
    history._listed = [
        (audit, day(on), before, after, tuple(because), together)
        for audit, on, before, after, because, together in kept["flips"]
    ]
    return history


def _causes(kept: list[Any]) -> Iterator[ToldCause]:
    for fact, name, said, day, confidence, sources in kept:
        cited = tuple((title, href) for title, href in sources)
        yield ToldCause(fact, name, said, date.fromisoformat(day), confidence, cited)


def _told(cause: Cause) -> ToldCause:
    return ToldCause(
        fact=cause.fact,
        name=cause.name,
        said=cause.said,
        day=cause.day,
        confidence=cause.confidence,
        sources=tuple((source.title, source.href) for source in cause.sources),
    )
