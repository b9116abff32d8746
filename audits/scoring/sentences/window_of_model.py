"""How much the model of prompts reads, where documents do not fit."""

from audits.landscape.catalogue import catalogue
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.pricing.computed_criteria import usable_window

_FITS = ("context_fit", "search_fit")


def window_too_small(assessment: Assessment) -> str:
    """Say how many tokens the team's model reads; empty where documents fit in it.

    The largest window of the market may be that of another model.

    Args:
        assessment: What was decided, with its numbers and the day of its prices.
    """
    key = assessment.numbers.get("model", "")
    if assessment.costs is None:
        return ""
    if not any(assessment.codes.get(each) == "exceeds" for each in _FITS):
        return ""
    market = catalogue(assessment.costs.plan.on)
    if (model := market.models.get(key)) is None:
        return ""
    window = int(model.context_window.value)
    usable = usable_window(window, market.prices(key).tiers)
    return (
        f"They do not fit in {model.name}: its context window has {window:,} tokens, "
        f"of which {usable:,} count as usable."
    )
