"""The numbers behind the techniques that are compared and that nobody entered."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.numbers.assumption_fields import assumed_in
from audits.scoring.pricing.gpu_kinds import KEY as GPU


def assumed_behind(
    assessment: Assessment, money: Money | None
) -> tuple[tuple[str, str], ...]:
    """Return what is assumed: the name of each number, and it with its span.

    Args:
        assessment: The assessment.
        money: Its money; without it, the numbers of all techniques count.
    """
    if assessment.costs is None:
        return ()
    plan, gpu = assessment.costs.plan, assessment.numbers.get(GPU)
    return assumed_in(plan, gpu, _compared(assessment, money))


def assumed_numbers(assessment: Assessment, technique: PricedTechnique) -> int:
    """Return how many numbers behind the price of a technique nobody entered.

    What a provider charges to host a tuned model is a market fact, and none of them.
    """
    return len(behind(assessment, technique))


def behind(
    assessment: Assessment, technique: PricedTechnique
) -> tuple[tuple[str, str], ...]:
    """Return what is assumed behind the price of a technique, as `assumed_behind`."""
    if assessment.costs is None:
        return ()
    gpu = assessment.numbers.get(GPU)
    return assumed_in(assessment.costs.plan, gpu, (technique,))


def assumed_for(assessment: Assessment, money: Money | None) -> str:
    """Say which techniques these numbers are behind; empty if all."""
    compared = _compared(assessment, money)
    if not compared:
        return ""
    *others, last = (f"“{SHORT_NAMES[each]}”" for each in compared)
    names = f"{', '.join(others)} and {last}" if others else last
    every = len(assumed_behind(assessment, None))
    return (
        f"The costs of {names} rest on these numbers; all techniques together, on "
        f"{every}."
    )


def _compared(
    assessment: Assessment, money: Money | None
) -> tuple[PricedTechnique, ...]:
    """Return the techniques of the rows of money, and those that swings compare."""
    if money is None or assessment.costs is None:
        return ()
    swings = assessment.costs.swings[:1]
    both = (each for swing in swings for each in (swing.technique, swing.against))
    return tuple(dict.fromkeys((*(row.technique for row in money.rows), *both)))
