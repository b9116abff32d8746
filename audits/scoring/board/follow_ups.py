"""What a decision of a board asks for, as data that ships with this release."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from audits.strict_yaml.shipped import read_file

_FILE = Path(__file__).with_name("follow_ups.yaml")

type FollowUpKind = Literal[
    "stage", "training", "setup", "offer", "money", "condition", "done"
]
type Basis = Literal["month", "once"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A step that some verdicts ask for, and where they do."""

    families: tuple[str, ...]
    name: str
    done: str
    stages: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    to: str = ""

    def fits(self, found: "Situation") -> bool:
        """Return whether a verdict asks for it; without stage and runs, anywhere."""
        if found.family not in self.families:
            return False
        is_anywhere = not self.stages and not self.runs
        return is_anywhere or found.stage in self.stages or found.runs in self.runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """A step of any verdict."""

    name: str
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps:
    """All of them, by their kind."""

    stage: tuple[Row, ...]
    training: tuple[Row, ...]
    setup: tuple[Row, ...]
    put_to_use: tuple[Row, ...]
    offer: Otherwise
    money: tuple[Row, ...]
    done: tuple[Row, ...]
    otherwise: Otherwise
    decide_within_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The verdict and what was there on the day of the decision.

    `runs` is what the answers say runs, in the framework's words, and `at_risk` what
    money of the current plan is at risk, as `money/states.py` says; else empty. `saves`
    is what 12 months of the verdict save against that plan, None without a price.
    `sets_up` names what the money that is asked for sets up, and `offer` whose offer
    the decision answers; empty without. What `is_built` is only put into use.
    """

    family: str
    stage: str
    runs: str = ""
    at_risk: str = ""
    saves: Decimal | None = None
    sets_up: str = ""
    is_built: bool = False
    offer: str = ""

    @property
    def frees_money(self) -> bool:
        """Whether the current plan costs what the verdict does not."""
        return bool(self.at_risk) and (self.saves is None or self.saves > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A step that a decision asks for, as it is frozen with it.

    `stages` are those at which the use case must not stay, and `to` the one that is
    offered. `basis` says whether money is freed by the month or once, and `words` are
    those of a condition of the board.
    """

    kind: FollowUpKind
    name: str
    done: str
    stages: tuple[str, ...] = ()
    to: str = ""
    basis: Basis = "month"
    words: str = ""

    def as_value(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "kind": self.kind,
            "name": self.name,
            "done": self.done,
            "stages": [*self.stages],
            "to": self.to,
            "basis": self.basis,
            "words": self.words,
        }

    @classmethod
    def of_value(cls, value: Mapping[str, Any]) -> "FollowUp":
        """Return it from JSON."""
        return cls(**{**value, "stages": tuple(value["stages"])})


_IN_USE = "tuned_model"
_BASIS: Mapping[str, Basis] = {"running": "month", "training": "once"}


@cache
def follow_ups() -> FollowUps:
    """Return what ships with this release.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    return read_file(_FILE, FollowUps)


def asked_by(found: Situation) -> tuple[FollowUp, ...]:
    """Return the steps that an approved verdict asks for; at least one.

    >>> [each.kind for each in asked_by(Situation(family="stop", stage="training"))]
    ['stage', 'training']
    >>> [each.kind for each in asked_by(Situation(family="tune", stage="planned"))]
    ['done']
    """
    steps = tuple(_steps(found))
    done = _first(follow_ups().done, found)
    if done is None and steps:
        return steps
    last = done or follow_ups().otherwise
    return (*steps, FollowUp(kind="done", name=last.name, done=last.done))


def condition_of(words: str) -> FollowUp:
    """Return a condition of the board as a step: it is open until it is met.

    >>> condition_of("90 of 100 cases pass").name
    'Meet the condition of the board: “90 of 100 cases pass”'
    """
    return FollowUp(
        kind="condition",
        name=f"Meet the condition of the board: “{words}”",
        done=f"Condition of the board met: “{words}”",
        words=words,
    )


def is_at_wrong_stage(family: str | None, stage: str) -> bool:
    """Return whether a verdict asks for another stage than a use case has.

    >>> is_at_wrong_stage("stop", "training"), is_at_wrong_stage("stop", "building")
    (True, False)
    """
    if family is None:
        return False
    found = Situation(family=family, stage=stage)
    return any(row.fits(found) for row in follow_ups().stage)


def _steps(found: Situation) -> Iterator[FollowUp]:
    data = follow_ups()
    if row := _first(data.stage, found):
        yield FollowUp(
            kind="stage", name=row.name, done=row.done, stages=row.stages, to=row.to
        )
    # A training stops at once, and a model in use once something replaces it.
    steps = (_replaces, _ends) if found.runs == _IN_USE else (_ends, _replaces)
    for each in steps:
        yield from each(found)
    if found.offer:
        yield _named("offer", data.offer, found.offer)
    if found.frees_money and (row := _first(data.money, found)):
        basis = _BASIS[found.at_risk]
        yield FollowUp(kind="money", name=row.name, done=row.done, basis=basis)


def _ends(found: Situation) -> Iterator[FollowUp]:
    """Yield the step that ends the training, or the model that it made."""
    if row := _first(follow_ups().training, found):
        yield FollowUp(kind="training", name=row.name, done=row.done)


def _replaces(found: Situation) -> Iterator[FollowUp]:
    """Yield the step that sets up what the money is for, or puts it into use."""
    data = follow_ups()
    rows = (*(data.put_to_use if found.is_built else ()), *data.setup)
    if found.sets_up and (row := _first(rows, found)):
        yield _named("setup", row, found.sets_up)


def _named(kind: FollowUpKind, row: Row | Otherwise, what: str) -> FollowUp:
    """Return a step with the name of what it is about."""
    name, done = row.name.format(what=what), row.done.format(what=what)
    return FollowUp(kind=kind, name=name, done=done)


def _first(rows: tuple[Row, ...], found: Situation) -> Row | None:
    return next((row for row in rows if row.fits(found)), None)
