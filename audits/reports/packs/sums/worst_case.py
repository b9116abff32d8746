"""What a vote costs at worst, and what later votes can add to that."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audits.reports.packs.said.total_words import listed
from audits.scoring.costs.rounding import written
from audits.scoring.sums.decision_rows import DecisionRow, DecisionSums


def worst_case(rows: Sequence[DecisionRow], sums: DecisionSums) -> str:
    """Say the most that a vote and later ones for the same cost, in one number.

    It is the end of the range of the net, as behind the overview. A yes releases what
    is asked for alone; then it is what the plans that end may have cost at least.
    Training that is only prepared comes on top. Empty where no amount has a range, and
    nothing comes later.

    Args:
        rows: The decisions.
        sums: Their totals.
    """
    if sums.asked is None:
        return ""
    whose = "every" if len([x for x in rows if x.asked]) > 1 else "its"
    now = sums.asked.expected - sum(_ends_least(sums, is_more=False), Decimal(0))
    high, later = _high(sums), _later(rows)
    is_sure = all(band.low == band.expected for band in sums.released.values())
    if is_sure and sums.asked.high == sums.asked.expected and not later:
        return ""
    is_net = bool(sums.released)
    what, amount = "net" if is_net else "cost", _amount(high, is_net=is_net)
    said = f"At worst the {what} of this vote is {amount}"
    if high != now:
        agreed = f"if the board later agrees to {whose} high end"
        said = f"At worst, {agreed}, the {what} is {amount}"
    if later:
        said += f"; with training for {_with(later, high, is_net=is_net)}"
    return f"{said}."


def _with(later: Sequence[DecisionRow], high: Decimal, *, is_net: bool) -> str:
    """Return the worst case with training, and how it adds up.

    What training and the plan that it replaces differ by has no range, so each is at an
    end of its own.
    """
    more = sum(map(_trained, later), Decimal(0))
    lows = [row.goes_on.low for row in later if row.goes_on]
    less = sum(lows, Decimal(0))
    adds = f"${written(more + less)} for it"
    if lows:
        plans = "plans that it replaces" if lows[1:] else "plan that it replaces"
        adds += f", less ${written(less)} at least for the {plans}"
    return f"{_names(later)}, {_amount(high + more, is_net=is_net)} ({adds})"


def _high(sums: DecisionSums) -> Decimal:
    """Return the high end of the net, or of the sum asked for where no plan ends."""
    asked = sums.asked.high if sums.asked else Decimal(0)
    return asked - sum(_ends_least(sums, is_more=True), Decimal(0))


def _later(rows: Sequence[DecisionRow]) -> list[DecisionRow]:
    """Return the decisions to which training adds something after another vote."""
    return [row for row in rows if _trained(row) > 0]


def _names(rows: Sequence[DecisionRow]) -> str:
    return listed([f"“{row.name}”" for row in rows])


def _amount(amount: Decimal, *, is_net: bool) -> str:
    more = f" {'more' if amount > 0 else 'less'}" if is_net and amount else ""
    return f"${written(abs(amount))}{more}"


def _ends_least(sums: DecisionSums, *, is_more: bool) -> Iterator[Decimal]:
    """Yield how little the plans of each state may have cost that end.

    That is beside what replaces them at its high end, or at what is asked for.
    """
    for state, ends in sums.released.items():
        instead, net = sums.replacing.get(state), sums.net.get(state)
        if instead is None or net is None:
            yield ends.low
        elif is_more:
            yield instead.high + net.low
        else:
            yield max(ends.low, instead.expected + net.low)


def has_all_of(row: DecisionRow) -> bool:
    """Return whether the worst case has all that a row leaves out of its amount.

    Training that costs no more than the plan that goes on adds nothing to it.
    """
    return row.in_all is not None and (_trained(row) > 0 or row.later is None)


def _trained(row: DecisionRow) -> Decimal:
    """Return what training adds at most, in the place of the plan that goes on."""
    if row.in_all is None or row.asked is None:
        return Decimal(0)
    goes_on = row.goes_on.low if row.goes_on else Decimal(0)
    return row.in_all.high - row.asked.high - goes_on
