"""The shapes of a proposal, and of one that is compared with other plans."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.frameworks.questions import Technique
from audits.scoring.costs.cost_calendar import MONTHS
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.rounding import as_printed

DOLLARS = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is offered, by whom, for how much and for what.

    `once`, `month` and `year` are prices in `currency`; a month and a year are both
    paid if both are given. `rate` is the team's own: US dollars for one unit of the
    currency. It begins on `start` and is for so many `months`; without them, from the
    day of pricing and with no end. `requests` are the calls a month that it is for.
    `document` is a link or a note that says where it is written.
    """

    by: str
    technique: Technique | None = None
    includes: str | None = None
    currency: str = DOLLARS
    once: Decimal | None = None
    month: Decimal | None = None
    year: Decimal | None = None
    rate: Decimal | None = None
    start: date | None = None
    months: int | None = None
    requests: int | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """US dollars for one unit of a currency on a day, and who publishes it.

    The team's own rate has neither day nor issuer.
    """

    dollars: Decimal
    day: date | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount in the proposal's currency, and in US dollars."""

    own: Decimal
    dollars: Decimal

    @property
    def printed(self) -> Decimal:
        """The dollars as pages print them."""
        return as_printed(self.dollars)

    def at(self, rate: Rate) -> "Amount":
        """Return the same amount at another rate."""
        return Amount(own=self.own, dollars=self.own * rate.dollars)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A plan that a proposal is compared with, in US dollars as pages print them.

    `standing` is what it is to the verdict, such as “Recommended”. `month` is the
    running month, and `year` 12 months with what is paid `once` in them.
    """

    technique: PricedTechnique
    standing: str
    month: Decimal
    once: Decimal
    year: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """How much more a proposal costs than a plan, in US dollars; negative is less.

    `is_least` says that it costs at least so much more.
    """

    amount: Decimal
    is_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedModel:
    """The model that an offer to train would train, with its ends in the 12 months.

    It cannot be trained from `closes` on, and serves nobody from `retires` on; None
    where no such day is announced.
    """

    name: str
    closes: date | None
    retires: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedProposal:
    """A proposal over the 12 months from `on`, and the plans beside it.

    `rate` is None where the proposal is in US dollars. It is paid from `starts` on,
    and covers `covered` of the 12 months; it `ends_early` if that is before their end.
    `before` are the dollars of what runs today until it begins, None if they are not
    known. `requests` are the use case's calls a month,
    None if nobody gave them. A plan that is None has no amount, and the text beside it
    says why. `trains` is a model that it would train and that ends; None without one.
    """

    proposal: Proposal
    technique_name: str
    on: date
    rate: Rate | None
    starts: date
    covered: Decimal
    ends_early: bool
    before: Decimal | None
    month: Amount
    once: Amount
    year: Amount
    requests: int | None
    today: Beside | None
    recommended: Beside | None
    today_missing: str = ""
    recommended_missing: str = ""
    trains: TrainedModel | None = None

    @property
    def covers_volume(self) -> bool | None:
        """Whether it is for the use case's calls; None if one of both is not known."""
        if self.proposal.requests is None or self.requests is None:
            return None
        return self.proposal.requests >= self.requests

    @property
    def covers_year(self) -> bool:
        """Whether it covers all of the 12 months."""
        return self.covered >= MONTHS

    @property
    def has_running_price(self) -> bool:
        """Whether a month of it has a price."""
        return self.proposal.month is not None or self.proposal.year is not None

    @property
    def leaves_out_running(self) -> bool:
        """Whether what it costs to run is not known: it has neither price nor term.

        What is paid once for so many months is for running it in these months, too.
        """
        return not self.has_running_price and self.proposal.months is None

    @property
    def against(self) -> tuple[Beside, Net] | None:
        """What its 12 months are compared with, and the difference; None if nothing.

        That is what the verdict leads to, else what runs today. Pages and decisions say
        nothing of an offer that this contradicts.
        """
        for plan in (self.recommended, self.today):
            if plan and (net := self.net_year(plan)):
                return plan, net
        return None

    def net_month(self, plan: Beside) -> Net | None:
        """Return what a running month costs more than that of a plan."""
        is_part = self.covers_volume is False or not self.covered
        return _net(self.month.printed - plan.month, is_part=is_part)

    def net_year(self, plan: Beside) -> Net | None:
        """Return what 12 months cost more than those of a plan.

        What runs today goes on until the proposal begins.
        """
        is_part = self.covers_volume is False or self.ends_early or not self.covered
        is_part = is_part or self.leaves_out_running
        before = self.before or Decimal(0)
        is_part = is_part or self.before is None
        return _net(self.year.printed + before - plan.year, is_part=is_part)


def _net(difference: Decimal, *, is_part: bool) -> Net | None:
    if not is_part:
        return Net(amount=difference)
    return Net(amount=difference, is_least=True) if difference > 0 else None
