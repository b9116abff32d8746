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
    return " ".join(_said(names, in_words(day)) for day, names in found.items())


def _said(names: Sequence[str], day: str) -> str:
    """Say it of the plans of one day.

    >>> _said(["“A”", "“B”"], "14 January 2027")[:70]
    'Started on that day, no new model for “A” and “B” would serve a day: t'
    """
    whose = f"new model for {listed(names)} would serve"
    said, their = (
        (f"the {whose} no day: it is not ready before its", "Its")
        if len(names) == 1
        else (f"no {whose} a day: they are not ready before their", "Their")
    )
    return (
        f"Started on that day, {said} base model retires on {day}. {their} training is "
        "counted all the same."
    )
