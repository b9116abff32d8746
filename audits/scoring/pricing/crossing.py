"""The volume above which a trained model is cheaper, and both costs around it."""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.calendars.break_even import CostLine
from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.costs.rounding import as_printed

_DIGITS = 3  # more would promise more than the assumptions hold
_AROUND = (Decimal("0.1"), Decimal("0.5"), Decimal(1), Decimal(2), Decimal(10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Two techniques over volume, in US dollars a month.

    `lines` are those of the untrained and of the trained one. From `requests` a month
    on the trained one costs no more, 0 if it never does; None if it never pays off.
    This case has `now` requests a month. The trained one `is_cut` if its model
    retires within the 12 months; its line then has what follows, to their end.
    """

    untrained: PricedTechnique
    trained: PricedTechnique
    lines: tuple[CostLine, CostLine]
    requests: int | None
    now: int
    is_cut: bool = False

    @property
    def names(self) -> tuple[str, str]:
        """Both techniques in a word or two, with what follows the trained one."""
        trained = SHORT_NAMES[self.trained]
        then = f"{trained}, and what follows" if self.is_cut else trained
        return SHORT_NAMES[self.untrained], then

    @property
    def drawn_names(self) -> tuple[str, str]:
        """The same for a drawing, which has less room."""
        untrained, trained = self.names
        return untrained, "Tuned, and what follows" if self.is_cut else trained

    @property
    def about(self) -> int | None:
        """The volume of the crossing, rounded up to what is known of it."""
        if not self.requests:
            return self.requests
        unit: int = 10 ** max(len(str(self.requests)) - _DIGITS, 0)
        return -(-self.requests // unit) * unit

    @property
    def message(self) -> str:
        """The finding, as a heading."""
        untrained, trained = (
            f"“{SHORT_NAMES[each]}”" for each in (self.untrained, self.trained)
        )
        if self.is_cut:
            trained += " (and what follows when its model retires)"
        if self.requests is None:
            return f"{trained} never becomes cheaper than {untrained}"
        if not self.requests:
            return f"{trained} is cheaper than {untrained} at any volume"
        only = "only " if self.now < self.requests else ""
        return (
            f"{trained} is cheaper than {untrained} "
            f"{only}above about {self.about:,} calls a month"
        )

    @property
    def pays_back(self) -> str:
        """The same in a few words below a verdict; it has a volume."""
        return f"Training pays back only above about {self.about:,} calls a month"

    @property
    def finding(self) -> str:
        """The same of any volume, for where both techniques are named beside it."""
        if self.requests is None:
            return "Training never pays back"
        return self.pays_back if self.requests else "Training costs less at any volume"

    @property
    def table(self) -> tuple[tuple[int, Decimal, Decimal], ...]:
        """Requests a month around this case, the fewest first, and what both cost.

        The costs are as pages print them.
        """
        volumes = {int(self.now * times) for times in _AROUND}
        if self.about:
            volumes.add(self.about)
        return tuple(
            (volume, *self._months(Decimal(volume)))
            for volume in sorted(volumes)
            if volume
        )

    def _months(self, volume: Decimal) -> tuple[Decimal, Decimal]:
        untrained, trained = (as_printed(line.at(volume)) for line in self.lines)
        return untrained, trained
