"""What a vote costs at worst, and what later votes can add to that."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audits.reports.packs.said.total_words import listed
from audits.scoring.costs.rounding import written
from audits.scoring.sums.decision_rows import DecisionRow, DecisionSums


def worst_case(rows: Sequence[DecisionRow], sums: DecisionSums) -> str:
    """Say the most that a vote costs, then with what only a later vote can agree to.

    A yes releases what is asked for, and the plans that end may have cost little, as
    far as the same numbers allow it. More is asked for again: all high ends, and
    training that is only prepared. Empty where no amount has a range, and nothing comes
    later.

    Args:
        rows: The decisions.
        sums: Their totals.
    """
    if sums.asked is None:
        return ""
    most = [
        sums.asked.expected - sum(_ends_least(sums, is_more=False), Decimal(0)),
        sums.asked.high - sum(_ends_least(sums, is_more=True), Decimal(0)),
    ]
    later = [(row.name, more) for row in rows if (more := _trained(row)) > 0]
    if later:
        most.append(most[-1] + sum((more for _, more in later), Decimal(0)))
    has_range = sums.asked.high > sums.asked.expected
    is_sure = all(band.low == band.expected for band in sums.released.values())
    if is_sure and not (has_range or later):
        return ""
    whose = "every" if len([x for x in rows if x.asked]) > 1 else "its"
    cases = ["", f"if the board later agrees to {whose} high end, "]
    if later:
        names = listed([f"“{name}”" for name, _ in later])
        cases.append(f"with training for {names}, ")
    said = "; ".join(_said(cases, most, is_net=bool(sums.released)))
    what = "net of this vote is" if sums.released else "cost of this vote is"
    return f"At worst the {what} {said}."


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


def _said(
    cases: Sequence[str], most: Sequence[Decimal], *, is_net: bool
) -> Iterator[str]:
    """Yield each case with its amount, but for one that adds nothing."""
    before: Decimal | None = None
    for case, amount in zip(cases, most, strict=True):
        if amount == before:
            continue
        more = f" {'more' if amount > 0 else 'less'}" if is_net and amount else ""
        yield f"{case}${written(abs(amount))}{more}"
        before = amount


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
