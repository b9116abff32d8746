"""Where in a framework its conditions are."""

from collections.abc import Iterator

from audits.frameworks import conditions as c
from audits.frameworks.schema import Framework


def conditions_of(framework: Framework) -> Iterator[tuple[str, c.Condition]]:
    """Yield every condition of a framework with its place, in document order."""
    for question in framework.questions:
        if question.visible:
            yield f"questions[{question.id}].visible.when", question.visible.when
    if framework.unproven_when is not None:
        yield "unproven_when", framework.unproven_when
    if framework.failure is not None:
        yield "failure.when", framework.failure.when
    if framework.question_order is not None:
        for place, row in enumerate(framework.question_order.then, start=1):
            yield f"question_order.then[{place}].when", row.when
    for group, rows in (
        ("facts", framework.facts),
        ("reasons", framework.reasons),
        ("blockers", framework.blockers),
        ("context_rules", framework.context_rules),
        ("verdict_rules", framework.verdict_rules),
        ("experiments", framework.experiments),
        ("step_rules", framework.step_rules),
        ("training_kinds", framework.training_kinds),
        ("servings", framework.servings),
        ("destinations", framework.destinations),
        ("deadlines", framework.deadlines),
        ("label_sources", framework.label_sources),
        ("strengths", framework.strengths),
        ("gates", framework.gates),
        ("cautions", framework.cautions),
        ("literal_test", framework.literal_test.conditions),
        ("literal_test", framework.literal_test.differences),
    ):
        for row in rows:
            for name in ("when", "claimed_when", "unless", "holds", "applies"):
                condition: c.Condition | None = getattr(row, name, None)
                if condition is not None:
                    yield f"{group}[{row.id}].{name}", condition
    yield "split.when", framework.split.when
