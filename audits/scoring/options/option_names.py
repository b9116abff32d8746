"""What an option of page 1 is called."""

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.basis import short_name
from audits.scoring.money.moves import move_of
from audits.scoring.money.of_assessment import role_of, ruled_out
from audits.scoring.money.states import PlanState
from audits.scoring.untested import chosen_model

_ADVISED, _PROPOSED = "Recommended", "Proposed"
IF_RESUMED = "If resumed"
_STOPS = "; training stops"


def option_name(assessment: Assessment, technique: PricedTechnique) -> str:
    """Return the name; what is moved to has its own price here, without the move.

    Args:
        assessment: The assessment.
        technique: What the option is.
    """
    name, move = short_name(assessment, technique), move_of(assessment)
    is_moved_to = move and technique in {x.technique for x in move.candidates}
    return f"{name}, move not counted" if is_moved_to else name


def advised_with(
    assessment: Assessment,
    used: PricedTechnique | None,
    state: PlanState,
    *notes: str,
) -> str:
    """Say that it is recommended, and that training stops with what its name says.

    Args:
        assessment: The assessment.
        used: How what is recommended is paid for; None without a price.
        state: The state of the current plan's money; once stopped, nothing is advised.
        notes: What is said after it; each may be empty.
    """
    stops = assessment.verdict == "stop_fine_tuning" and used
    model = _why_its_model(assessment, used)
    said = _PROPOSED if role_of(assessment) == "proposed" else _ADVISED
    if state == "stopped":
        said = IF_RESUMED
    return "".join((said, _STOPS if stops else "", model, *notes))


def _why_its_model(assessment: Assessment, used: PricedTechnique | None) -> str:
    """Say why its model is the one of the amount, where another costs less."""
    if used is None:
        return ""
    model = chosen_model(assessment, used, ruled_out(assessment))
    return f"; the team chose {model}" if model else ""
