"""A compared proposal in words and in rows: every amount with what it buys and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import as_printed, in_column
from audits.scoring.days import in_words
from audits.scoring.proposals.comparison_rows import Cell, Row
from audits.scoring.proposals.counted_words import listed, months_in_words
from audits.scoring.proposals.gaps import serves, trained_ends, without
from audits.scoring.proposals.proposal import (
    DOLLARS,
    Amount,
    Beside,
    ComparedProposal,
    Net,
    Rate,
)

_SIGNS: Mapping[str, str] = {DOLLARS: "$", "EUR": "€", "GBP": "£"}
_CENT = Decimal("0.01")
_NO_NET, _NOT_STATED = "Not compared", "Not stated"
_ADVISED, _TODAY = "Recommended", "the current plan"
_LABELS = ("A month", "Once", "12 months")
_YEAR = 12  # months, which the table has


@dataclass(frozen=True, slots=True)
class ProposalWords:
    """What pages and papers say about a compared proposal."""

    compared: ComparedProposal

    @property
    def title(self) -> str:
        """The finding, as a heading."""
        return f"The offer {self.finding}"

    @property
    def finding(self) -> str:
        """What it costs against what it is compared with, after its name."""
        found = self.compared
        if found.against is None:
            return f"costs {_usd(found.year.printed)} over 12 months"
        plan, net = found.against
        than = _TODAY if plan is found.today else _called(plan)
        return f"costs {_more(net, than)} over 12 months{without(found, net)}"

    @property
    def term(self) -> str:
        """The 12 months that are compared."""
        return f"12 months from {in_words(self.compared.on)}"

    @property
    def rows(self) -> tuple[Row, ...]:
        """The current plan, what is offered, what the verdict recommends; then nets."""
        found = self.compared
        today, advised = found.today, found.recommended
        rows = [
            _plan("Current plan", today, found.today_missing),
            self._offer,
            _plan(_called_in_row(advised), advised, found.recommended_missing),
        ]
        if today:
            rows.append(self._net("Offer against the current plan", today))
        if advised:
            rows.append(self._net(f"Offer against {_called(advised)}", advised))
        return tuple(rows)

    @property
    def line(self) -> str:
        """The comparison over 12 months in one sentence, for page 1."""
        return self._line(self.year_in_both, " (A4)")

    def _line(self, year: str, where: str) -> str:
        found, offer = self.compared, self.compared.proposal
        said = [f"Offer of {offer.by}{self._for_what}: {year}"]
        if found.covers_volume is False:
            said.append(f" for {offer.requests:,} of {found.requests:,} calls a month")
        said.append(" over 12 months" if found.covers_year else f" over {self.part}")
        if found.against:
            plan, net = found.against
            said.append(f", {_more(net, _standing(plan))}{without(found, net)}")
        if ends := trained_ends(found):
            said.append(f"; {ends}")
        if self.whole:
            said.append(f"; {self.whole}")
        return f"{''.join(said)}{where}."

    @property
    def ends(self) -> str:
        """How long what it trains can serve; empty if it does not end."""
        return serves(self.compared)

    @property
    def by(self) -> str:
        """Who makes it."""
        return self.compared.proposal.by

    @property
    def beside(self) -> tuple[str, ...]:
        """What it is beside the others, in brief; the appendix has the rest."""
        found, offer = self.compared, self.compared.proposal
        said = [trained_ends(found)]
        if found.against:
            plan, net = found.against
            than = "advised" if plan.standing == _ADVISED else _standing(plan)
            more = _more(net, _TODAY if plan is found.today else than)
            said.insert(0, f"{more}{without(found, net)}")
        prices = [*filter(None, (self._own_year, self.whole))]
        if found.covers_volume is False:
            part = f"for {offer.requests:,} of {found.requests:,} calls a month"
            prices.append(f"both {part}" if len(prices) > 1 else part)
        return tuple(filter(None, (*said, ", ".join(prices))))

    @property
    def _own_year(self) -> str:
        """What the 12 months cost in its currency; empty if other words say it."""
        found, offer = self.compared, self.compared.proposal
        own = in_currency(as_printed(found.year.own), offer.currency)
        is_said = offer.currency == DOLLARS or self.whole.startswith(f"{own} ")
        term = "over 12 months" if found.covers_year else f"over {self.part}"
        term = "once" if found.leaves_out_running else term
        return "" if is_said else f"{own} {term}"

    def cost(self, in_thousands: bool) -> str:
        """What 12 months cost in US dollars; may be a least."""
        found = self.compared
        least = "At least " if found.leaves_out_running else ""
        return f"{least}{in_column(found.year.printed, in_thousands=in_thousands)}"

    @property
    def year_in_brief(self) -> str:
        """What 12 months of it cost in dollars, as the amounts beside it are."""
        found = self.compared
        term = "once" if found.leaves_out_running else "over 12 months"
        return f"{_usd(found.year.printed)} {term}"

    @property
    def whole(self) -> str:
        """What all its months cost in its own currency; empty if they have no end."""
        offer = self.compared.proposal
        if offer.months is None:
            return ""
        months = Decimal(offer.months)
        month = (offer.month or Decimal(0)) + (offer.year or Decimal(0)) / 12
        total = (offer.once or Decimal(0)) + month * months
        own = in_currency(as_printed(total), offer.currency)
        return f"{own} over {months_in_words(months)}"

    @property
    def year_in_both(self) -> str:
        """What 12 months cost in the offer's currency, the dollars, and their rate."""
        found = self.compared
        return in_both(found.year, found.proposal.currency, found.rate)

    @property
    def buys(self) -> str:
        """What is paid, for what, from which day and how long."""
        offer = self.compared.proposal
        prices = [
            f"{in_currency(price, offer.currency)} {how}"
            for price, how in (
                (offer.once, "once"),
                (offer.month, "a month"),
                (offer.year, "a year"),
            )
            if price is not None
        ]
        months = offer.months
        for_how_long = f" for {months_in_words(Decimal(months))}" if months else ""
        calls = f", up to {offer.requests:,} calls a month" if offer.requests else ""
        what = f" It includes: {offer.includes}" if offer.includes else ""
        end = "" if what.endswith((".", "!", "?")) or not what else "."
        return (
            f"{self._who_asks} {listed(prices)}, from "
            f"{self._first_day}{for_how_long}{calls}.{what}{end}"
        )

    @property
    def _first_day(self) -> str:
        """Its first day as it was entered; one that has passed counts from pricing."""
        entered, counted = self.compared.proposal.start, self.compared.starts
        if entered is None or entered == counted:
            return in_words(counted)
        return f"{in_words(entered)} (counted from {in_words(counted)})"

    @property
    def limits(self) -> tuple[str, ...]:
        """What the offer does not cover or may not, and what its amounts leave out."""
        found, said = self.compared, [self.ends, *self._not_covered]
        if self.whole and found.proposal.months != _YEAR:
            said.insert(0, f"It commits to {self.whole}.")
        if found.requests is None:
            said.append("How many calls a month this use case has is not entered.")
        elif found.proposal.requests is None:
            said.append(
                f"The offer names no volume: ask whether it covers {found.requests:,} "
                "calls a month."
            )
        if found.proposal.rate and found.rate is None:
            said.append("Its exchange rate does not count: it is in US dollars.")
        if found.today or found.recommended:
            said.append(
                "The other amounts include your people’s time; the offer does not."
            )
        return tuple(filter(None, said))

    @property
    def _not_covered(self) -> tuple[str, ...]:
        found = self.compared
        said = []
        if found.covers_volume is False:
            said.append(
                f"The offer is for {found.proposal.requests:,} of {found.requests:,} "
                "calls a month; what the rest costs is not known."
            )
        if found.leaves_out_running:
            said.append(
                "The offer names no running price, so none is counted: ask what a "
                "month costs."
            )
        if not found.covers_year:
            said.append(f"The offer covers {self.part}.")
        if found.starts > found.on and found.before != 0:
            said.append(self._until_it_begins)
        return tuple(said)

    @property
    def _until_it_begins(self) -> str:
        found = self.compared
        day = in_words(found.starts)
        if found.before is None:
            return f"What runs until {day} has no price."
        return f"Until {day} the current plan is counted: {_usd(found.before)}."

    @property
    def rate(self) -> str:
        """The rate behind the dollars, as a sentence; empty for an offer in dollars."""
        rate, currency = self.compared.rate, self.compared.proposal.currency
        if rate is None:
            return ""
        was = "was" if rate.day else "is"
        return f"1 {currency} {was} {rate.dollars:f} US dollars{_basis(rate)}."

    @property
    def _for_what(self) -> str:
        return f" for “{name}”" if (name := self.compared.technique_name) else ""

    @property
    def _who_asks(self) -> str:
        by, name = self.compared.proposal.by, self.compared.technique_name
        return f"{by} offers “{name}” for" if name else f"{by} asks"

    @property
    def part(self) -> str:
        """How much of the 12 months it covers."""
        covered = f"{self.compared.covered:.1f}".removesuffix(".0")
        return f"{covered} of the 12 months"

    @property
    def _offer(self) -> Row:
        found = self.compared
        currency = found.proposal.currency
        amounts = (found.month, found.once, found.year)
        own = (in_currency(as_printed(each.own), currency) for each in amounts)
        month, once, year = (
            Cell(
                label=label,
                amount=_usd(amount.printed),
                own="" if currency == DOLLARS else said,
            )
            for label, amount, said in zip(_LABELS, amounts, own, strict=True)
        )
        if not found.has_running_price:
            month = replace(month, amount=_NOT_STATED, own="")
        if found.leaves_out_running:
            year = replace(year, amount=f"At least {year.amount}")
        return Row(
            name=f"Offered by {found.proposal.by}",
            detail=found.technique_name,
            cells=(month, once, year),
            is_offer=True,
        )

    def _net(self, name: str, plan: Beside) -> Row:
        month, year = self.compared.net_month(plan), self.compared.net_year(plan)
        is_running = self.compared.has_running_price
        said = (_difference(month) if is_running else "", "", _difference(year))
        left_out = without(self.compared, year).removeprefix(", ") if year else ""
        detail = f"{left_out[:1].upper()}{left_out[1:]}"
        return Row(name=name, detail=detail, cells=_cells(said))


