"""What to measure before deciding, and where that could lead."""

from dataclasses import dataclass

from audits.frameworks.rules import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeasurement:
    """An experiment that is worth running, in working hours."""

    id: str
    name: str
    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredOutcome:
    """A verdict that measuring could lead to, and what would have to come out."""

    verdict: Verdict
    verdict_name: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurements:
    """What to measure before deciding, and where it could lead."""

    experiments: tuple[PlannedMeasurement, ...]
    outcomes: tuple[MeasuredOutcome, ...]

    @property
    def hours(self) -> int:
        """Working hours, together."""
        return sum(each.hours for each in self.experiments)
