"""What is assumed on a day for the numbers that nobody gave."""

from datetime import date

from audits.landscape import in_force
from audits.landscape.catalogue import Catalogue, catalogue
from audits.scoring.costs.cost_ranges import TYPICAL, Defaults, Range
from audits.scoring.pricing.gpu_kinds import USUAL, kinds_on, source_of, with_gpu


# On one day these are the same for every use case, and thousands need them.
@in_force.remembered(maxsize=256)
def defaults_on(on: date) -> Defaults:
    """Return defaults for missing numbers on a day: the landscape's before the typical.

    Raises:
        ValueError: The landscape does not reach back to that day.
    """
    market = catalogue(on)
    found = dict(TYPICAL)
    for each in market.landscape.assumptions.values():
        found[each.id] = Range(
            low=each.low,
            expected=each.expected,
            high=each.high,
            unit=each.unit,
            source=source_of(market, each),
        )
    return {**found, "gpu_hour": kinds_on(market)[USUAL]}


@in_force.remembered(maxsize=256)
def defaults_for(on: date, gpu: str | None) -> Defaults:
    """Return the defaults of a day for a kind of GPU; None is the usual one.

    Raises:
        ValueError: The landscape does not reach back to that day.
    """
    return with_gpu(catalogue(on), defaults_on(on), gpu)


@in_force.remembered(maxsize=1024)
def defaults_with(on: date, tuned: str | None, gpu: str | None) -> Defaults:
    """Return the defaults of a day, with those of a GPU and a tuned model's base."""
    return {**defaults_for(on, gpu), **_hosting(catalogue(on), tuned)}


def _hosting(market: Catalogue, tuned: str | None) -> Defaults:
    """Return what the provider that serves a tuned model charges by the hour."""
    try:
        hour = market.tuned_hosting(tuned) if tuned else None
    except LookupError:
        return {}
    if hour is None:
        return {}
    most = hour.value if hour.up_to is None else hour.up_to
    return {
        "tuned_hosting_hour": Range(
            low=hour.value,
            expected=hour.value,
            high=most,
            unit=hour.unit,
            source=source_of(market, hour),
        )
    }
