"""Which of the checks of a verdict with newer results files counts.

A check that could say nothing changes nothing. A contradiction counts until later
checks confirm all that it was about: each candidate that it had new results of, and
each answer that differed.
"""

from collections.abc import Sequence
from typing import Any, Protocol

_VERDICT = "Verdict"  # follows from the candidates and answers
_ABOUT = ("measured", "not shown", "differs")
_CONFIRMED = ("measured", "holds")


class Told(Protocol):
    """A check as it is stored: its `EvidenceState`, and its `EvidenceRow`s."""

    state: Any
    rows: Any


def standing[C: Told](checks: Sequence[C]) -> C | None:
    """Return the check that says how a verdict is; None if none can say anything.

    Args:
        checks: All checks of a verdict, the newest first.

    Returns:
        The newest contradiction that nothing later confirmed, or else the newest check
        that could say something.
    """
    told = [check for check in checks if check.state != "not_known"]
    confirmed: set[str] = set()
    for check in told:
        if check.state == "differs" and not _about(check) <= confirmed:
            return check
        confirmed |= _confirmed(check)
    return told[0] if told else None


def _about(check: Told) -> set[str]:
    """Return what must be confirmed; the verdict alone if nothing else is named."""
    named = {about for mark, about, _ in check.rows if mark in _ABOUT}
    return named - {_VERDICT} or {_VERDICT}


def _confirmed(check: Told) -> set[str]:
    good = {about for mark, about, _ in check.rows if mark in _CONFIRMED}
    return good - {about for mark, about, _ in check.rows if mark not in _CONFIRMED}
