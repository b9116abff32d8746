"""Since when models are as capable as they are, as coarsely as our sources say it."""

from dataclasses import dataclass
from datetime import date

from audits.landscape import in_force
from audits.landscape.facts import Cited, Figure
from audits.landscape.schema import called


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityTier:
    """A day from which on a more capable model was open to developers.

    `mmlu` is its score in the one run of MMLU that we read; None for the first tier,
    whose own score was not read. `cited` says that the model was out.
    """

    day: date
    vendor: str
    model: str
    mmlu: Figure | None
    cited: Cited


@in_force.remembered(maxsize=4)
def capability_tiers() -> tuple[CapabilityTier, ...]:
    """Return the first model of the level of GPT-4, and each that scored higher since.

    They end where the measurements that we read end; later models are not measured.
    """
    points = in_force.current().timelines.gpt4_prices
    found = [
        CapabilityTier(
            day=each.day,
            vendor=each.vendor,
            model=called(each),
            mmlu=each.mmlu,
            cited=each,
        )
        for each in points
        if each.level == "reference" or each.mmlu
    ]
    tiers: list[CapabilityTier] = []
    for tier in sorted(found, key=lambda tier: tier.day):
        best = max((t.mmlu.value for t in tiers if t.mmlu), default=None)
        if not tiers or (tier.mmlu and (best is None or tier.mmlu.value > best)):
            tiers.append(tier)
    return tuple(tiers)


def could_pass_since(model_id: str | None) -> date:
    """Return the first day on which a model could have passed what one passes today.

    Args:
        model_id: The model that was scored; None if nobody said which.

    Returns:
        The day of the first tier that scored as high; of a model that was not measured
        the day on which it came out, and without a model that of the first tier.
    """
    tiers = capability_tiers()
    model = in_force.current().models.get(model_id or "")
    if model is None:
        return tiers[0].day
    points = in_force.current().timelines.gpt4_prices
    scores = [p.mmlu.value for p in points if p.model == model.id and p.mmlu]
    days = [model.available_from.day]
    days += [
        t.day for t in tiers for score in scores if t.mmlu and t.mmlu.value >= score
    ]
    return min(days)
