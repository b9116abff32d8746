"""The model of a use case's current plan, and who serves it."""

from audits.landscape.catalogue import catalogue
from audits.scoring import Assessment

# The model that a current plan pays for by the token, where it is not the prompt's.
_MODEL_OF = {"fine_tune_hosted": "tuned", "prompt_smaller": "smaller"}


def provider_of(assessment: Assessment) -> str:
    """Return who serves the model of the current plan, or else a model that is named.

    A plan on GPUs pays no provider, so the model of its prompt counts.
    """
    chosen = model_of(assessment)
    if not chosen or assessment.on is None:
        return ""
    model = catalogue(assessment.on).landscape.models.get(chosen)
    return model.provider if model else ""


def model_of(assessment: Assessment) -> str:
    """Return the model of the current plan, or else one that is named; else nothing."""
    numbers = assessment.numbers
    todays = _MODEL_OF.get(numbers.get("today", ""), "model")
    order = (todays, "model", "tuned", "smaller")
    return next((numbers[role] for role in order if numbers.get(role)), "")
