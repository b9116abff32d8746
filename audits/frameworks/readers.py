"""Conditions as functions: each is made once, and read thousands of times."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from audits.frameworks import conditions as c
from audits.frameworks.questions import Question

if TYPE_CHECKING:
    from audits.frameworks.evaluation import EvaluationContext
    from audits.frameworks.schema import Framework

# Returns whether a condition holds; None while that is unknown.
type Reader = Callable[[EvaluationContext], bool | None]


class Row(Protocol):
    """A row holds if `when` does, or is missing, and nothing known cancels it."""

    @property
    def when(self) -> c.Condition | None: ...  # noqa: D102
    @property
    def unless(self) -> c.Condition | None: ...  # noqa: D102


class Readers:
    """The conditions of one framework as functions.

    What is made of a condition, or of a table, is found by its identity. It is kept
    with what it was made of, so that nothing else gets that identity.
    """

    def __init__(self, framework: "Framework") -> None:
        self.framework = framework
        self._conditions: dict[int, tuple[c.Condition, Reader]] = {}
        self._tables: dict[int, tuple[Any, Any]] = {}
        self._facts_made: dict[str, Reader] = {}

    def of(self, condition: c.Condition) -> Reader:
        """Return a condition as a function."""
        made = self._conditions.get(id(condition))
        if made is None:
            reader = self._keeping(condition, self.make(condition))
            made = self._conditions[id(condition)] = condition, reader
        return made[1]

    def table[R: Row](self, rows: tuple[R, ...]) -> tuple[tuple[R, Reader], ...]:
        """Return the rows of a table, each with its function."""
        made = self._tables.get(id(rows))
        if made is None:
            read = tuple((row, self._keeping(row, self._row(row))) for row in rows)
            made = self._tables[id(rows)] = rows, read
        found: tuple[tuple[R, Reader], ...] = made[1]
        return found

    @cached_property
    def questions(self) -> tuple[tuple[Question, Reader], ...]:
        """The questions, each with the function that says whether it applies."""
        return tuple(
            (question, self.of(question.visible.when) if question.visible else _always)
            for question in self.framework.questions
        )

    def fact(self, fact_id: str) -> Reader:
        """Return a fact as a function."""
        made = self._facts_made.get(fact_id)
        if made is None:
            reader = self._row(self.framework.facts_by_id[fact_id])
            made = self._facts_made[fact_id] = _kept(fact_id, reader)
        return made

    def make(self, condition: c.Condition) -> Reader:
        """Make a function of a condition."""
        return _MAKERS[type(condition)](condition, self)

    def _row(self, row: Row) -> Reader:
        when = _always if row.when is None else self.make(row.when)
        return when if row.unless is None else _unless(self.make(row.unless), when)

    def _keeping(self, of: object, reader: Reader) -> Reader:
        return (
            _kept(id(of), reader) if id(of) in self.framework.subjects.kept else reader
        )


def _kept(key: int | str, reader: Reader) -> Reader:
    """Return a function that keeps what it returns, until the context forgets it."""

    def read(at: "EvaluationContext") -> bool | None:
        values = at.values
        if key in values:
            return values[key]
        value = values[key] = reader(at)
        return value

    return read


def _always(_: "EvaluationContext") -> bool:
    return True


def _unless(cancels: Reader, reader: Reader) -> Reader:
    return lambda at: False if cancels(at) else reader(at)


def _all(condition: c.All, readers: Readers) -> Reader:
    parts = tuple(map(readers.make, condition.parts))

    def read(at: "EvaluationContext") -> bool | None:
        result: bool | None = True
        for part in parts:
            value = part(at)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    return read


def _any(condition: c.Any, readers: Readers) -> Reader:
    parts = tuple(map(readers.make, condition.parts))

    def read(at: "EvaluationContext") -> bool | None:
        result: bool | None = False
        for part in parts:
            value = part(at)
            if value is True:
                return True
            if value is None:
                result = None
        return result

    return read


def _not(condition: c.Not, readers: Readers) -> Reader:
    part = readers.make(condition.part)

    def read(at: "EvaluationContext") -> bool | None:
        value = part(at)
        return None if value is None else not value

    return read


def _one_of(question: str, options: tuple[str, ...]) -> Reader:
    def read(at: "EvaluationContext") -> bool | None:
        answer = at.known.get(question)
        return None if answer is None else answer in options

    return read


def _includes(leaf: c.Includes, _: Readers) -> Reader:
    question, options = leaf.question, frozenset(leaf.options)

    def read(at: "EvaluationContext") -> bool | None:
        answer = at.known.get(question)
        return None if answer is None else not options.isdisjoint(answer)

    return read


def _only(leaf: c.Only, _: Readers) -> Reader:
    question, options = leaf.question, frozenset(leaf.options)

    def read(at: "EvaluationContext") -> bool | None:
        answer = at.known.get(question)
        return None if answer is None else bool(answer) and options.issuperset(answer)

    return read


def _at_least(leaf: c.AtLeast, readers: Readers) -> Reader:
    question, rank = leaf.question, readers.framework.rank

    def read(at: "EvaluationContext") -> bool | None:
        answer = at.known.get(question)
        if answer is None:
            return None
        return rank[question, str(answer)] >= rank[question, leaf.option]

    return read


def _proven(leaf: c.Proven, readers: Readers) -> Reader:
    question, test = leaf.question, readers.make(leaf.test)
    may_grow = question in readers.framework.subjects.growing

    def read(at: "EvaluationContext") -> bool | None:
        value = test(at)
        if at.believed:
            # What nobody has tried or tested yet is not known to be false.
            return None if may_grow and not value else value
        return value is True and question not in at.asserted

    return read


def _lacks(leaf: c.Lacks, readers: Readers) -> Reader:
    test = readers.make(leaf.test)
    return lambda at: test(at) is not True


def _market_reaches(leaf: c.MarketReaches, _: Readers) -> Reader:
    def read(at: "EvaluationContext") -> bool:
        number = at.market[leaf.market]
        return number is not None and number >= leaf.at_least

    return read


def _any_reason(leaf: c.AnyReason, _: Readers) -> Reader:
    standing = leaf.standing
    if standing == "unproven":
        return lambda at: bool(at.unproven)
    return lambda at: standing in at.reasons.values()


def _only_reasons(leaf: c.OnlyReasons, _: Readers) -> Reader:
    reasons = frozenset(leaf.reasons)

    def read(at: "EvaluationContext") -> bool:
        measured = [r for r, status in at.reasons.items() if status == "measured"]
        return bool(measured) and reasons.issuperset(measured)

    return read


# How a function is made of each shape.
_MAKERS: dict[type[c.Condition], Callable[[Any, Readers], Reader]] = {
    c.All: _all,
    c.Any: _any,
    c.Not: _not,
    c.Is: lambda leaf, _: _one_of(leaf.question, (leaf.option,)),
    c.In: lambda leaf, _: _one_of(leaf.question, leaf.options),
    c.Includes: _includes,
    c.Only: _only,
    c.AtLeast: _at_least,
    c.Known: lambda leaf, _: lambda at: (leaf.question in at.known) is leaf.known,
    c.Proven: _proven,
    c.Lacks: _lacks,
    c.Failed: lambda leaf, _: lambda at: leaf.way in at.failed,
    c.FactHolds: lambda leaf, readers: readers.fact(leaf.fact),
    c.MarketExists: lambda leaf, _: lambda at: at.market[leaf.market] is leaf.exists,
    c.MarketReaches: _market_reaches,
    c.ReasonStands: lambda leaf, _: lambda at: at.reasons[leaf.reason] in leaf.statuses,
    c.AnyReason: _any_reason,
    c.OnlyReasons: _only_reasons,
    c.Blocked: lambda leaf, _: lambda at: at.blocked is leaf.blocked,
    c.ContextIs: lambda leaf, _: lambda at: at.context_layer == leaf.layer,
    c.VerdictIs: lambda leaf, _: lambda at: at.verdict == leaf.verdict,
}
