"""Which use cases name a model, as what runs or is proposed."""

from collections.abc import Collection

from django.db.models import Q

from audits.frameworks.loading import loader
from audits.frameworks.schema import LIVE

PAID = ("model", "smaller")  # by the token, whatever the technique


def models_named(models: Collection[str], tuned: Collection[str] = ()) -> Q:
    """Return the filter of portfolio rows: a model is named for some technique.

    Args:
        models: The models, as called by the token.
        tuned: Those of which a tuned one is used or proposed, and not only compared.
    """
    found = Q(audit__numbers__tuned__value__in=list(tuned)) & _tuned_is_meant()
    for role in PAID:
        found |= Q((f"audit__numbers__{role}__value__in", list(models)))
    return found


def _tuned_is_meant() -> Q:
    return (
        Q(urgency__in=of_trained())
        | Q(audit__numbers__today__value="fine_tune_hosted")
        | Q(audit__numbers__today__isnull=True)
        | Q(audit__numbers__today__value=None)  # withdrawn
    )


def of_trained() -> list[int]:
    """Return the urgency of each family of verdicts that trains or keeps a model."""
    framework = loader.current()
    return [
        framework.urgency[key]
        for key, family in framework.families.items()
        if family.trains or key in LIVE
    ]
