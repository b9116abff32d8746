"""What a pack says of plans whose model would be ready only after it retires."""

from collections.abc import Sequence
from datetime import date

from audits.reports.packs.said.total_words import listed
from audits.scoring.days import in_words
from audits.scoring.sums.ended_plans import Release


def serves_no_day(plans: Sequence[Release]) -> str:
    """Say whose model would serve no day if training began later; may be empty.

    Args:
        plans: The plans that end, with their 12 months from the later day.
    """
    found: dict[date, list[str]] = {}
    for plan in plans:
        if plan.ends.ends_first:
            found.setdefault(plan.ends.ends_first, []).append(f"“{plan.name}”")
    return " ".join(
        f"Started on that day, the new model for {listed(names)} would serve no day: "
        f"it is not ready before its base model retires on {in_words(day)}. Its "
        "training is counted all the same."
        for day, names in found.items()
    )
