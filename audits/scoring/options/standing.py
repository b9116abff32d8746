"""What the row of a technique is among the money behind a verdict."""

from audits.frameworks.questions import UNKNOWN
from audits.scoring.costs.cost_numbers import FEW_SHOT
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.rows import MoneyRow, Role
from audits.scoring.ways_there import reviewed_there

_OTHERS: tuple[Role, ...] = ("next_best", "cheapest_other")
_FOR_A_PROMPT = 10  # good examples


def standing_of(assessment: Assessment, row: MoneyRow) -> str:
    """Return the roles of a row in words, and which examples an alternative waits for.

    Args:
        assessment: What was decided.
        row: A row of its money.
    """
    codes, words = assessment.codes, row.standing
    is_other = row.technique in FEW_SHOT and {*_OTHERS} & {*row.roles}
    is_known = codes.get("examples") not in (None, UNKNOWN)
    was_tested = "examples" in codes.get("tried", ())
    if not is_other or not is_known or was_tested:
        return words
    is_short = reviewed_there(codes) < _FOR_A_PROMPT
    return f"{words}, once there are 10 good examples" if is_short else words
