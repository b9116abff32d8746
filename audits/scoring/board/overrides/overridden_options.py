"""The options that were considered, once a person has overridden the verdict."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.for_board import for_board
from audits.scoring.money.words import Money
from audits.scoring.options.option_reasons import NEEDS
from audits.scoring.options.options import NO_PRICE, Choice

# As `scoring/options/options.py` says them.
_ADVISED, _RECOMMENDED = "This is what is recommended", " (recommended)"
_NO_LESS = re.compile(r"\bcosts no less(?! than)")
_COMPUTED, _BY_OVERRIDE = "The computed verdict", "By override"


def options_overridden(
    options: Iterable[Choice],
    money: Money | None,
    offer: Choice | None = None,
    *,
    named: str,
) -> Iterator[Choice]:
    """Yield options, with that of an override in place of the recommended one.

    One that nobody considered, such as to measure first, has a row of its own.

    Args:
        options: What was considered for the computed verdict.
        money: The money of the override's option; None without a price.
        offer: What is offered, measured against that option; None without an offer.
        named: The name of the override's verdict.
    """
    own = SHORT_NAMES[money.chosen.technique] if money else ""
    considered = [*options]
    if all(each.name.removesuffix(_RECOMMENDED) != own for each in considered):
        yield _not_considered(named, is_priced=any(each.cost for each in considered))
    for each in considered:
        if offer and each.name == offer.name:
            yield replace(each, why=for_board(offer.why))
            continue
        name = each.name.removesuffix(_RECOMMENDED)
        why = _COMPUTED if each.is_chosen else _beside_computed(each.why)
        is_own = bool(own) and name == own
        yield replace(
            each,
            name=name,
            why=_of_override(each) if is_own else why,
            is_chosen=is_own,
            is_out=each.is_out and not is_own,
            stays=each.stays or each.is_chosen or is_own,
        )


def _not_considered(named: str, *, is_priced: bool) -> Choice:
    cost = NO_PRICE if is_priced else ""
    return Choice(name=named, why=_BY_OVERRIDE, is_chosen=True, cost=cost)


def _of_override(option: Choice) -> str:
    """Return why an option counts, with what it needs or why it was ruled out.

    >>> _of_override(Choice(name="Few-shot", why="Needs 10 examples; costs no less"))
    'By override; needs 10 examples'
    """
    needs = NEEDS if option.why.startswith(NEEDS) else ""
    said = (needs or (option.why if option.is_out else "")).rstrip(";")
    return f"{_BY_OVERRIDE}; {lower_first(said)}" if said else _BY_OVERRIDE


def _beside_computed(why: str) -> str:
    """Name the computed verdict where a reason measures an option against it.

    >>> _beside_computed("Feasible, but costs no less")
    'Feasible, but costs no less than the computed verdict'
    """
    said = why.replace(_ADVISED, _COMPUTED)
    return _NO_LESS.sub("costs no less than the computed verdict", said)
