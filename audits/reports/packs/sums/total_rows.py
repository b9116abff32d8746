"""The rows of totals below the decisions of a pack, with the net of what ends."""

from dataclasses import dataclass
from decimal import Decimal

from audits.reports.packs.sums.meeting_net import meeting_net
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.decision_rows import DecisionSums


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRow:
    """A total of decisions; US dollars over 12 months.

    `today` are their current plans, if these are alike; plans in several states are
    never added up.
    """

    name: str
    today: Band | None
    sums: DecisionSums

    @property
    def net(self) -> Decimal | None:
        """How much more is asked for than the plans cost that it ends.

        It is what is asked for, less `today`. None where the plans are not alike, or
        do not end.
        """
        nets = [*self.sums.net.values()]
        return -nets[0].expected if self.today and len(nets) == 1 else None

    @property
    def change(self) -> Decimal | None:
        """How much more is asked for than the plans cost that end, in all states."""
        found = meeting_net(self.sums)
        return found.change if found else None

    @property
    def may_be_paid(self) -> Decimal | None:
        """The training that the net counts as not paid; None if there is none."""
        paid = next(iter(self.sums.may_be_paid.values()), None)
        return paid if self.net is not None else None

    @property
    def net_if_paid(self) -> Decimal | None:
        """The net if that training is paid already."""
        if self.net is None or self.may_be_paid is None:
            return None
        return self.net + self.may_be_paid
