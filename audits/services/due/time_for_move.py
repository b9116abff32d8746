"""Whether the day of a decision leaves time for the move of a tuned model."""

from datetime import date

from audits.scoring.days import in_words
from audits.scoring.money.moves import last_start
from audits.scoring.pricing.moves import Move


def in_time(move: Move, decided: date, on: date) -> date:
    """Return the day to decide by that leaves time for a move, if there still is one.

    Args:
        move: The move.
        decided: The last day of the decision, as it was entered.
        on: The day on which that is told.
    """
    latest = last_start(move)
    return latest if on <= latest < decided else decided


def time_left(move: Move, decided: date) -> str:
    """Say that the day of the decision leaves little or no time; empty if it does not.

    How long the move takes is said where it has to be decided.

    Args:
        move: The move.
        decided: The last day of the decision, as it was entered.
    """
    latest = last_start(move)
    if decided < latest:
        return ""
    if decided == latest:
        return "That leaves no day to spare for the move."
    if decided >= move.ends:
        return f"On the day entered, {in_words(decided)}, the model has ended."
    return f"The day entered, {in_words(decided)}, is too late for the move."
