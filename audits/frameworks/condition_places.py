"""The places of a framework's conditions."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from audits.frameworks import conditions as c

if TYPE_CHECKING:
    from audits.frameworks.schema import Framework

_CONDITIONS = ("when", "claimed_when", "unless", "holds", "applies", "again_when")
# The tables of a framework, and those that are part of one of its entries.
_TABLES = (
    *("facts", "reasons", "blockers", "context_rules", "verdict_rules", "experiments"),
    *("step_rules", "training_kinds", "servings", "destinations", "deadlines"),
    *("interim", "label_sources", "strengths", "ruled_out", "gates", "cautions"),
    "risks",
)


def conditions_of(framework: "Framework") -> Iterator[tuple[str, c.Condition]]:
    """Yield every condition of a framework with its place, in document order."""
    yield from _of_questions(framework)
    if framework.unproven_when is not None:
        yield "unproven_when", framework.unproven_when
    if framework.failure is not None:
        yield "failure.when", framework.failure.when
    for table in _TABLES:
        yield from _of_rows(table, getattr(framework, table))
    yield from _of_rows("literal_test", framework.literal_test.conditions)
    yield from _of_rows("literal_test", framework.literal_test.differences)
    yield from _of_rows("literal_test", framework.literal_test.agreements)
    yield from _of_order(framework)
    for verdict, words in framework.verdicts.items():
        yield from _of_rows(f"verdicts[{verdict}].come_back", words.come_back)
    for place, rows in framework.named.items():
        yield from _of_rows(f"named.{place}", rows)
    if framework.groundwork is not None:
        yield "groundwork.when", framework.groundwork.when
    yield "split.when", framework.split.when


def _of_questions(framework: "Framework") -> Iterator[tuple[str, c.Condition]]:
    for question in framework.questions:
        if question.visible:
            key = f"questions[{question.id}].visible"
            yield f"{key}.when", question.visible.when
            for place, each in enumerate(question.visible.cases, start=1):
                yield f"{key}.cases[{place}].when", each.when


def _of_rows(table: str, rows: Iterable[Any]) -> Iterator[tuple[str, c.Condition]]:
    for row in rows:
        for name in _CONDITIONS:
            condition: c.Condition | None = getattr(row, name, None)
            if condition is not None:
                yield f"{table}[{row.id}].{name}", condition
        if quicker := getattr(row, "quicker", None):
            yield f"{table}[{row.id}].quicker.when", quicker.when
        yield from _of_rows(f"{table}[{row.id}].cases", getattr(row, "cases", ()))


def _of_order(framework: "Framework") -> Iterator[tuple[str, c.Condition]]:
    rows = framework.question_order.then if framework.question_order else ()
    for place, row in enumerate(rows, start=1):
        yield f"question_order.then[{place}].when", row.when
