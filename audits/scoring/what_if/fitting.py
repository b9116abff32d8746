"""What cannot all be right in a scenario, and the answer that would fit its numbers.

The checks are those of the pages on which the numbers and the answers are entered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from audits.frameworks.answering import flow
from audits.frameworks.questions import Option
from audits.frameworks.schema import Framework
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.contradictions import Contradiction, contradictions
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
    return tuple(_misfit(framework, after, changes, each) for each in found)


def _misfit(
    framework: Framework, after: Inputs, changes: Changes, found: Contradiction
) -> Misfit:
    fitting = next(_fitting(framework, after, found), None)
    if fitting is None:
        return Misfit(text=found.text)
    answers = {**changes.answers, found.question: fitting.id}
    return Misfit(
        text=found.text,
        label=framework.question_by_id[found.question].label,
        answer=fitting.name,
        changes=replace(changes, answers=answers),
    )


def _fitting(
    framework: Framework, after: Inputs, found: Contradiction
) -> Iterator[Option]:
    """Yield the options of a question about a number that hold the number."""
    question = framework.question_by_id.get(found.question)
    if question is None or question.number is None:
        return
    number = Decimal(after.numbers[question.number])
    yield from (each for each in question.options if each.holds(number))
