"""What was tested, and what costs less than a recommendation and is as untested."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Family
from audits.landscape.catalogue import catalogue
from audits.scoring.costs.cost_numbers import (
    AS_TESTED,
    FEW_SHOT,
    SHORT_NAMES,
    TRAINED,
    PricedTechnique,
)
from audits.scoring.explaining.advised_ways import looks_up_examples
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.pricing.cost_plan import Price
from audits.scoring.pricing.moves import Replacement
from audits.scoring.sentences.documents import without_documents
from audits.scoring.ways_there import reviewed_there

_LOOKED_UP: PricedTechnique = "few_shot_retrieved"
# Families that ask for something that is not trained.
_SIMPLER: frozenset[Family] = frozenset(("stop", "rebuild"))
_FOR_A_PROMPT = 10  # good examples


def is_tested(assessment: Assessment, technique: PricedTechnique) -> bool:
    """Return whether a technique ran on a test set, or is a model that is kept.

    One that is yet to be trained was tested if a trial of it did much better. Where
    better examples are looked up for each input, those tested were not.
    """
    if technique in TRAINED and assessment.verdict == "keep":
        return True
    if technique == _LOOKED_UP and looks_up_examples(assessment):
        return False
    if technique == AS_TESTED:
        return True
    return technique in assessment.means.tested


def lacks_examples(assessment: Assessment, technique: PricedTechnique) -> bool:
    """Return whether a prompt waits for examples: nobody ran it, and too few exist."""
    codes = assessment.codes
    is_known = codes.get("examples") not in (None, UNKNOWN)
    was_tested = "examples" in codes.get("tried", ())
    if technique not in FEW_SHOT or not is_known or was_tested:
        return False
    return reviewed_there(codes) < _FOR_A_PROMPT


def are_untested(
    assessment: Assessment, technique: PricedTechnique, way: PricedTechnique | None
) -> bool:
    """Return whether neither a technique nor the way that is recommended was tested."""
    ways = (technique, way) if way else (technique,)
    return not any(is_tested(assessment, each) for each in ways)


def cheapest_untested(
    assessment: Assessment, way: PricedTechnique, out: Collection[PricedTechnique]
) -> tuple[str, Decimal] | None:
    """Return what costs least and is no less tested than what is recommended.

    Args:
        assessment: An assessment.
        way: What is recommended, and has a price.
        out: The techniques that cannot be chosen.

    Returns:
        Its name and the dollars of its 12 months; None if nothing costs less, if
        something is trained or comes first, or if no test would settle it: whether a
        text fits is no matter of tests.
    """
    chosen = assessment.costs.plan.of(way).price if assessment.costs else None
    is_asked = assessment.family in _SIMPLER and not assessment.prerequisite
    if chosen is None or not is_asked or assessment.context_layer == "rag":
        return None
    prices = _as_untested(assessment, way, out)
    years = ((name, price.year_as_printed.expected) for name, price in prices)
    found = min(years, key=lambda x: x[1], default=None)
    return found if found and found[1] < chosen.year_as_printed.expected else None


def chosen_model(
    assessment: Assessment, way: PricedTechnique, out: Collection[PricedTechnique]
) -> str:
    """Name the model that a team chose for prompts, where one on another costs less.

    Args:
        assessment: An assessment.
        way: The recommendation, as for `cheapest_untested`.
        out: The techniques that cannot be chosen.

    Returns:
        The model; empty unless the cheapest option is a prompt on a replacement.
    """
    named, costs = cheapest_untested(assessment, way, out), assessment.costs
    found = costs.replacement if costs else None
    if costs is None or found is None or named is None:
        return ""
    if named[0] != on_replacement(found):
        return ""
    model = catalogue(costs.plan.on).models.get(assessment.numbers.get("model", ""))
    return model.name if model else ""


def on_replacement(found: Replacement) -> str:
    """Name the prompt on a replacement."""
    return f"Prompt on {found.model}"


def _as_untested(
    assessment: Assessment, way: PricedTechnique, out: Collection[PricedTechnique]
) -> Iterator[tuple[str, Price]]:
    if assessment.costs is None or is_tested(assessment, way):
        return
    for cost in assessment.costs.plan.techniques:
        technique = cost.technique
        if technique in TRAINED or technique in out or technique == way:
            continue
        if without_documents(assessment, technique) or is_tested(assessment, technique):
            continue
        if lacks_examples(assessment, technique):
            continue
        if cost.price:
            yield SHORT_NAMES[technique], cost.price
    replacement = assessment.costs.replacement
    if replacement and "prompt" not in out:
        # Whatever was tested ran on another model.
        yield on_replacement(replacement), replacement.price
