"""Answers as conditions read them, and what they would read after a change.

What reads none of the changed answers keeps its value, so a change costs little.
"""

from collections.abc import Mapping, Set
from typing import Self

from audits.frameworks.evaluation import Code, Codes, EvaluationContext, evaluate
from audits.frameworks.flow import Counted
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances


def context(
    framework: Framework, codes: Codes, under: Circumstances, *, believed: bool = False
) -> EvaluationContext:
    """Return what conditions read before anything is weighed.

    Args:
        framework: The framework whose conditions are read.
        codes: The answers that count.
        under: The market of the day, and how the answers are proved.
        believed: Whether answers that nothing proves are read as if something did.
    """
    at = EvaluationContext(
        framework,
        codes,
        market=under.market_values(framework),
        asserted=under.asserted(framework, codes),
        believed=believed,
    )
    at.failed = _failed(at, under)
    return at


class Trial:
    """Answers to decide, and to decide again with some of them changed.

    `changes` are those that made it, from another trial.
    """

    def __init__(
        self, at: EvaluationContext, under: Circumstances, counted: Counted | None
    ) -> None:
        self.at, self.under, self._counted = at, under, counted
        self.changes: Mapping[str, Code] = {}
        self._proved: frozenset[str] = frozenset()

    @classmethod
    def of(cls, framework: Framework, counted: Counted, under: Circumstances) -> Self:
        """Return a trial of given answers, those that do not count included."""
        return cls(context(framework, counted.codes, under), under, counted)

    @classmethod
    def of_codes(cls, framework: Framework, codes: Codes, under: Circumstances) -> Self:
        """Return a trial of answers that count, and of no others."""
        return cls(context(framework, codes, under), under, None)

    def after(self, changes: Mapping[str, Code]) -> "Trial":
        """Return a trial with some answers changed, and measured."""
        counted = self._count().after(changes)
        other = Trial(self.at.fork(), self.under, counted)
        other.changes, other._proved = changes, self._proved.union(changes)
        proved = self.at.asserted & changes.keys()
        other._read_again(counted.changed | proved, counted.codes)
        return other

    def alone(self) -> "Trial":
        """Return a trial of the answers that count, and of no others."""
        counted = self._counted and self._counted.alone()
        other = Trial(self.at, self.under, counted)
        other._proved = self._proved
        return other

    @property
    def is_plain(self) -> bool:
        """Whether its changes changed no other answer that counts."""
        return self._count().changed <= self.changes.keys()

    @property
    def given(self) -> Mapping[str, Code]:
        """All the answers, those that do not count included."""
        return self._count().given

    def _count(self) -> Counted:
        """Return what counts of the answers; until one changes, nobody needs it."""
        if self._counted is None:
            self._counted = Counted.of(self.at.framework, self.at.answers)
        return self._counted

    def _read_again(self, questions: Set[str], codes: Codes) -> None:
        at = self.at
        for question in questions:
            at.change(question, codes.get(question))
        at.answers = codes
        at.asserted = frozenset(at.asserted - questions).union(
            question
            for question in questions & codes.keys()
            if question not in self._proved
            and self.under.is_asserted(at.framework, question)
        )
        at.failed = _failed(at, self.under)


def _failed(at: EvaluationContext, under: Circumstances) -> frozenset[str]:
    """Return the simpler ways that were scored and missed the target."""
    failure = at.framework.failure
    if failure is None:
        return frozenset()
    if under.failed is not None:
        return under.failed
    if evaluate(failure.when, at) is not True:
        return frozenset()
    return frozenset(failure.ways) & frozenset(at.answers.get(failure.question, ()))
