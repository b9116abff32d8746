"""What each use case of a pack asks for, frozen so that packs can be compared."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from audits.models import Cover, Stage
from audits.services.board.before_pack import is_for_later

KEY = "asked"
# The columns of an audit that say what it asks for, and whether that counts.
OF_ASKED = ("portfolio_row__asked", "portfolio_row__vote_lacks", "cover__purpose")


def frozen_asked(
    row: Mapping[str, Any], board: Mapping[str, Any], on: date
) -> dict[str, str | None]:
    """Return what a use case that waits for the board asks for, as a pack sums it.

    It is None where nothing is asked for, and while the board cannot vote on it.

    Args:
        row: The columns of its audit.
        board: What became of its decision, as a pack freezes it.
        on: The day of the meeting, or of the pack.
    """
    is_lacking = (
        row["portfolio_row__is_provisional"] or row["portfolio_row__vote_lacks"]
    )
    is_told = row["cover__purpose"] == Cover.Purpose.INFORMATION
    is_out = row["use_case__stage"] == Stage.STOPPED or is_for_later(board, on)
    amount = row["portfolio_row__asked"]
    counts = not (is_lacking or is_told or is_out) and amount is not None
    return {KEY: str(amount) if counts else None}


def asked_for_in(verdicts: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """Return what a pack asked for in all; None of one that froze no amounts."""
    known = [each[KEY] for each in verdicts if KEY in each]
    if not known:
        return None
    return sum((Decimal(amount) for amount in known if amount), Decimal(0))
