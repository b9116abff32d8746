"""What a meeting adds to spending: all that is asked for, less the plans that end."""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.rounding import written
from audits.scoring.money.states import PLAN_STATES
from audits.scoring.sums.decision_rows import DecisionSums

_ENDS = {"running": "runs today", "planned": "is planned"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNet:
    """The net of a meeting, in US dollars over 12 months.

    `ends` are the 12 months of all plans that end, of which `parts` says what runs and
    what is planned, and `change` is how much more is asked for. The training that
    `may_be_paid` already is counted as if it were not.
    """

    ends: Decimal
    change: Decimal
    parts: str
    may_be_paid: Decimal

    @property
    def said(self) -> str:
        """The net in words."""
        return f"${written(abs(self.change))} {'more' if self.change > 0 else 'less'}"

    @property
    def in_full(self) -> str:
        """What the plans that end are, and what the net is if training is paid."""
        if not self.ends:
            return ""
        paid = ""
        if self.may_be_paid:
            word = "more" if self.change + self.may_be_paid > 0 else "less"
            net = f"${written(abs(self.change + self.may_be_paid))} {word}"
            paid = (
                f" If the ${written(self.may_be_paid)} for training has been paid, "
                f"which is not known, the net is {net}."
            )
        return f"Of the plans that end, {self.parts}.{paid}"


def meeting_net(sums: DecisionSums) -> MeetingNet | None:
    """Return the net of a meeting; None if nothing that is asked for has a price.

    It is the one sum of plans in several states, which the meeting ends together.

    Args:
        sums: The totals of its decisions.
    """
    if sums.asked is None:
        return None
    ends = sum((band.expected for band in sums.released.values()), Decimal(0))
    parts = [
        f"${written(sums.released[state].expected)} {_ENDS.get(state, state)}"
        for state in PLAN_STATES
        if state in sums.released
    ]
    return MeetingNet(
        ends=ends,
        change=sums.asked.expected - ends,
        parts=" and ".join(parts),
        may_be_paid=sum(sums.may_be_paid.values(), Decimal(0)),
    )
