"""The amounts that sentences about the money behind a verdict may name."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from audits.scoring.calendars.break_even import payback_months
from audits.scoring.calendars.payback import in_tenths
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.days import in_words
from audits.scoring.money.amounts import dollars as _dollars
from audits.scoring.money.amounts import in_range, measured
from audits.scoring.money.measuring import approved_later, funded
from audits.scoring.money.moves import amounts_of
from audits.scoring.money.names.paid_training import (
    either_way,
    if_paid,
    if_unpaid,
    may_be_paid,
    paid_so_far,
)
from audits.scoring.money.once import paid_once
from audits.scoring.money.over_time.changes import (
    beside_after_its_end,
    by_announced_price,
    changed,
    ended,
    is_once_uncertain,
    released,
)
from audits.scoring.money.waiting import awaited, included
from audits.scoring.sentences.beside_untrained import beside_untrained
from audits.scoring.sentences.both_run import both_run
from audits.scoring.sentences.costs_more_then import costs_more_then

if TYPE_CHECKING:
    from audits.scoring.money.words import Money

_AVOIDED = ", only because an announced price rise is avoided"


def named_amounts(money: "Money") -> Iterator[tuple[str, str | None]]:
    """Yield each amount that a sentence may name; None or nothing if unknown."""
    chosen, today, left_out = money.chosen, money.today, money.documents == "left_out"
    yield "name", f"“{SHORT_NAMES[chosen.technique]}”"
    yield "starts", in_words(chosen.starts)
    yield "year", in_range(chosen.year)
    yield "over", _dollars(chosen.year.expected)
    yield "month", _dollars(chosen.month_told)
    if money.one_off:
        yield from (("up_front", _dollars(money.one_off)), ("set_up", ""))
    yield "unpriced", money.unpriced or None
    yield from _funded(money)
    yield from amounts_of(money.move, today) if money.move else ()
    if not money.move:
        yield "unmoving", None if left_out and chosen == today else ""
    yield from _tested(money)
    is_told = chosen == today and money.kind in ("keep", "rebuild")
    yield "left_out", "" if left_out and not is_told else None
    yield "volume", money.crossing.message if money.crossing else None
    yield "apart", "" if any(map(is_once_uncertain, money.stated)) else None
    yield from _by_results(money)
    yield from _against_today(money)
    yield from paid_once(chosen, money.one_off, is_today=chosen == today)
    yield from _risked(money)
    held = money.is_against and money.state == "planned"
    yield from measured(money.measuring, money.at_once, chosen, today if held else None)
    yield from beside_untrained(chosen.technique, chosen.year.expected, money.candidate)
    yield from awaited(chosen, is_assumed=money.is_wait_assumed)
    untold = [x for x in money.stated if x != chosen or money.kind != "train"]
    yield "included", included(untold, is_assumed=money.is_wait_assumed)
    same_price = (row.same_price for row in (today, chosen) if row)
    yield "assumed", next(filter(None, same_price), None)
    for name, row in (("changes", chosen), ("today_changes", today)):
        if row and not (name == "changes" and row is today):
            said = f"the {plan_in_words(money)}" if row is today else f"“{row.name}”"
            yield name, changed(row, said, money.ruled_out)


def _funded(money: "Money") -> Iterator[tuple[str, str | None]]:
    """Yield what it takes to run a model, and what training later adds."""
    yield from funded(money.people, money.practices)
    chosen, plan = money.chosen, money.goes_on
    yield "is_beside", "" if plan else None
    yield from approved_later(
        *(money.people, money.practices, chosen.year, chosen.calendar),
        (SHORT_NAMES[plan.technique], plan.year.expected) if plan else None,
    )


def _against_today(money: "Money") -> Iterator[tuple[str, str | None]]:
    chosen, today, net = money.chosen, money.today, money.saving_year
    if money.role == "compared":
        yield "compared_with", ""
    # As a pack says it of an amount beside which more is paid.
    yield "about", "" if today == chosen else "about "
    if today == chosen:
        yield "same", in_range(chosen.year)
        yield "more_than", "" if money.documents == "left_out" else None
    else:
        yield "new", ""
    if today is None or net is None:
        return
    added = by_announced_price(today, chosen)
    yield "net", _net(money, net)
    if money.state != "stopped":
        if money.is_against:
            yield "released", released(today, added) or None
            yield "against", ""
        yield from ended(today, money.state)
        ends = None if money.move or money.kind != "move" else today.ends
        yield from both_run(ends, today.month.expected)
    if net > 0 and not money.is_undecided:
        after = chosen.last_month, today.last_month
        yield from costs_more_then(after, (chosen.year.high, today.year.high), net)
    yield "training_paid", paid_so_far(money) or None
    yield "beside", beside_after_its_end(today, chosen) or None
    if added is not None and not money.is_undecided:
        left = net - added
        yield "saved_without" if left >= 0 else "more_without", _dollars(abs(left))
    yield from _paid_back(money)


def _tested(money: "Money") -> Iterator[tuple[str, str | None]]:
    """Say what a test counts for: set-up, and what nothing proves to be there."""
    yield "if_passes", money.if_passes or None
    yield "untested", f"“{money.as_untested[0]}”" if money.as_untested else None
    yield "asked_on", f" on {money.asked_on}" if money.asked_on else ""
    yield "as_expected", "an expected " if money.if_passes else ""
    yield "there", "" if money.is_tested and money.chosen != money.today else None
    yield "only_tested", money.only_tested or None


def _by_results(money: "Money") -> Iterator[tuple[str, str | None]]:
    """Say what serves costs by its result, in the place of “nothing more” or beside."""
    if (found := money.by_results) is None:
        return
    is_same = money.chosen == money.today and money.kind in ("keep", "rebuild")
    if is_same and (found.more or found.month is None):
        yield "instead", found.says
        yield "beyond", _dollars(found.more) if found.more else None
        yield "not_known", "" if found.month is None else None
    else:
        yield "by_results", found.says


def _net(money: "Money", net: Decimal) -> str:
    said = f"{_dollars(abs(net))} {'less' if net >= 0 else 'more'} than the "
    now = f"{_dollars(money.chosen.year.expected)} more than today, and "
    said = f"{now * (money.state == 'stopped')}{said}{plan_in_words(money)}"
    paid = if_paid if (avoided := _is_rise_avoided(money, net)) else if_unpaid
    return said + _AVOIDED * avoided + paid(net, may_be_paid(money), either_way(money))


def depends(money: "Money", net: Decimal) -> str:
    """Say which price or payment makes the net what it is."""
    avoided = _AVOIDED if _is_rise_avoided(money, net) else ""
    return avoided + if_paid(net, may_be_paid(money), either_way(money))


def _is_rise_avoided(money: "Money", net: Decimal) -> bool:
    """Return whether nothing is saved without an announced price rise."""
    added = by_announced_price(money.today, money.chosen) if money.today else None
    return added is not None and 0 <= net < added and not money.is_undecided


def _paid_back(money: "Money") -> Iterator[tuple[str, str | None]]:
    # What waits for a measurement, or is trained later at most, pays nothing back.
    has_none = money.is_undecided or money.kind == "move"
    if money.saving is None or has_none or not money.one_off:
        return
    months = money.payback_months
    if months is None:
        yield "never", ""
    elif not months:
        is_open = may_be_paid(money) is not None
        yield "at_once", ", if no training is paid yet" if is_open else ""
    elif money.chosen.calendar.wait:
        yield "payback_waiting", _months(months)
    elif months == payback_months(money.one_off, money.saving):
        yield "payback", _months(months)
        yield "saving", _dollars(money.saving)
    else:
        yield "payback_changing", _months(months)


def _risked(money: "Money") -> Iterator[tuple[str, str | None]]:
    if money.at_risk is not None:
        yield risk_of(money), _dollars(money.at_risk)
        if money.if_it_fails:
            technique, year = money.if_it_fails
            name = f"“{SHORT_NAMES[technique]}”"
            yield "fails", f"{name} then stays in use and costs {_dollars(year)}"


def risk_of(money: "Money") -> str:
    """Name what may be lost; nothing is with a plan that costs less than the advice."""
    if money.at_risk_if == "its_test_fails":
        return "lost"
    is_dearer = (money.saving_year or 0) < 0 and not money.is_undecided
    return "kept_up" if is_dearer else "at_risk"


def plan_in_words(money: "Money") -> str:
    """Return what the plan that is compared with is called."""
    return "stopped plan" if money.state == "stopped" else "current plan"


def _months(number: Decimal) -> str:
    return f"{in_tenths(number)} months"
