"""The options that were considered, once a person has overridden the verdict."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.money.words import Money
from audits.scoring.options.options import Choice

# As `scoring/options/options.py` says them.
_ADVISED, _RECOMMENDED = "This is what is recommended", " (recommended)"
_COMPUTED, _BY_OVERRIDE = "The computed verdict", "By override"


def options_overridden(
    options: Iterable[Choice], money: Money | None
) -> Iterator[Choice]:
    """Yield options, with that of an override in place of the recommended one.

    Args:
        options: What was considered for the computed verdict.
        money: The money of the override's option; None without a price.
    """
    own = SHORT_NAMES[money.chosen.technique] if money else ""
    for each in options:
        name = each.name.removesuffix(_RECOMMENDED)
        why = _COMPUTED if each.is_chosen else each.why.replace(_ADVISED, _COMPUTED)
        is_own = bool(own) and name == own
        yield replace(
            each,
            name=name,
            why=_BY_OVERRIDE if is_own else why,
            is_chosen=is_own,
            is_out=each.is_out and not is_own,
            stays=each.stays or each.is_chosen or is_own,
        )
