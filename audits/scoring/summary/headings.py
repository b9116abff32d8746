"""What the sections of a result show, as their headings say it."""

from collections.abc import Collection, Iterator, Mapping

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import NONE_SO_FAR, Assessment
from audits.scoring.explaining.grades.standings import ReasonStanding
from audits.scoring.money.amounts import dollars
from audits.scoring.money.currency import unpriced_line
from audits.scoring.money.names.paid_training import may_be_paid
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.pricing.difference import Plans, net_from_day
from audits.scoring.sums.asked.net_parts import NetParts

_NO_PRICE = "Nothing has a price yet"
_NO_NUMBERS = "Not known: no numbers are entered"
_PLAN = "the current plan"
_YEAR, _MORE_IF = " over 12 months", " more if the "
# Of one reason to train that may hold, and of several: the others are counted.
_WHICH: Mapping[ReasonStanding, tuple[str, str]] = {
    "measured": ("holds", "hold"),
    "claimed": ("is possible", "are possible"),
}


def why_says(assessment: Assessment, *, is_open: bool) -> str:
    """Say how many reasons to train hold, and whether something forbids training.

    Args:
        assessment: What was decided.
        is_open: Whether a reason could still come, and none is known of a draft.
    """
    if is_open:
        return NONE_SO_FAR
    said, number = assessment.reasons_message, len(assessment.blockers)
    if not (number and assessment.reasons_measured):
        return said
    forbid = "blocker forbids" if number == 1 else "blockers forbid"
    return f"{said}, but {number} {forbid} training"


def money_says(
    assessment: Assessment, money: Money | None, parts: NetParts | None = None
) -> str:
    """Say what the money shows, or that nothing has a price.

    Args:
        assessment: What was decided.
        money: The money behind it; None where none is known.
        parts: What an advice saves, in bills and time; None where no plan ends.
    """
    if money:
        said = _with_training_paid(money)
        then = _turned_later(money) or _bills_rise(parts)
        # With both in one line where the page has room for it.
        return f"{said.replace(_PLAN, 'the plan')}{then}" if then else said
    if assessment.costs or unpriced_line(assessment):
        return _NO_PRICE
    return _NO_NUMBERS


def _with_training_paid(money: Money) -> str:
    """Return what the money shows; of a saving, that it depends on what is paid."""
    net, said, paid = money.saving_year, _found(money), may_be_paid(money)
    if not (net and paid) or net < 0 or _MORE_IF not in money.depends:
        return said
    more = f"{dollars(paid - net)} more if training has been paid"
    return f"{said.removesuffix(_YEAR)}, or {more}"


def _found(money: Money) -> str:
    """Return what the money shows, with what the price leaves out."""
    name = f"“{SHORT_NAMES[money.chosen.technique]}”"
    apart = f"{name} without documents" if money.documents == "left_out" else name
    return money.message.replace(name, apart, 1)


def _bills_rise(parts: NetParts | None) -> str:
    """Say that a saving is engineers’ time, where the bills are higher."""
    is_time = parts and parts.bills is not None and parts.bills < 0 < parts.saved
    return ", but bills rise" if is_time else ""


def _turned_later(money: Money) -> str:
    """Say what a month costs after all known changes, if it goes the other way."""
    month, year, plan = money.saving, money.saving_year, money.today
    if not (money.recommended and plan and month and year):
        return ""
    if (month > 0) == (year > 0):
        return ""
    then = f"{dollars(abs(month))} a month {'less' if month > 0 else 'more'}"
    is_of_plan = plan.last_month - money.chosen.month_told == month
    if plan.changes and is_of_plan:
        return f"; {then} from {plan.changes[0]:%b %Y}"
    return f"; then {then}"


def counts_unpaid(money: Money) -> bool:
    """Return whether a saving against the plan counts a training that may be paid."""
    return money.saving_year is not None and bool(may_be_paid(money))


def ranges_overlap(money: Money) -> bool:
    """Return whether the plan may cost as much as what it is compared with."""
    plan, chosen = money.today, money.chosen
    if plan is None or plan == chosen or money.role == "on_hold":
        return False
    return plan.year.low <= chosen.year.high and chosen.year.low <= plan.year.high


def order_said(money: Money, told: Money | None = None) -> str:
    """Say what is cheaper where ranges overlap: the same numbers move both plans.

    Args:
        money: The money behind a verdict, whose ranges overlap.
        told: The same from the day of the verdict, if it counts from a later one.
    """
    found = _difference(money, told or money)
    if found and (found.low > 0 or found.high < 0):
        side = "less" if found.low > 0 else "more"
        name = SHORT_NAMES[money.chosen.technique]
        return f", yet “{name}” always costs {side} than the plan."
    return ", so the order may change."


def _difference(money: Money, told: Money) -> Band | None:
    """Return what is spent less, with its span; None where that is not known."""
    found, plan, later = told.difference, told.today, money.today
    if found is None or plan is None or later is None:
        return None
    if found.expected != told.saving_year:
        return None
    year = Plans(plan.year, told.chosen.year)
    then = Plans(later.year, money.chosen.year)
    return found if then == year else net_from_day(year, then, found)


def other_conditions(
    assessment: Assessment, said: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return the blockers and reasons without a row of their own, by whether they hold.

    Args:
        assessment: What was decided.
        said: The ids of the blockers and reasons that have a row.
    """
    return (*_other_blockers(assessment, said), *_other_reasons(assessment, said))


def _other_blockers(
    assessment: Assessment, said: Collection[str]
) -> Iterator[tuple[str, str]]:
    blockers = [x for x in assessment.trace.blockers if x.outcome == "fired"]
    left = [each.name for each in blockers if each.id not in said]
    if left:
        word = "Forbid training" if left[1:] else "Forbids training"
        is_more = len(left) < len(blockers)
        yield f"Also {lower_first(word)}" if is_more else word, ", ".join(left)


def _other_reasons(
    assessment: Assessment, said: Collection[str]
) -> Iterator[tuple[str, str]]:
    left = [each for each in assessment.trace.reasons if each.id not in said]
    for standing, words in _WHICH.items():
        if names := [each.name for each in left if each.shown == standing]:
            reasons = "Reasons" if names[1:] else "Reason"
            yield f"{reasons} that {words[len(names) > 1]}", ", ".join(names)
