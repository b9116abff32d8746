"""What a decision leads to that is not in the amount that it asks for.

Where a pack adds up what decisions ask for, it names all of this beside the total.
"""

from collections.abc import Iterator
from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.money.measuring import funding, served
from audits.scoring.money.moves import named
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.pricing.counted_once import counted_once
from audits.scoring.sums.asked.period import money_on
from audits.scoring.sums.money_sums import Decided

# What has no price where that is the recommendation, by the kind of decision.
_WHAT = {"part": "the small part", "move": "what replaces the tuned model"}
_ANYTHING = "what it leads to"
APPROVED = "a second approval"


def left_out(decided: Decided) -> tuple[str, ...]:
    """Return what a decision costs besides what it asks for, each with its price.

    Empty if all that it leads to is in the amount, or if it asks for nothing yet.
    """
    unpriced = (f"{what}, not priced" for what in _unpriced(decided))
    return (*unpriced, *_until_then(decided), *_moving(decided), *_later(decided))


def second_approvals(decided: Decided) -> Decimal | None:
    """Return what second approvals may add to the amount asked for, in dollars.

    Of several models of which one has to pass, it is the most. None if they add
    nothing, or if the amount leaves out anything else.
    """
    money = decided.money
    if money is None:
        return None
    moves = [more for more, _ in _only_passing(money)]
    later = [*_funded_later(decided)]
    added = [*([max(moves)] if moves else []), *later]
    is_all = len(left_out(decided)) == len(moves) + len(later)
    return sum(added, Decimal(0)) if added and is_all and min(added) > 0 else None


def comes_second(decided: Decided) -> Decimal | None:
    """Return what comes on top of a first part after a second approval, in dollars.

    It is gross of a plan that ends then, as what is asked for first is. None where the
    amount asked for is all, or where nobody knows what comes after it.
    """
    money = decided.money
    if money and money.kind == "show":
        return money.chosen.year.expected
    return second_approvals(decided) if in_all(decided) else None


def in_all(decided: Decided) -> Band | None:
    """Return what only prepares for training with that training; None of others."""
    money = decided.money
    if money is None or money.people is None or not [*_funded_later(decided)]:
        return None
    people, row = money.people, money.chosen
    amount = funding(people, money.practices) or people
    return counted_once(amount, row.year, people, served(people, row.calendar))


def _unpriced(decided: Decided) -> Iterator[str]:
    money, effect = decided.money, decided.effect
    if effect == "unpriced":
        yield _WHAT.get(money.kind, _ANYTHING) if money else _ANYTHING
    if effect == "measured" and decided.asked is None:
        yield "the measurements"
    if effect == "funded" and decided.asked is None:
        yield "the practices and people to run a model"


def _until_then(decided: Decided) -> Iterator[str]:
    """Yield what serves for a time that nobody knows, which has a price a month."""
    money, effect = decided.money, decided.effect
    if money is None:
        return
    is_meanwhile = effect in ("measured", "unpriced") and money.role == "meanwhile"
    # What runs or is planned already asks for nothing more.
    if is_meanwhile and money.today != money.chosen:
        row, month = money.chosen, written(money.chosen.month_told)
        at_first = " at first" if row.changes and not row.first_ends else ""
        yield f"“{SHORT_NAMES[row.technique]}” meanwhile, ${month} a month{at_first}"


def _moving(decided: Decided) -> Iterator[str]:
    """Yield the move of a tuned model that goes on until a day that is not known."""
    money = decided.money
    if money is None or money.kind != "move" or decided.effect != "same":
        return
    calendar = money.chosen.calendar
    ends = {event.day for event in calendar.events if event.kind == "end"}
    if not ends & {line.day for line in calendar.one_offs}:
        yield "moving the model, whose end date is not known"


def _later(decided: Decided) -> Iterator[str]:
    """Yield what a decision may lead to that asks for more, each with its price."""
    money = decided.money
    if money is None:
        return
    for more, name in _only_passing(money):
        yield f"{APPROVED} of ${written(more)} more if only {name} passes"
    then = money_on(money, decided.on)
    if then and then.if_it_fails and not decided.asked:
        more = then.if_it_fails[1] - then.chosen.year.expected
        if more > 0:
            yield f"${written(more)} more if its model fails the test"
    for more in _funded_later(decided):
        yield f"training after {APPROVED}, ${written(more)} more"


def _only_passing(money: Money) -> Iterator[tuple[Decimal, str]]:
    """Yield what each other successor costs more than the first, and its name."""
    if money.move:
        first, *others = (each.price.year_as_printed for each in money.move.candidates)
        for other, each in zip(others, money.move.candidates[1:], strict=True):
            yield other.expected - first.expected, named(each)


def _funded_later(decided: Decided) -> Iterator[Decimal]:
    """Yield what the training adds, where only what it takes to run it is funded."""
    money = decided.money
    if money and money.people and decided.effect == "funded" and decided.asked:
        chosen = money.chosen
        yield chosen.year.expected - served(money.people, chosen.calendar)
