"""The places of a framework's conditions."""

from collections.abc import Iterator

from audits.frameworks import conditions as c
from audits.frameworks.schema import Framework


def conditions_of(framework: Framework) -> Iterator[tuple[str, c.Condition]]:
    """Yield every condition of a framework with its place, in document order."""
    for question in framework.questions:
        if question.visible:
            yield f"questions[{question.id}].visible.when", question.visible.when
    yield "unproven_when", framework.unproven_when
    for group, rows in (
        ("facts", framework.facts),
        ("reasons", framework.reasons),
        ("blockers", framework.blockers),
        ("context_rules", framework.context_rules),
        ("verdict_rules", framework.verdict_rules),
        ("cautions", framework.cautions),
        ("literal_test", framework.literal_test.conditions),
        ("literal_test", framework.literal_test.differences),
    ):
        for row in rows:
            for name in ("when", "claimed_when", "unless"):
                condition: c.Condition | None = getattr(row, name, None)
                if condition is not None:
                    yield f"{group}[{row.id}].{name}", condition
    yield "split.when", framework.split.when
