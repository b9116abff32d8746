"""Cost lines over volume, and what a chart says of them in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

_MILLION, _BILLION = 6, 9
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostOverVolume:
    """A line to draw: dollars a month, dollars for each request, and machines.

    A machine costs `machine` dollars a month and serves `served` requests; at least
    `least` of them run. Without machines these are 0. Where a call costs less with more
    of them, `of_volume` is the month at each volume, and `per_request` a call of today.
    """

    name: str
    fixed: Decimal
    per_request: Decimal
    machine: Decimal = Decimal(0)
    served: Decimal = Decimal(1)
    least: Decimal = Decimal(0)
    is_chosen: bool = False
    of_volume: Callable[[Decimal], Decimal] | None = None

    def at(self, volume: float) -> float:
        """Return the dollars of a month at a volume."""
        if self.of_volume:
            return float(self.of_volume(Decimal(volume)))
        count = max(float(self.least), ceil(volume / float(self.served)))
        found = float(self.fixed) + float(self.per_request) * volume
        return found + float(self.machine) * count

    @property
    def starts_at(self) -> Decimal:
        """The dollars of a month without a request."""
        return self.fixed + self.machine * self.least


def detail(line: CostOverVolume) -> str:
    """Return what a line costs, below its name."""
    if line.machine:
        return f"from ${line.starts_at:,.0f}"
    if line.fixed and line.per_request:
        return f"${line.fixed:,.0f} + calls"
    if line.fixed:
        return f"${line.fixed:,.0f}, fixed"
    if line.per_request < _CENT:
        return f"${line.per_request * 1000:.2f} per 1,000"
    return f"${line.per_request:.2f} each"


def volume(exponent: int) -> str:
    """Return a power of ten as an axis names it.

    >>> volume(5), volume(7), volume(9)
    ('100,000', '10m', '1bn')
    """
    if exponent >= _BILLION:
        return f"{10 ** (exponent - _BILLION):,}bn"
    if exponent >= _MILLION:
        return f"{10 ** (exponent - _MILLION):,}m"
    return f"{10**exponent:,}"


def title(lines: Sequence[CostOverVolume], requests: int, even: int | None) -> str:
    """Return what a chart of lines shows, for who cannot see it."""
    said = " and ".join(map(_costs, lines))
    meet = f"They meet at {even:,} calls a month" if even else "They never meet"
    return (
        f"Cost a month, by calls a month: {said}. {meet}; this case has {requests:,}."
    )


def _costs(line: CostOverVolume) -> str:
    said = f"{line.name} costs ${line.starts_at:,.0f} a month"
    if line.per_request:
        said += f" and ${line.per_request * 1000:,.2f} for 1,000 calls"
    if line.of_volume:
        said += ", less with more calls"
    if not line.machine:
        return said
    served = f"{line.served:,.0f} calls"
    return f"{said}, and ${line.machine:,.0f} more for each GPU that serves {served}"
