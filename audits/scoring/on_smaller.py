"""What the advice means to run on the smaller model that passed."""

from collections.abc import Set

from audits.landscape.catalogue import catalogue
from audits.scoring.costs.cost_numbers import FEW_SHOT, PricedTechnique
from audits.scoring.costs.moved_calls import on_smaller
from audits.scoring.costs.techniques import TECHNIQUE_OF
from audits.scoring.explaining.assessment import Assessment


def advised_on_smaller(assessment: Assessment) -> frozenset[PricedTechnique]:
    """Return the new ways that the advice means to run on the smaller model."""
    advice, layer = assessment.advice, assessment.context_layer
    if advice is None:
        return frozenset()
    today = assessment.numbers.get("today")
    return on_smaller(advice.step.id, today, TECHNIQUE_OF.get(layer))


def priced_on_smaller(
    assessment: Assessment, shown: Set[PricedTechnique | None]
) -> str:
    """Say what is priced on which smaller model; empty if nothing is.

    Args:
        assessment: The assessment, with its numbers.
        shown: The techniques that are compared.
    """
    numbers, ways = assessment.numbers, {*advised_on_smaller(assessment)}
    if assessment.means.examples_on_smaller and numbers.get("today") not in FEW_SHOT:
        ways |= {*FEW_SHOT}
    named = numbers.get("smaller")
    if not (named and assessment.on) or shown.isdisjoint(ways):
        return ""
    model = catalogue(assessment.on).landscape.models.get(named)
    what = "Retrieval" if "rag" in ways & shown else "Few-shot"
    if model is None:
        return ""
    return f"“{what}” is priced on {model.name}, the smaller model that passed."
