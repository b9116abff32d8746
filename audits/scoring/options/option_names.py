"""What an option of page 1 is called."""

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.basis import short_name
from audits.scoring.money.moves import move_of


def option_name(assessment: Assessment, technique: PricedTechnique) -> str:
    """Return the name; what is moved to has its own price here, without the move.

    Args:
        assessment: The assessment.
        technique: What the option is.
    """
    name, move = short_name(assessment, technique), move_of(assessment)
    is_moved_to = move and technique in {x.technique for x in move.candidates}
    return f"{name}, without the move" if is_moved_to else name
