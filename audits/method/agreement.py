"""How often published cases get the verdict that people would accept, case by case.

Scores are stored as the rules give them, and a test computes them again. The cases of
the benchmark stay with the tests; two experts judged them. Those that ship with Attune
were judged by one coder, when version 1 was in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.strict_yaml.shipped import read_file

_FILE = Path(__file__).with_name("scores.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A case of the benchmark: its verdict, the rule, and what two experts accept.

    Only a case that misses has the rest: which reasons `hold`, which are `unknown` with
    what the source says, and which blockers forbid training; `note` is what its coder
    found that no question asks.
    """

    id: str
    title: str
    batch: int
    verdict: Verdict
    rule: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    first_agrees: bool
    second_agrees: bool
    hold: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_missed(self) -> bool:
        """Whether one of the experts accepts another verdict only."""
        return not (self.first_agrees and self.second_agrees)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """A case that ships with Attune: its verdict under version 1 and under version 2.

    `accepted` is what its coder accepts. `differs` says why version 2 says something
    else on purpose; empty where the coder accepts what it says.
    """

    id: str
    title: str
    before: Verdict
    now: Verdict
    accepted: tuple[Verdict, ...]
    agreed_before: bool
    differs: str = ""

    @property
    def is_moved(self) -> bool:
        """Whether version 2 has another verdict than version 1."""
        return self.before != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class OfVerdict:
    """The cases that get one verdict, and how many of them each person accepts."""

    verdict: Verdict | None
    cases: int
    first: int
    second: int
    shipped: int
    coder: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All cases, as they were scored last."""

    judged: tuple[Judged, ...]
    shipped: tuple[Shipped, ...]

    @property
    def missed(self) -> tuple[Judged, ...]:
        """The cases of the benchmark of which an expert accepts another verdict."""
        return tuple(case for case in self.judged if case.is_missed)

    @property
    def missed_by_both(self) -> int:
        """How many of them neither expert accepts."""
        return sum(not (x.first_agrees or x.second_agrees) for x in self.judged)

    @property
    def differing(self) -> tuple[Shipped, ...]:
        """The cases that ship of which the coder accepts another verdict."""
        return tuple(case for case in self.shipped if case.differs)

    @property
    def moved(self) -> tuple[Shipped, ...]:
        """The cases that ship whose verdict version 2 changed."""
        return tuple(case for case in self.shipped if case.is_moved)

    @property
    def agreed_before(self) -> int:
        """How many of the cases that ship version 1 decided as their coder accepts."""
        return sum(case.agreed_before for case in self.shipped)

    @property
    def agreed(self) -> int:
        """How many of them version 2 does."""
        return len(self.shipped) - len(self.differing)

    def now(self, case_id: str) -> Verdict:
        """Return the verdict of a case that ships, by its id."""
        return next(case.now for case in self.shipped if case.id == case_id)

    @property
    def all(self) -> OfVerdict:
        """All verdicts together."""
        return self._of(None, self.judged, self.shipped)

    def by_verdict(self, verdicts: tuple[Verdict, ...]) -> tuple[OfVerdict, ...]:
        """Return a row for each of these verdicts, also for one that no case has."""
        return tuple(
            self._of(
                verdict,
                tuple(case for case in self.judged if case.verdict == verdict),
                tuple(case for case in self.shipped if case.now == verdict),
            )
            for verdict in verdicts
        )

    def _of(
        self,
        verdict: Verdict | None,
        judged: tuple[Judged, ...],
        shipped: tuple[Shipped, ...],
    ) -> OfVerdict:
        return OfVerdict(
            verdict=verdict,
            cases=len(judged),
            first=sum(case.first_agrees for case in judged),
            second=sum(case.second_agrees for case in judged),
            shipped=len(shipped),
            coder=sum(not case.differs for case in shipped),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A case that an expert decides otherwise, with why the rules decide as they do.

    `hold`, `unknown` and `blocked` name reasons and blockers. `others` are the experts
    who decide otherwise, each with what they accept, in words.
    """

    case: Judged
    why: str
    hold: tuple[str, ...]
    unknown: tuple[str, ...]
    blocked: tuple[str, ...]
    others: tuple[tuple[int, tuple[str, ...]], ...]


def misses(framework: Framework, actions: Mapping[str, str]) -> tuple[Miss, ...]:
    """Return the cases of the benchmark that an expert decides otherwise.

    Args:
        framework: The framework that was scored; its rules say why.
        actions: What the experts' words for actions mean.
    """
    texts = {rule.id: rule.text for rule in framework.verdict_rules}
    names = {reason.id: reason.name for reason in framework.reasons}
    names |= {blocker.id: blocker.name for blocker in framework.blockers}
    return tuple(
        Miss(
            case=case,
            why=texts[case.rule],
            hold=tuple(names[x] for x in case.hold),
            unknown=tuple(names[x] for x in case.unknown),
            blocked=tuple(names[x] for x in case.blocked),
            others=tuple(
                (number, tuple(actions[x] for x in accepted))
                for number, accepted, agrees in (
                    (1, case.first, case.first_agrees),
                    (2, case.second, case.second_agrees),
                )
                if not agrees
            ),
        )
        for case in scores().missed
    )


@cache
def scores() -> Scores:
    """Return the stored scores.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    return read_file(_FILE, Scores)
