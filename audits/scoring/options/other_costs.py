"""What the techniques cost that have no row of their own beside the plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.options.meanwhile import may_serve
from audits.scoring.options.option_reasons import why_out
from audits.scoring.pricing.cost_plan import TechniqueCost

_MEANWHILE = "for all 12 months, needed only until the trained model is ready"
_MAY_SERVE = "for all 12 months, allowed only until the trained model is ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """What some techniques cost, by name, and a note on all of them."""

    costs: tuple[tuple[str, Decimal], ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCosts:
    """What the other techniques cost: those that are left, and those ruled out."""

    left: tuple[Alike, ...] = ()
    out: tuple[Alike, ...] = ()


def other_costs(assessment: Assessment, money: Money) -> OtherCosts:
    """Return what each other technique costs over 12 months.

    What serves until a model is trained is said to, and whether it is ruled out for
    later; its amount is that of all 12 months. Of those that are ruled out for good,
    the cheaper ones have why, with all that the same reason rules out.

    Args:
        assessment: What was decided.
        money: The money behind it, whose rows say what the others cost.
    """
    if assessment.costs is None:
        return OtherCosts()
    told = {row.technique for row in money.rows}
    techniques = assessment.costs.plan.techniques
    others = [x for x in techniques if x.price and x.technique not in told]
    serves = [x for x in others if x.technique in may_serve(assessment)]
    out = [x for x in others if why_out(assessment, x.technique)]
    until = _MAY_SERVE if serves and serves[0] in out else _MEANWHILE
    out = [x for x in out if x not in serves]
    left = [x for x in others if x not in out and x not in serves]
    both = (Alike(costs=_named(serves), note=until), Alike(costs=_named(left)))
    return OtherCosts(
        left=tuple(each for each in both if each.costs),
        out=tuple(_out(assessment, out, money.chosen.year.expected)),
    )


def _out(
    assessment: Assessment, costs: list[TechniqueCost], than: Decimal
) -> Iterator[Alike]:
    """Return what they cost, and what rules out those that cost less, each once."""
    whys = {cost.technique: why_out(assessment, cost.technique) for cost in costs}
    told = dict.fromkeys(
        whys[cost.technique]
        for cost in costs
        if cost.price and cost.price.year_as_printed.expected < than
    )
    for reason in told:
        named = _named([x for x in costs if whys[x.technique] == reason])
        yield Alike(costs=named, note=reason)
    if rest := _named([x for x in costs if whys[x.technique] not in told]):
        yield Alike(costs=rest)


def _named(costs: list[TechniqueCost]) -> tuple[tuple[str, Decimal], ...]:
    return tuple(
        (SHORT_NAMES[x.technique], x.price.year_as_printed.expected)
        for x in costs
        if x.price
    )
