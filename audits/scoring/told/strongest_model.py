"""Which model is behind “even the strongest allowed model falls short”.

Only a person knows which model is the strongest that may be used, so every reader is
told which one the team says is it, where the verdict rests on that.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.results_behind.other_results import scored
from audits.scoring.results_behind.resting_on import resting_on
from audits.scoring.scored.words import name_of, short_name

CALLED = "which the team calls the strongest model it may use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What speaks against a strongest model: the candidate, and two sentences of it.

    `in_short` is for where there is little room, without its full stop.
    """

    candidate: str
    says: str
    in_short: str


def strongest_model(framework: Framework, assessment: Assessment) -> Iterator[str]:
    """Yield the strongest models that a verdict rests on, in a sentence.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    if found := resting_on(framework, assessment):
        told = " and ".join(
            f"“{name_of(row)}”, {CALLED}: {scored(row)}" for row in found.rows
        )
        without = "it" if len(found.rows) == 1 else "them"
        yield (
            f"The verdict rests on {told}. Without {without}, it would be "
            f"“{found.without}”."
        )


def rests_in_short(
    framework: Framework,
    assessment: Assessment,
    doubts: Sequence[Doubt],
    said: Collection[str] = (),
) -> Iterator[str]:
    """Yield what a verdict rests on and what speaks against it, for page 1.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        doubts: What speaks against the strongest models that count.
        said: What page 1 says of scores already.
    """
    found = resting_on(framework, assessment)
    if found is None:
        return
    names = {f"“{short_name(row)}” ": scored(row) for row in found.rows}
    unsaid = [x + y for x, y in names.items() if not any(x in score for score in said)]
    if unsaid:
        yield f"The verdict rests on {' and '.join(unsaid)}"
    yield from (each.in_short for each in doubts if each.candidate in found.ids)
