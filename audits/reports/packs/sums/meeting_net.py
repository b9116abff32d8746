"""What a meeting adds to spending: all that is asked for, less the plans that end."""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.rounding import written
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.decision_rows import DecisionSums
from audits.scoring.sums.months_from_day import added


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNet:
    """The net of a meeting, in US dollars over 12 months.

    `ends` are the 12 months of all plans that end, and `change` is how much more is
    asked for, from `low`, where each decision adds least, to `high`. In the net of a
    plan that ends, each number is the same in both plans. The training that
    `may_be_paid` already is counted as if it were not.
    """

    ends: Decimal
    change: Decimal
    may_be_paid: Decimal
    low: Decimal
    high: Decimal

    @property
    def with_range(self) -> str:
        """The net with its range, for below a title; empty if no plan ends."""
        if not self.ends:
            return ""
        return f"Net: {self.ranged}."

    @property
    def ranged(self) -> str:
        """The net in words, with its range."""
        return f"{self.said} than the plans that end, {self.span}"

    @property
    def span(self) -> str:
        """The range of the net in words."""
        return f"from {_said(self.low)} to {_said(self.high)}"

    @property
    def said(self) -> str:
        """The net in words."""
        return _said(self.change)

    @property
    def if_paid(self) -> str:
        """What the net is if training is paid already; empty if none may be."""
        paid = self.may_be_paid
        if not (self.ends and paid):
            return ""
        return (
            f"If the ${written(paid)} for training has been paid, which is not known, "
            f"the net is {_said(self.change + paid)}."
        )


def meeting_net(sums: DecisionSums) -> MeetingNet | None:
    """Return the net of a meeting; None if nothing that is asked for has a price.

    It is the one sum of plans in several states, which the meeting ends together.

    Args:
        sums: The totals of its decisions.
    """
    if sums.asked is None:
        return None
    ending = sums.released.values()
    ends = sum((band.expected for band in ending), Decimal(0))
    return MeetingNet(
        ends=ends,
        change=sums.asked.expected - ends,
        may_be_paid=sum(sums.may_be_paid.values(), Decimal(0)),
        low=_beside(sums).low - sum((x.high for x in sums.net.values()), Decimal(0)),
        high=_beside(sums).high - sum((x.low for x in sums.net.values()), Decimal(0)),
    )


def _beside(sums: DecisionSums) -> Band:
    """Return what is asked for that replaces no plan."""
    nothing = Band(low=Decimal(0), expected=Decimal(0), high=Decimal(0))
    found = added([nothing, *sums.replacing.values()])
    asked = sums.asked or nothing
    return Band(
        low=asked.low - found.low,
        expected=asked.expected - found.expected,
        high=asked.high - found.high,
    )


def _said(change: Decimal) -> str:
    return f"${written(abs(change))} {'more' if change > 0 else 'less'}"
