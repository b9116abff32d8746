"""Answers as conditions read them, and what they would read after a change."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Self

from audits.frameworks.answering.flow import Counted
from audits.frameworks.evaluation import Code, Codes, EvaluationContext, is_certain
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
        unshown=under.unshown,
    )
    at.failed = _failed(at, under)
    return at


@dataclass(frozen=True, slots=True)
class Shift:
    """Other answers, and perhaps another market.

    An answer that is None is taken back. The `measured` ones are proved now, whatever
    was said of them; if it is None, all are.
    """

    answers: Mapping[str, Code | None] = field(default_factory=dict)
    measured: Set[str] | None = None
    market: Mapping[str, bool | int | None] | None = None

    @property
    def proved(self) -> Set[str]:
        """The questions whose answers are proved now."""
        return self.answers.keys() if self.measured is None else self.measured


_NONE = Shift()


class Trial:
    """Answers to decide, and to decide again with some of them changed.

    `shift` is what made it, from another trial. It `is_plain` if no other answer
    counts otherwise by it.
    """

    def __init__(
        self,
        at: EvaluationContext,
        under: Circumstances,
        counted: Counted | None,
        proved: frozenset[str] = frozenset(),
        shift: Shift = _NONE,
    ) -> None:
        self.at, self.under, self.shift = at, under, shift
        self._counted, self._proved = counted, proved
        self.is_plain = True

    @classmethod
    def of(
        cls, framework: Framework, given: Mapping[str, Code], under: Circumstances
    ) -> Self:
        """Return a trial of given answers, those that do not count included."""
        counted = Counted.of(framework, given)
        return cls(context(framework, counted.codes, under), under, counted)

    @classmethod
    def of_codes(cls, framework: Framework, codes: Codes, under: Circumstances) -> Self:
        """Return a trial of answers that count, and of no others."""
        return cls(context(framework, codes, under), under, None)

    def after(self, shift: Shift) -> "Trial":
        """Return a trial of the answers after a change."""
        at, counted, proved = self.at.fork(), self._count(), self._proved
        if shift.market is not None:
            at.market = shift.market
        changed: Set[str] = frozenset()
        if shift.answers:
            counted = counted.after(shift.answers)
            changed = counted.changed
        proved = proved.union(shift.proved)
        other = Trial(at, self.under, counted, proved, shift)
        other._read_again(changed)
        return other

    def alone(self) -> "Trial":
        """Return a trial of the answers that count, and of no others."""
        counted = self._counted and self._counted.alone()
        return Trial(self.at, self.under, counted, self._proved)

    @property
    def given(self) -> Mapping[str, Code]:
        """All the answers, those that do not count included."""
        return self._count().given

    def _count(self) -> Counted:
        """Return what counts of the answers; until one changes, nobody needs it."""
        if self._counted is None:
            self._counted = Counted.of(self.at.framework, self.at.answers)
        return self._counted

    def _read_again(self, changed: Set[str]) -> None:
        """Let conditions read the answers that changed, or are proved now."""
        at, codes = self.at, self._count().codes
        self.is_plain = changed <= self.shift.answers.keys()
        changed = changed | (at.asserted & self.shift.proved)
        if at.unshown and (ways := set(filter(at.is_of_ways, self._proved))):
            at.unshown = frozenset()
            changed = changed | ways
        at.answers = codes
        at.asserted = (at.asserted - changed) | {
            question
            for question in changed - self._proved
            if question in codes and self.under.is_asserted(at.framework, question)
        }
        for question in changed:
            at.see(question, codes.get(question))
        at.failed = _failed(at, self.under)


def _failed(at: EvaluationContext, under: Circumstances) -> frozenset[str]:
    """Return the simpler ways that were scored and missed the target."""
    failure = at.framework.failure
    if failure is None:
        return frozenset()
    if under.failed is not None:
        return under.failed
    if not is_certain(failure.when, at):
        return frozenset()
    return frozenset(failure.ways) & frozenset(at.answers.get(failure.question, ()))
