"""The charts below the table, with what each says."""

from dataclasses import dataclass
from datetime import date

from audits.portfolio import findings
from audits.portfolio.findings import KindRow, Past, TeamRow
from audits.portfolio.sums.total import Total
from audits.portfolio.totals import Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """The counts and sums of a day, of one team or all.

    Equal ones are drawn once, and what they show is worked out only then. Where what is
    filtered has no months of its own, `past` is of all use cases.
    """

    totals: Totals
    is_of_team: bool
    is_filtered: bool
    past_is_filtered: bool
    on: date
    past: Past | None

    @property
    def total(self) -> Total:
        """All use cases together."""
        return self.totals.total

    @property
    def money_rows(self) -> list[KindRow]:
        """The money by family."""
        return findings.money_rows(self.totals)

    @property
    def money_message(self) -> str:
        """What the money by family shows."""
        return findings.money_message(self.total)

    @property
    def training_message(self) -> str:
        """What is at risk in training beside what runs."""
        return findings.training_message(self.total)

    @property
    def team_rows(self) -> list[TeamRow]:
        """The teams with most use cases."""
        return findings.team_rows(self.totals.teams)

    @property
    def number_of_teams(self) -> int:
        """How many teams have use cases."""
        return len(self.totals.teams)

    @property
    def teams_message(self) -> str:
        """What the counts of the teams show."""
        return findings.teams_message(self.totals)

    @property
    def counted_message(self) -> str:
        """What the counts of the teams have beside what they show."""
        return findings.counted_message(self.totals)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The class and the name of each family."""
        return findings.kind_heads()
