"""The target, and what today's way scored against it, where they are known."""

from collections.abc import Mapping
from decimal import Decimal

from audits.frameworks.evaluation import Code
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.states import PlanState
from audits.scoring.moving.smaller import kind_of_move
from audits.scoring.scored.candidates import Candidates, ScoredKind
from audits.scoring.scored.todays import todays_result
from audits.scoring.scored.words import name_of, result


def target_and_today(
    found: Candidates | None,
    codes: Mapping[str, Code],
    today: str = "",
    *,
    runs: bool = True,
    first: ScoredKind | None = None,
) -> str:
    """Return the target and what today's way scored; empty where neither is known.

    >>> target_and_today(Candidates(target=Decimal("0.95")), {})
    'The target is 95 of 100.'

    Args:
        found: The candidates.
        codes: The answers that count beside them.
        today: The technique that runs today, as the numbers name it.
        runs: Whether anything runs yet: what is planned has no today.
        first: As for `todays_result`.
    """
    if found is None:
        return ""
    said = []
    if found.target is not None:
        said.append(f"The target is {_of_100(found.target)}.")
    if row := todays_result(found, codes, today, first=first):
        score = result(row, found.target)
        said.append(f"{'Today' if runs else 'Tested'}, “{name_of(row)}”: {score}.")
    return " ".join(said)


def target_of(assessment: Assessment, state: PlanState) -> str:
    """Return the same of an assessment; where nothing runs yet, of the new model.

    Args:
        assessment: What was decided.
        state: The state of the current plan's money.
    """
    return target_and_today(
        assessment.candidates,
        assessment.codes,
        str(assessment.numbers.get("today", "")),
        runs=state == "running",
        first=kind_of_move(assessment, state),
    )


def _of_100(share: Decimal) -> str:
    return f"{float(share) * 100:g} of 100"
