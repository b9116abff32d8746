"""Whether a known date forces the day that a board is to decide by."""

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.moves import move_of
from audits.scoring.money.words import Money

_FORCING = ("price", "end", "tuning_end")
NO_DAY = "No known date forces this day."


def with_reason(assessment: Assessment, money: Money | None, back: str) -> str:
    """Return when a decision comes back, after what its own day has no reason for.

    Args:
        assessment: What is decided.
        money: The money behind it; None if it is not known.
        back: When it comes back; empty where no day is named.
    """
    return f"{no_day_known(assessment, money)} {back}".strip() if back else ""


def no_day_known(assessment: Assessment, money: Money | None) -> str:
    """Say that no price or model of page 1 changes on a known day; empty if one does.

    Args:
        assessment: What is decided.
        money: The money behind it; None if it is not known.
    """
    if money is None or move_of(assessment):
        return ""
    events = (event for row in money.stated for event in row.calendar.events)
    return "" if any(event.kind in _FORCING for event in events) else NO_DAY