def worded(compared: ComparedProposal | None) -> ProposalWords | None:
    """Return the words for a compared proposal; None if there is none."""
    return ProposalWords(compared) if compared else None


def in_currency(amount: Decimal, currency: str) -> str:
    """Write an amount with its currency: whole, or with cents where it has some.

    >>> in_currency(Decimal(120000), "EUR"), in_currency(Decimal("0.5"), "CHF")
    ('€120,000', 'CHF 0.50')
    """
    rounded = amount.quantize(_CENT) if amount != as_printed(amount) else amount
    is_whole = rounded == rounded.to_integral_value()
    text = f"{rounded:,.0f}" if is_whole else f"{rounded:,.2f}"
    return f"{sign_of(currency)}{text}"


def sign_of(currency: str) -> str:
    """Return what is written before an amount: a sign, or the code and a space.

    >>> sign_of("EUR"), sign_of("CHF")
    ('€', 'CHF ')
    """
    return _SIGNS.get(currency, f"{currency} ")


def in_both(amount: Amount, currency: str, rate: Rate | None = None) -> str:
    """Write an amount in its currency, with the dollars behind it, and their rate.

    >>> in_both(Amount(own=Decimal(120000), dollars=Decimal("139200")), "EUR")
    '€120,000 (about $139,200)'
    """
    own = in_currency(as_printed(amount.own), currency)
    if currency == DOLLARS:
        return own
    return f"{own} ({in_dollars(amount, rate)})"


