"""What a row of money runs on, where the rows of a table run on different things."""

from collections.abc import Iterable

from audits.scoring.costs.cost_numbers import OWN_GPUS, PricedTechnique

AT_A_PROVIDER = ", at a provider"


def runs_on(technique: PricedTechnique, shown: Iterable[PricedTechnique]) -> str:
    """Say in a table what a row runs on; empty if all rows run on the same.

    >>> runs_on("prompt", ["prompt", "fine_tune_own"])
    ', at a provider'
    >>> runs_on("prompt", ["prompt", "few_shot"])
    ''
    """
    own = {each in OWN_GPUS for each in shown}
    if len(own) == 1:
        return ""
    return ", on rented GPUs" if technique in OWN_GPUS else AT_A_PROVIDER
