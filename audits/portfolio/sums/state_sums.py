"""The money of one state, as sums of the portfolio have it."""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_calendar import MONTHS, changes_in
from audits.scoring.money.states import MONEY_MEANINGS, MONEY_NAMES, MoneyState


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSum:
    """The money of one state: of how many use cases, in US dollars.

    `year` is over 12 months: 12 times the month, what is paid `once`, and `changes`
    that are announced.
    """

    state: MoneyState
    number: int
    month: Decimal | None
    year: Decimal | None
    once: Decimal | None

    @property
    def months(self) -> Decimal | None:
        """12 times the month."""
        return None if self.month is None else MONTHS * self.month

    @property
    def changes(self) -> Decimal | None:
        """What announced changes add over 12 months."""
        return changes_in(self.month, self.once, self.year)

    @property
    def name(self) -> str:
        """The state in a word."""
        return MONEY_NAMES[self.state]

    @property
    def meaning(self) -> str:
        """Whose money it is."""
        return MONEY_MEANINGS[self.state]
