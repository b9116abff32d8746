"""What the method page says beside the rules: principles, promises and scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audits.frameworks.rules import Blocker
from audits.frameworks.schema import Framework
from audits.method.worked import Worked, worked
from audits.scoring.explaining.advice_rows import condition
from audits.strict_yaml.shipped import read_file

_FILE = Path(__file__).with_name("told.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text that the method starts from, and what is not known of it."""

    title: str
    says: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle:
    """What the rules follow from; `rests_on` are properties and sources."""

    id: str
    says: str
    forces: str
    rests_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A property that every set of answers has, but for the exceptions."""

    id: str
    says: str
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What becomes of answers to the version before."""

    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """What something costs, in words and in the symbols of docs/method.md."""

    id: str
    name: str
    words: str
    symbols: str

    @property
    def worked(self) -> Worked:
        """A worked number, computed as plans are."""
        return worked(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Cases that the rules had not seen, and how many verdicts two experts accept.

    `first`, `second` and `mistakes` are of the first score. `always_simple` is what a
    rule would score that always says “prompt or examples”; `now` is after changes.
    """

    number: int
    cases: int
    first: int
    second: int
    mistakes: int
    always_simple: int
    overlap: int
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that is told."""

    article: Article
    principles: tuple[Principle, ...]
    promises: tuple[Promise, ...]
    moves: tuple[Move, ...]
    formulas: tuple[Formula, ...]
    symbols: str
    costs: tuple[str, ...]
    limits: tuple[str, ...]
    batches: tuple[Batch, ...]
    actions: Mapping[str, str]
    exceptions: Mapping[str, str]
    checks: Mapping[str, str]

    def blockers_of(self, framework: Framework) -> tuple[tuple[Blocker, str], ...]:
        """Return what forbids training, each with where it does not; empty if none."""
        return tuple((x, self.exceptions.get(x.id, "")) for x in framework.blockers)

    def checks_of(self, framework: Framework) -> tuple[str, ...]:
        """Return what must hold before training, with when a check applies."""
        return tuple(
            f"{self.checks[gate.id]}: {gate.says.removeprefix('once ')}"
            if gate.id in self.checks
            else condition(gate.says)
            for gate in framework.gates
        )

    @property
    def all(self) -> Batch:
        """The batches together; its number counts them."""
        sums = {
            name: sum(getattr(batch, name) for batch in self.batches)
            for name in _COUNTED
        }
        return Batch(number=len(self.batches), **sums)

    @property
    def first_share(self) -> int:
        """How many in a hundred verdicts expert 1 accepted at first."""
        return round(100 * self.all.first / self.all.cases)

    @property
    def second_share(self) -> int:
        """How many in a hundred verdicts expert 2 accepted at first."""
        return round(100 * self.all.second / self.all.cases)

    @property
    def simple_share(self) -> int:
        """How many in a hundred the rule that never trains would get right."""
        return round(100 * self.all.always_simple / self.all.cases)


_COUNTED = (
    *("cases", "first", "second", "mistakes"),
    *("always_simple", "overlap", "now"),
)


@cache
def told() -> Told:
    """Return what ships with this release.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    return read_file(_FILE, Told)
