"""Conditions as functions: each is made once, and read thousands of times.

A condition becomes one Python expression over the bits that tests of answers set, so
that reading it costs a few operations on integers.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from audits.frameworks import conditions as c
from audits.frameworks.expressions import Expressions
from audits.frameworks.questions import Question

if TYPE_CHECKING:
    from audits.frameworks.evaluation import EvaluationContext
    from audits.frameworks.schema import Framework

# Returns whether a condition holds; None while that is unknown.
type Reader = Callable[[EvaluationContext], bool | None]
# Returns whether it is known to hold.
type Certain = Callable[[EvaluationContext], bool]
# Yields the rows of a table that are known to hold, in order.
type Holding[R] = Callable[[EvaluationContext], Iterator[R]]


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
        self._expressions = Expressions(framework)
        self._conditions: dict[int, tuple[c.Condition, Reader]] = {}
        self._certain: dict[int, tuple[c.Condition, Certain]] = {}
        self._tables: dict[int, tuple[Any, Any]] = {}
        self._holding: dict[int, tuple[Any, Any]] = {}
        self._facts_made: dict[str, Reader] = {}

    def of(self, condition: c.Condition) -> Reader:
        """Return a condition as a function."""
        made = self._conditions.get(id(condition))
        if made is None:
            reader = self._reader(condition)
            made = self._conditions[id(condition)] = condition, reader
        return made[1]

    def certain(self, condition: c.Condition) -> Certain:
        """Return as a function whether a condition is known to hold."""
        made = self._certain.get(id(condition))
        if made is None:
            certain = _compiled(f"bool({self._expressions.holds(condition)})")
            made = self._certain[id(condition)] = condition, certain
        return made[1]

    def table[R: Row](self, rows: tuple[R, ...]) -> tuple[tuple[R, Certain], ...]:
        """Return the rows of a table, each with what says that it is known to hold."""
        made = self._tables.get(id(rows))
        if made is None:
            read = tuple((row, self._certain_row(row)) for row in rows)
            made = self._tables[id(rows)] = rows, read
        found: tuple[tuple[R, Certain], ...] = made[1]
        return found

    def holding[R: Row](self, rows: tuple[R, ...]) -> Holding[R]:
        """Return as one function the rows of a table that are known to hold."""
        made = self._holding.get(id(rows))
        if made is None:
            holds = [self._expressions.row_holds(row.when, row.unless) for row in rows]
            made = self._holding[id(rows)] = rows, _generator(rows, holds)
        found: Holding[R] = made[1]
        return found

    @cached_property
    def questions(self) -> tuple[tuple[Question, Certain], ...]:
        """The questions, each with the function that says whether it applies."""
        return tuple(
            (q, self.certain(q.visible.when) if q.visible else _always)
            for q in self.framework.questions
        )

    def fact(self, fact_id: str) -> Reader:
        """Return a fact as a function."""
        made = self._facts_made.get(fact_id)
        if made is None:
            fact = self.framework.facts_by_id[fact_id]
            made = self._facts_made[fact_id] = self._reader(fact.when, fact.unless)
        return made

    def _reader(self, when: c.Condition, unless: c.Condition | None = None) -> Reader:
        holds = self._expressions.row_holds(when, unless)
        fails = self._expressions.row_fails(when, unless)
        read: Reader = _compiled(f"True if {holds} else False if {fails} else None")
        return read

    def _certain_row(self, row: Row) -> Certain:
        holds = self._expressions.row_holds(row.when, row.unless)
        certain: Certain = _compiled(f"bool({holds})")
        return certain


def _always(_: "EvaluationContext") -> bool:
    return True


def _compiled(expression: str) -> Any:
    """Return an expression over `at` and `seen` as a function of `at`."""
    return _function(f"    return {expression}\n", {})


def _generator(rows: Sequence[Row], expressions: Sequence[str]) -> Any:
    """Return what yields each row whose expression is true of `at`."""
    lines = [f"    if {x}: yield rows[{n}]\n" for n, x in enumerate(expressions)]
    return _function("".join(lines) or "    yield from ()\n", {"rows": rows})


def _function(body: str, made: dict[str, Any]) -> Any:
    source = f"def read(at):\n    seen = at.seen\n{body}"
    exec(source, made)  # noqa: S102 - ours, and every name in it is written by `repr`
    return made["read"]
