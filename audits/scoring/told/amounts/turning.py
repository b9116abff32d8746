"""Which assumed number alone makes what is advised the more expensive plan, or not."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.names.named_amounts import plan_in_words
from audits.scoring.money.names.paid_training import may_be_paid
from audits.scoring.money.words import Money
from audits.scoring.pricing.sensitivity import Swing

# One unit of a number counts alike below and above what is expected if the two effects
# differ by no more than this share.
_LIKE = Decimal("0.02")
_DIGITS = 2
_UNPAID = " This assumes that training is not paid yet."
# How a share is told that has no plain name.
_SHARES = {
    "cache_hit_cap": "{} of the repeated text is read from the provider’s cache",
}


def turned_by(assessment: Assessment, money: Money | None) -> str:
    """Say which number, if it is low or high, turns the cheaper plan; empty if none.

    Args:
        assessment: The assessment with its costs.
        money: The money behind it, of the months that a page counts; None where none
            is known.
    """
    if money is None or money.today is None or money.is_undecided:
        return ""
    found = [x for x in _swings(assessment, money) if x.turns]
    if not found or money.move or money.state == "stopped":
        return ""
    more = len(found) - 1
    also = f" {more} more number{'s' * (more > 1)} can turn this, too." if more else ""
    return f"{_said(found[0], assessment, money)}{also}"


def _swings(assessment: Assessment, money: Money) -> Iterator[Swing]:
    """Yield what each number changes of what the advice saves in these months.

    They were computed for the months of the verdict; the money may be of later ones.
    """
    today, saved = money.today, money.saving_year
    if assessment.costs is None or today is None:
        return
    pair = money.chosen.technique, today.technique
    for each in assessment.costs.printed_swings:
        if (each.technique, each.against) == pair:
            yield each if saved is None else replace(each, lead=saved)


def dearer_from(money: Money | None) -> str:
    """Say from which running cost on the cheaper advice costs more; empty if it never.

    Nor is it said where the plan runs what is advised in some of its months, as then
    the plan costs more with it, too.

    Args:
        money: The money behind the advice; None where none is known.
    """
    plan = money.today if money else None
    if money is None or plan is None or money.is_undecided or money.move:
        return ""
    if money.state == "stopped" or not money.saving_year or money.saving_year <= 0:
        return ""
    wait, way = plan.calendar.wait, money.chosen.technique
    then = "prompt" if plan.becomes_prompt else plan.goes_on_as
    if way in (wait and wait.technique, then):
        return ""
    running = money.chosen.year.expected - money.one_off
    most, name = plan.year.expected - money.one_off, SHORT_NAMES[way]
    said = (
        f"If running “{name}” costs over ${written(most)} in 12 months (expected: "
        f"${written(running)}), the advice costs more than the {plan_in_words(money)}."
    )
    return f"{said}{_UNPAID if may_be_paid(money) else ''}"


def _said(swing: Swing, assessment: Assessment, money: Money) -> str:
    is_low = swing.ends[0] * swing.lead < 0
    lead = swing.ends[0] if is_low else swing.ends[1]
    end = swing.values.low if is_low else swing.values.high
    word = "less" if lead > 0 else "more"
    known = "entered" if swing.input_id in assessment.numbers else "assumed"
    usual = f"{known}: {swing.values.usual}"
    amount, at = f"${written(abs(lead))} {word}", _as(swing.values, end)
    plan = plan_in_words(money)
    turn = _turn(swing, is_low=is_low)
    if turn is None:
        costs = f"the advice costs {amount} than the {plan}"
        said = f"If {_is(swing, at)} ({usual}), {costs}"
    else:
        side = "less than" if is_low else "more than"
        said = (
            f"If {_is(swing, f'{side} about {_as(swing.values, turn)}')} ({usual}), "
            f"the advice costs {word} than the {plan}: {amount} at {at}"
        )
    return f"{said}.{_UNPAID if may_be_paid(money) else ''}"


def _is(swing: Swing, amount: str) -> str:
    share = _SHARES.get(swing.input_id)
    return share.format(amount) if share else f"“{swing.name}” is {amount}"


def _turn(swing: Swing, *, is_low: bool) -> Decimal | None:
    """Return the number at which both cost the same; None where that is not known.

    It is between what is expected and an end, where each unit of it counts alike.
    """
    values = swing.values
    down, up = values.expected - values.low, values.high - values.expected
    if not down or not up:
        return None
    below, above = -swing.at_low / down, swing.at_high / up
    if abs(below - above) > _LIKE * max(abs(below), abs(above)):
        return None
    found = values.expected - swing.lead / (below if is_low else above)
    exponent = found.adjusted() - _DIGITS + 1
    return found.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_EVEN)


def _as(values: Range, number: Decimal) -> str:
    """Write a number in the unit of its range."""
    return replace(values, low=number, expected=number, high=number).usual
