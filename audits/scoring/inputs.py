"""The inputs of a use case, independent of the day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from audits.frameworks.evaluation import Code
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.scored.answers import Answered, answered
from audits.scoring.scored.candidates import NO_CANDIDATES, Candidates
from audits.scoring.scored.supposed import supposing
from audits.scoring.scored.words import short_name


class Failing(NamedTuple):
    """The cases that failed, those that were tested, and what was tested on them."""

    failed: int
    cases: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The team's inputs: answers and evidence levels by question, numbers, candidates.

    Numbers have passed `costs.numbers.check`. `codes` and `levels` were given by hand.
    Those of `supposed` count instead of what the candidates say: only in a scenario.
    """

    codes: Mapping[str, Code]
    levels: Mapping[str, EvidenceLevel] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    candidates: Candidates = NO_CANDIDATES
    supposed: frozenset[str] = frozenset()

    @property
    def answered(self) -> Answered:
        """The answers that count: given by hand, or by the candidates."""
        told = answered(self.candidates, self.codes, self.levels)
        return supposing(told, self.codes, self.levels, self.supposed)

    @property
    def failing(self) -> Failing | None:
        """How many cases failed of the result that says how near the target is.

        None without a result that counts them.
        """
        rows = self.answered.behind.get("quality_gap", ())
        counted = (
            Failing(row.cases - row.passed, row.cases, short_name(row))
            for row in rows
            if row.passed is not None
        )
        return next(counted, None)


def codes_of(answers: Mapping[str, Any]) -> dict[str, Code]:
    """Return the values of answers as the scoring reads them."""
    return {
        question: tuple(value) if isinstance(value, list) else str(value)
        for question, value in answers.items()
    }