def in_dollars(amount: Amount, rate: Rate | None) -> str:
    """Write the dollars behind an amount, and their rate if it is given."""
    at = f" at {rate.dollars:f}{_basis(rate)}" if rate else ""
    return f"about {_usd(amount.printed)}{at}"


def _basis(rate: Rate) -> str:
    if rate.day is None:
        return ", a rate that the team entered"
    return f" on {in_words(rate.day)}, {rate.issuer}"


def _plan(name: str, plan: Beside | None, missing: str) -> Row:
    if plan is None:
        return Row(name=name, detail=missing)
    said = (_usd(amount) for amount in (plan.month, plan.once, plan.year))
    return Row(name=name, detail=SHORT_NAMES[plan.technique], cells=_cells(said))


def _cells(amounts: Iterable[str]) -> tuple[Cell, ...]:
    pairs = zip(_LABELS, amounts, strict=True)
    return tuple(Cell(label=label, amount=amount) for label, amount in pairs)


def _called_in_row(plan: Beside | None) -> str:
    if plan is None or plan.standing == _ADVISED:
        return "What the verdict recommends"
    return f"What the verdict leads to ({plan.standing.lower()})"


def _called(plan: Beside) -> str:
    if plan.standing == _ADVISED:
        return "what the verdict recommends"
    return f"“{SHORT_NAMES[plan.technique]}”"


def _standing(plan: Beside) -> str:
    """Name what an offer is compared with, and what it is in the verdict."""
    return f"“{SHORT_NAMES[plan.technique]}” ({plan.standing.lower()})"


def _usd(amount: Decimal) -> str:
    return f"${as_printed(amount):,}" if amount else "$0"


def _difference(net: Net | None) -> str:
    if net is None:
        return _NO_NET
    if not net.amount:
        return "The same"
    least = "At least " if net.is_least else ""
    return f"{least}{_usd(abs(net.amount))} {'more' if net.amount > 0 else 'less'}"


def _more(net: Net, than: str) -> str:
    if not net.amount:
        return f"the same as {than}"
    return f"{_difference(net).lower()} than {than}"
