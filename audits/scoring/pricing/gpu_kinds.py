"""The kinds of GPU that a model may run on: their prices, and what nobody measured."""

from collections.abc import Mapping

from audits.landscape.catalogue import Catalogue
from audits.landscape.facts import Bounds, Charge, Cited
from audits.scoring.costs.cost_inputs import ModelRole
from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.cost_ranges import Defaults, Range
from audits.scoring.days import in_words
from audits.strict_yaml.problems import did_you_mean

KEY = "gpu"
# The kind that `gpu_hour` of the landscape is for, and its tests of throughput.
USUAL = "H100 80 GB SXM"

type Missing = Mapping[ModelRole | InputId, str]


def kinds_on(market: Catalogue) -> Mapping[str, Range]:
    """Return the price of an hour of each kind of GPU, by name, the usual one first.

    Where only the lowest and the highest price are known, the expected one is half-way
    between them.

    Args:
        market: The market of a day.
    """
    hour = market.gpu_hour
    usual = Range(
        low=hour.low,
        expected=hour.expected,
        high=hour.high,
        unit=hour.unit,
        source=source_of(market, hour),
    )
    others = market.landscape.hosting.other_gpus
    return {USUAL: usual, **{each.what: _between(market, each) for each in others}}


def with_gpu(market: Catalogue, defaults: Defaults, gpu: str | None) -> Defaults:
    """Return the defaults that hold for a kind of GPU.

    The tokens a second that are assumed were measured on the usual kind, so another
    one has no such default, and an unknown one no price either.

    Args:
        market: The market of a day.
        defaults: Those of the usual kind.
        gpu: The name of the kind; None and the usual one change nothing.
    """
    if gpu in (None, USUAL):
        return defaults
    measured = ("gpu_hour", "gpu_tokens_per_second")
    found = {key: each for key, each in defaults.items() if key not in measured}
    hour = kinds_on(market).get(gpu or "")
    return {**found, "gpu_hour": hour} if hour else found


def missing_of(market: Catalogue, gpu: str | None) -> Missing:
    """Return why numbers of a kind of GPU have no default, as `with_gpu` leaves them.

    Args:
        market: The market of a day.
        gpu: The name of the kind; None is the usual one.
    """
    if gpu is None or gpu == USUAL:
        return {}
    kinds = kinds_on(market)
    found: dict[ModelRole | InputId, str] = {
        "gpu_tokens_per_second": "Cannot be priced, because nobody has measured how "
        f"many tokens a second one {gpu} works on"
    }
    if gpu not in kinds:
        hint = did_you_mean(gpu, kinds)
        found["gpu_hour"] = (
            f"Cannot be priced, because no price of a GPU “{gpu}” is known{hint}"
        )
    return found


def most_adapters(market: Catalogue) -> tuple[str, Charge] | None:
    """Return the most adapters that an offer states for one deployment, with its name.

    None if no offer of the day states a maximum.
    """
    stated = [
        (offer.provider, limit)
        for offer in market.offers.values()
        for limit in offer.limits
        if limit.unit == "adapters"
    ]
    return max(stated, key=lambda each: each[1].value, default=None)


def source_of(market: Catalogue, fact: Cited) -> str:
    """Return where a number is from, and when somebody last checked it."""
    return f"{market.sources(fact)[0].title}, checked on {in_words(fact.as_of)}"


def _between(market: Catalogue, price: Bounds) -> Range:
    return Range(
        low=price.low,
        expected=(price.low + price.high) / 2,
        high=price.high,
        unit=price.unit,
        source=f"{source_of(market, price)}; expected half-way between both ends",
    )
