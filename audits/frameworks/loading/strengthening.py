"""Questions that only strengthen a case change no verdict (law S15)."""

from collections.abc import Iterator

from audits.frameworks.conditions import Condition
from audits.frameworks.schema import Framework
from audits.strict_yaml.dangling import problem_at
from audits.strict_yaml.problems import Problem

type _Read = tuple[str, Condition | None]


def problems(framework: Framework) -> Iterator[Problem]:
    """Yield where something that decides reads a question of that section.

    Call it for a framework without dangling references.
    """
    section = framework.strengthening_section
    inside = {q.id for q in framework.questions if q.section == section}
    for key, condition in (*_shown(framework), *_deciding(framework)):
        for read in framework.read_by(condition):
            if read in inside:
                message = (
                    f'reads "{read}" of the section "{section}", which changes no '
                    "verdict (law S15): ask it in another section"
                )
                yield problem_at(read, key, message)


def _shown(framework: Framework) -> Iterator[_Read]:
    """Yield when the questions of other sections apply."""
    for question in framework.questions:
        if question.section != framework.strengthening_section and question.visible:
            yield f"questions[{question.id}].visible.when", question.visible.when


def _deciding(framework: Framework) -> Iterator[_Read]:
    for group, names in (
        ("reasons", ("when", "claimed_when", "unless")),
        ("blockers", ("when", "unless")),
        ("ruled_out", ("when",)),
        ("context_rules", ("when", "unless")),
        ("verdict_rules", ("when", "unless")),
    ):
        for row in getattr(framework, group):
            for name in names:
                yield f"{group}[{row.id}].{name}", getattr(row, name)
