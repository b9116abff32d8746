"""What the totals of a pack's decisions mean, in sentences."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from audits.reports.packs.said.plans_kept import plan_left
from audits.scoring.costs.rounding import written
from audits.scoring.money.names.paid_training import if_paid
from audits.scoring.money.states import MONEY_NAMES, PlanState
from audits.scoring.pricing.difference import Plans
from audits.scoring.sums.decision_rows import (
    AT_LEAST,
    DecisionRow,
    DecisionSums,
)
from audits.scoring.sums.money_sums import SumLine, net_said
from audits.scoring.sums.months_from_day import added

_WORDS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
)
_MOST_LEFT_OUT = 8
_MOST_NAMED = 3


def come_to(sums: DecisionSums, rows: Sequence[DecisionRow]) -> tuple[str, ...]:
    """Say what decisions hold, and leave as it is.

    The table by kind of money has what they ask for and end, with the net. A net that
    counts training as not paid is said here too, as it names whose training that is.

    Args:
        sums: The totals of their rows.
        rows: The decisions.
    """
    return tuple(_come_to(sums, rows))


def minuted(in_all: Sequence[SumLine], on: date | None) -> str:
    """Say which sum minutes have: that of 12 months from the decision.

    Args:
        in_all: The sums of the meeting, of which the first is asked for.
        on: The day of the meeting, if it is known.
    """
    if not in_all or on is None:
        return ""
    first = in_all[0]
    if first.kind != "spend" or not first.amount:
        return ""
    asked = f"${written(abs((first.from_day or first.amount).expected))}"
    return f"The minutes have the {asked} asked for, for 12 months from the decision."


def _come_to(sums: DecisionSums, rows: Sequence[DecisionRow]) -> Iterator[str]:
    for state in sums.released:
        if paid := _if_paid(sums, rows, state):
            yield f"{MONEY_NAMES[state]} plans: {net_said(sums.net[state])}{paid}."
    for state, held in sums.held.items():
        yield (
            f"{MONEY_NAMES[state]} plans: ${written(held.expected)} waits for a "
            "measurement or a step."
        )
    for state, left in sums.goes_on.items():
        if left != sums.today[state]:
            plans = f"{MONEY_NAMES[state]} plans"
            of = [row for row in rows if row.state == state]
            yield f"{plans}: {plan_left(of, left.expected)}"


def _if_paid(sums: DecisionSums, rows: Sequence[DecisionRow], state: PlanState) -> str:
    """Say what a net is if training that it counts is paid; empty if none may be.

    Of several decisions, those whose training it is are named if they are few.
    """
    trained = [x.name for x in rows if x.state == state and x.may_be_paid]
    is_named = len(rows) > 1 and 0 < len(trained) <= _MOST_NAMED
    of = listed(trained) if is_named else ""
    return if_paid(sums.net[state].expected, sums.may_be_paid.get(state), of=of)


def on_top(sums: DecisionSums) -> str:
    """Say how much of the sum asked for replaces no plan; empty if all of it does.

    The sum asked for is gross: it still has what a plan that ends would cost.
    """
    if sums.asked is None or not sums.replacing:
        return ""
    rest = sums.asked.expected - added(sums.replacing.values()).expected
    if not rest:
        return ""
    return f"${written(rest)} asked for replaces no plan."


def range_of_net(rows: Sequence[DecisionRow]) -> str:
    """Say how the range of a net is counted; empty if no net has a range.

    What is known of two plans apart leaves each at an end of its own.
    """
    nets = [
        (row, Plans(row.released, row.asked))
        for row in rows
        if row.net and row.released and row.asked and row.net.low != row.net.high
    ]
    if not nets:
        return ""
    apart = [row.name for row, plans in nets if row.net == plans.at_own_ends]
    but = f", except for {listed(apart)}, where each plan is at an end of its own"
    return (
        "In the range of a net, each number is the same in the plan that ends and in "
        f"what replaces it{but if apart else ''}."
    )


def price_rises(rows: Sequence[DecisionRow]) -> str:
    """Say which part of the net amounts is a price rise avoided; empty if none."""
    rises = [(x.price_rise, x.name) for x in rows if x.price_rise and x.price_rise > 0]
    rises.sort(key=lambda pair: -pair[0])
    # One more is as long as its name.
    named = rises[:_MOST_NAMED] if len(rises) > _MOST_NAMED + 1 else rises
    found = [
        f"${written(rise)} is an announced price rise avoided ({name})"
        for rise, name in named
    ]
    if others := rises[len(named) :]:
        rest = written(sum((rise for rise, _ in others), Decimal()))
        found.append(f"${rest} is one in {len(others)} more")
    return f"In the net amounts, {listed(found)}." if found else ""


def not_counted(rows: Sequence[DecisionRow]) -> str:
    """Name all that the total asked for leaves out, by decision; empty if nothing."""
    found = [(row.name, listed(row.left_out)) for row in rows if row.left_out]
    if not found:
        return ""
    named = [f"{name} ({what})" for name, what in found[:_MOST_LEFT_OUT]]
    if more := len(found) - len(named):
        named.append(f"{more} more (see their papers)")
    return f"Not in the sum asked for: {listed(named)}."


def lacking(rows: Sequence[DecisionRow], decisions: int) -> str:
    """Name those of some decisions with a cost that the total leaves out.

    Of many, it is how many they are.
    """
    left = [row for row in rows if row.left_out]
    found, more = [row.name for row in left], _more(left)
    if not found:
        return ""
    if decisions == 1:
        return f"It may cost {more}"
    if found[_MOST_NAMED:]:
        return f"{word(len(found))} of them may cost {more}"
    return f"{listed([f'“{name}”' for name in found])} may cost {more}"


def _more(rows: Sequence[DecisionRow]) -> str:
    """Say how much more some cost, if second approvals are all that is left out."""
    later = [row.later for row in rows if row.later is not None]
    if not later or len(later) < len(rows):
        return "more"
    amount = f"${written(sum(later, Decimal(0)))} more"
    if len(later) == 1:
        return f"{amount} after a second approval"
    return f"{amount} in all after second approvals"


def least_said(bound: str) -> str:
    """Return what goes before an amount that is `bound`: only a lower bound is said.

    >>> least_said("at least"), least_said("in part")
    ('at least ', '')
    """
    return f"{bound} " if bound == AT_LEAST else ""


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    first, last = ", ".join(words[:-1]), "".join(words[-1:])
    return f"{first} and {last}" if first else last


def word(number: int) -> str:
    """Write a number up to twelve in a word."""
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}"
