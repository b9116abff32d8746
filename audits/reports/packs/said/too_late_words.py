"""What a pack says where its meeting is too late for a decision."""

from collections.abc import Sequence
from datetime import date

from audits.reports.packs.said.total_words import listed
from audits.scoring.days import in_words


def too_late(names: Sequence[str], held: date | None) -> str:
    """Say which decisions a meeting is too late for, and what to do instead.

    Args:
        names: The decisions; empty is returned without any.
        held: The day of the meeting, if it is known.
    """
    if not names or held is None:
        return ""
    who = listed([f"“{name}”" for name in names])
    return (
        f"Too late on {in_words(held)} for {who}, as a model has ended by "
        "then (see below). Decide before that day, or submit them again first. The "
        "amounts here are not for the minutes of that day."
    )
