"""What the net amounts of a pack rest on: paid training, and the largest decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.rounding import written
from audits.scoring.sums.ended_plans import Release, known_sum
from audits.scoring.sums.money_sums import SumLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A net in US dollars, over 12 months, from the verdict and from a later day.

    It is the net of the plans in a state, or `what` it is in another case. None where
    it does not apply, or no day is known.
    """

    what: str
    amount: Decimal | None
    from_day: Decimal | None
    is_net: bool = False


def rests_of(lines: Sequence[SumLine], plans: Sequence[Release]) -> tuple[Rest, ...]:
    """Return the nets that rest on something, each followed by what it is without it.

    Args:
        lines: The sums of a pack.
        plans: The plans that its decisions end.
    """
    found: list[Rest] = []
    for line in lines:
        if line.kind == "net" and line.amount:
            of_state = [plan for plan in plans if plan.state == line.state]
            net = Rest(
                what=f"{line.head} plans",
                amount=line.amount.expected,
                from_day=line.from_day.expected if line.from_day else None,
                is_net=True,
            )
            others = [*_others(net, of_state)]
            found += [net, *others] if others else ()
    return tuple(found)


def _others(net: Rest, plans: Sequence[Release]) -> Iterator[Rest]:
    paid = known_sum(plan.may_be_paid for plan in plans)
    if paid:
        training = f"the ${written(paid)} for training"
        yield _if_paid(
            net, plans, f"If {training} has been paid before the decision: not known"
        )
    years = _most(net.amount, [plan.net for plan in plans])
    later = _most(net.from_day, [plan.net_from_day or Decimal() for plan in plans])
    for place in dict.fromkeys((years, later)):
        if place is not None:
            yield from _without(place, net, plans)


def _without(place: int, net: Rest, plans: Sequence[Release]) -> Iterator[Rest]:
    """Yield a net without one of its decisions, and if the rest's training is paid."""
    plan, others = plans[place], [*plans[:place], *plans[place + 1 :]]
    rest = Rest(
        what=f"Without “{plan.name}”{_share(plan.net, net.amount)}",
        amount=_less(net.amount, plan.net),
        from_day=_less(net.from_day, plan.net_from_day),
    )
    yield rest
    if known_sum(x.may_be_paid for x in others):
        yield _if_paid(rest, others, "Without it, if that training has been paid")


def _if_paid(net: Rest, plans: Sequence[Release], what: str) -> Rest:
    """Return a net if the training that it counts is paid already."""
    paid, then = (
        known_sum(amounts) or Decimal()
        for amounts in (
            (x.may_be_paid for x in plans),
            (x.may_be_then for x in plans),
        )
    )
    return Rest(
        what=what, amount=_less(net.amount, paid), from_day=_less(net.from_day, then)
    )


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _most(net: Decimal | None, nets: Sequence[Decimal]) -> int | None:
    """Return which decision a net rests on: half of it, or its sign, goes with it.

    None if it rests on none, or is of one decision alone.
    """
    if not net or not nets[1:]:
        return None
    sign = 1 if net >= 0 else -1
    place = max(range(len(nets)), key=lambda number: sign * nets[number])
    rest = net - nets[place]
    return place if abs(rest) * 2 <= abs(net) or net * rest < 0 else None


def _share(part: Decimal, net: Decimal | None) -> str:
    """Say which part of a net a decision makes; empty if it is not a part."""
    share = part / net if net else Decimal()
    return f", {share:.0%} of it" if 0 < share <= 1 else ""
