"""Finds the numbers that a team entered instead of the usual ones."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from audits.landscape.catalogue import catalogue
from audits.scoring.numbers.assumption_fields import ASSUMED
from audits.scoring.numbers.replaced import ReplacedNumber, ReplacedRate
from audits.scoring.pricing.defaults import defaults_for
from audits.scoring.pricing.gpu_kinds import KEY as GPU
from audits.scoring.proposals.proposal import ComparedProposal
from audits.scoring.proposals.proposal_comparison import published_rate_of

# How far a team's own exchange rate may be from the published one, as a share.
_RATES_APART = Decimal("0.1")


def replaced_numbers(numbers: Mapping[str, str], on: date) -> Iterator[ReplacedNumber]:
    """Yield the numbers that differ from those that Attune assumes.

    Args:
        numbers: Numbers as text, amounts in US dollars.
        on: The day of pricing.

    Raises:
        ValueError: The landscape does not reach back to that day.
    """
    defaults = defaults_for(on, numbers.get(GPU))
    for input_id in ASSUMED:
        usual = defaults.get(input_id)
        if input_id not in numbers or usual is None:
            continue
        entered = Decimal(numbers[input_id])
        if entered != usual.expected:
            yield ReplacedNumber(input_id=input_id, entered=entered, usual=usual)


def replaced_rate(found: ComparedProposal | None) -> ReplacedRate | None:
    """Return a team's own rate if it is far from the published one of the day.

    Raises:
        ValueError: The landscape does not reach back to that day.
    """
    rate = found.rate if found else None
    if found is None or rate is None or rate.day is not None:
        return None
    published = published_rate_of(found.proposal.currency, catalogue(found.on))
    if published is None:
        return None
    apart = abs(rate.dollars - published.dollars)
    if apart <= published.dollars * _RATES_APART:
        return None
    return ReplacedRate(
        currency=found.proposal.currency,
        entered=rate.dollars,
        published=published,
        year=found.year.printed,
        usual_year=found.year.at(published).printed,
    )
