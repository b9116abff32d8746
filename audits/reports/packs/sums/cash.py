"""Which part of what votes ask for is cash: bills, and not the time of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.reports.packs.said.total_words import word
from audits.scoring import Assessment
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.rows import MoneyRow
from audits.scoring.sums.asked.net_parts import NetParts, people_in
from audits.scoring.sums.asked.period import counted_from
from audits.scoring.sums.decision_rows import NOT_PRICED, DecisionRow
from audits.scoring.sums.money_sums import Decided

_ZERO = Decimal(0)
_FEW = {1: "it is", 2: "both are"}
_IF_HIRED = "cash only for people who are hired for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """What a decision asks for over 12 months in US dollars: `bills`, and `people`.

    `saved` are the bills of the plan that it ends which it does not pay, negative if it
    pays more; None if no plan ends.
    """

    bills: Decimal
    people: Decimal
    saved: Decimal | None = None


def cash_of(
    assessment: Assessment, decided: Decided, net: NetParts | None
) -> Cash | None:
    """Return what a decision asks for in bills and in people's time.

    What funds people, or work that is priced in days, has no bill.

    Args:
        assessment: The assessment, with its numbers.
        decided: The decision with its money.
        net: What it saves from the day of the decision; None if it ends no plan.

    Returns:
        Both parts; None if nothing with a price is asked for, or they are not known.
    """
    money, effect = decided.money, decided.effect
    if effect in ("replaced", "new") and money:
        year = counted_from(money.chosen, decided.on).year.expected
        bills = _bills(assessment, money.chosen, year, decided.on)
        ends = effect == "replaced"
        saved = net.bills if net and ends else None
        if bills is None or (ends and saved is None):
            return None
        people = year - bills
        return Cash(bills=bills, people=people, saved=saved)
    if decided.asked is None:
        return None
    bills = _ZERO
    if effect == "measured" and money and money.at_once:
        starts, lines = money.chosen.starts, money.chosen.calendar.one_offs
        once = (x.amount for x in lines if x.day == starts and not x.is_work)
        bills = sum(once, _ZERO)
    return Cash(bills=bills, people=decided.asked.expected - bills)


def _bills(
    assessment: Assessment, row: MoneyRow, year: Decimal, on: date | None
) -> Decimal | None:
    since = None if year == row.year.expected else on
    people = people_in(assessment, row, since, begins=True)
    return None if people is None else year - people


def cash_said(
    decisions: Sequence[tuple[DecisionRow, Cash | None]], on: date | None
) -> str:
    """Say how much cash some votes take together; empty if it is not known of each.

    Args:
        decisions: The decisions, each with its parts.
        on: The one day from which they count; None if they have several.
    """
    asked = [(row, cash) for row, cash in decisions if row.asked]
    parts = [cash for _, cash in asked if cash]
    is_open = any(row.no_amount == NOT_PRICED for row, _ in decisions)
    if not parts or len(parts) < len(asked) or is_open:
        return ""
    bills = sum((x.bills for x in parts), _ZERO)
    people = sum((x.people for x in parts), _ZERO)
    which = _FEW.get(len(asked)) or f"all {word(len(asked)).lower()} are"
    of = f"${written(bills)} of the ${written(bills + people)}"
    said = f"If {which} approved, {of} is bills{_beside(parts, on)}."
    if not people:
        return said
    return f"{said} The other ${written(people)} is people’s time: {_IF_HIRED}."


def _beside(parts: Sequence[Cash], on: date | None) -> str:
    """Say how the bills differ from those of the plans that end; empty if none ends."""
    ends = [x.saved for x in parts if x.saved is not None]
    if not ends:
        return ""
    whose = f"the bills of the plan{'s that end' if ends[1:] else ' that ends'}"
    less = sum(ends, _ZERO)
    if not less:
        return f", as much as {whose}"
    since = in_words(on) if on else "the day of each decision"
    than = f", ${written(abs(less))} {'less' if less > 0 else 'more'} than {whose}"
    return f"{than}, over the 12 months from {since}"


def no_bills_said(row: DecisionRow, cash: Cash | None) -> str:
    """Say that a sum is all people's time; empty if it is not, or not known."""
    if row.asked is None or cash is None or cash.bills:
        return ""
    asked = f"${written(row.asked.expected)}"
    return f"The {asked} is people’s time: cash only if they are hired."
