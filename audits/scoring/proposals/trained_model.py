"""The model that an offer to train would train, if it ends."""

from collections.abc import Mapping
from datetime import date

from audits.landscape.catalogue import catalogue
from audits.scoring.costs.cost_calendar import months_from
from audits.scoring.proposals.proposal import Proposal, TrainedModel


def trained_by(
    proposal: Proposal, numbers: Mapping[str, str], on: date
) -> TrainedModel | None:
    """Return the model that an offer would train, if it ends within the 12 months.

    That is the successor where one is compared, else the model to train.

    Args:
        proposal: The offer.
        numbers: The numbers of the use case, which name its models.
        on: The day of the market.
    """
    market = catalogue(on)
    named = numbers.get("successor") or numbers.get("tuned", "")
    model = market.landscape.models.get(named)
    if proposal.technique != "fine_tune" or model is None or model.open_weights:
        return None
    closes = market.tunable(named).until
    retires = model.retires.day if model.retires else None
    last = months_from(on)[-1]
    closes, retires = (day if day and day < last else None for day in (closes, retires))
    if not (closes or retires):
        return None
    return TrainedModel(name=model.name, closes=closes, retires=retires)
