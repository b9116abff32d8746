"""What cannot all be right in a scenario, and the answer that would fit its numbers.

The checks are those of the pages on which the numbers and the answers are entered.
"""

from dataclasses import dataclass, replace
from datetime import date

from audits.frameworks.answering import flow
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.contradictions import (
    Contradiction,
    contradictions,
    fitting,
)
from audits.scoring.what_if.changes import Changes, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A contradiction in words, and the changes with which the answer fits.

    `label` and `answer` name the question and the answer that fits. They are empty, and
    `changes` is None, where another answer alone would not do.
    """

    text: str
    label: str = ""
    answer: str = ""
    changes: Changes | None = None


def misfits(
    framework: Framework, inputs: Inputs, changes: Changes, on: date
) -> tuple[Misfit, ...]:
    """Return what cannot all be right in a scenario.

    Args:
        framework: The framework that asks.
        inputs: The inputs as they are.
        changes: What differs from them.
        on: The day whose models count.
    """
    after = changed(inputs, changes)
    codes = flow.relevant(framework, after.answered.codes)
    found = contradictions(framework, codes, after.numbers, on)
    return tuple(_misfit(framework, after, changes, each, on) for each in found)


def _misfit(
    framework: Framework,
    after: Inputs,
    changes: Changes,
    found: Contradiction,
    on: date,
) -> Misfit:
    asked = framework.question_by_id.get(found.question)
    fit = fitting(asked, after.numbers, catalogue(on)) if asked else None
    if fit is None:
        return Misfit(text=found.text)
    answers = {**changes.answers, found.question: fit.id}
    return Misfit(
        text=found.text,
        label=framework.question_by_id[found.question].label,
        answer=fit.name,
        changes=replace(changes, answers=answers),
    )
