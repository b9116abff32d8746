"""The two answers that are computed from numbers: prefix cost and fit in the window."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, partial
from typing import Literal

from audits.landscape.facts import FIRST_DAY
from audits.landscape.token_prices import Tier
from audits.scoring.calendars.dated_costs import DatedCosts
from audits.scoring.costs.cost_inputs import CostInputs, Scenario, UnpricedError
from audits.scoring.costs.cost_numbers import INPUT_NAMES, TRAINED, InputId
from audits.scoring.costs.prompt_costs import prefix_per_request, prompt_per_month
from audits.scoring.costs.scenario_costs import current_model, people_of, traffic_of

PrefixCost = Literal["not_computed", "immaterial", "material"]
ContextFit = Literal["fits", "tight", "exceeds"]

PREFIX_SHARE = Decimal("0.20")
VALUE_SHARE = Decimal("0.05")
TIGHT_FROM = Decimal("0.60")


def prefix_cost(
    *,
    prefix: Decimal | None,
    inference: Decimal | None,
    trained_fixed: Decimal | None,
    value: Decimal | None = None,
    budget: Decimal | None = None,
) -> PrefixCost:
    """Return whether the repeated part of the prompt costs enough to matter.

    The prefix is material if it costs as much as a trained model before its first
    request and 20% of a bill that is 5% of value or budget; if one of these is known to
    fail, it is immaterial.

    Args:
        prefix: Dollars a month for the repeated part, after caching.
        inference: Dollars a month for all tokens.
        trained_fixed: Dollars a month that a trained model costs in any case.
        value: Dollars a month that the requests earn or save.
        budget: Dollars a month that they may cost.

    Returns:
        The computed answer; `"not_computed"` if the known numbers do not decide it.

    Source: docs/method.md, A.2 prefix_cost; formula 11.

    >>> prefix_cost(prefix=Decimal(204), inference=Decimal(604),
    ...     trained_fixed=Decimal(10_057))
    'immaterial'
    """
    holds = (
        _at_least(prefix, trained_fixed, Decimal(1)),
        _at_least(prefix, inference, PREFIX_SHARE),
        _either(
            _at_least(inference, value, VALUE_SHARE),
            _at_least(inference, budget, VALUE_SHARE),
        ),
    )
    if False in holds:
        return "immaterial"
    return "not_computed" if None in holds else "material"


def prefix_cost_of(inputs: CostInputs) -> PrefixCost:
    """Return whether the prefix of a use case's prompt matters.

    The trained model is the one with the least fixed cost; what requests earn and what
    they may cost are the numbers `value_per_request` and `budget_month`.

    Args:
        inputs: The numbers, the models and the day of their prices.

    Returns:
        The computed answer; `"not_computed"` if the prompt has no price.

    Source: docs/method.md, A.2 prefix_cost.
    """
    scenario = _expected(inputs)
    try:
        _, prices = current_model(scenario)
        traffic = traffic_of(scenario)
    except UnpricedError:
        return "not_computed"
    value = scenario.optional("value_per_request")
    prefix = traffic.requests * prefix_per_request(traffic, prices)
    found = partial(
        prefix_cost,
        prefix=prefix,
        inference=prompt_per_month(traffic, prices),
        value=None if value is None else value * traffic.requests,
        budget=scenario.optional("budget_month"),
    )
    if found(trained_fixed=None) == "immaterial":
        return "immaterial"  # whatever a trained model costs
    return found(trained_fixed=_trained_fixed(inputs, prefix))


def _trained_fixed(inputs: CostInputs, prefix: Decimal) -> Decimal | None:
    """Return the dollars a month of a trained model before its first request.

    It is the cheapest of them, or what compares with the prefix as the cheapest does:
    one that costs no more, or those who keep any of them running if they cost more.
    """
    try:
        people = people_of(_expected(inputs), "mlops_share_trained")
    except UnpricedError:
        return None
    if prefix < people and _read_on_own_gpus() <= inputs.expected.keys():
        return people
    least: Decimal | None = None
    for technique in TRAINED:
        try:
            costs = DatedCosts(technique, inputs)
            if not costs.stays_trained:
                continue
            fixed = costs.line.at(Decimal(0))
        except UnpricedError:
            continue
        least = fixed if least is None else min(least, fixed)
        if least <= prefix or prefix < people:
            break
    return least


@cache
def _read_on_own_gpus() -> frozenset[InputId]:
    """Return the numbers with which a model tuned on own GPUs has a price on any day.

    They are all that it reads, also to train it again.
    """
    given = dict.fromkeys(INPUT_NAMES, Decimal(1))
    inputs = CostInputs(on=FIRST_DAY, given=given, defaults={})
    return frozenset(DatedCosts("fine_tune_own", inputs).read)


def _expected(inputs: CostInputs) -> Scenario:
    return Scenario(inputs=inputs, day=inputs.on)


def usable_window(
    window: int, tiers: Sequence[Tier] = (), tested: int | None = None
) -> int:
    """Return how many tokens of a context window can be relied on at the base price.

    Args:
        window: The context window in tokens.
        tiers: The model's more expensive tiers.
        tested: Tokens up to which your own long-context test passed; None without a
        test.

    Returns:
        Tokens: half of the window or the first tier, whichever is less; more if your
            own test shows more, but never more than the window.

    Source: docs/method.md, A.2 context_fit.

    >>> usable_window(1_000_000), usable_window(1_000_000, tested=700_000)
    (500000, 700000)
    """
    usable = min([window // 2, *(tier.above for tier in tiers)])
    return usable if tested is None else min(window, max(usable, tested))


def context_fit(
    prompt: int | None,
    window: int | None,
    tiers: Sequence[Tier] = (),
    tested: int | None = None,
) -> ContextFit | None:
    """Return whether a prompt fits the part of the window that can be relied on.

    Args:
        prompt: Input tokens of a request, all documents included.
        window: The context window in tokens.
        tiers: The model's more expensive tiers.
        tested: Tokens up to which your own long-context test was passed.

    Returns:
        The computed answer, tight from 60% on; None if the prompt or the window is not
        known.

    Source: docs/method.md, A.2 context_fit.

    >>> context_fit(299_999, 1_000_000), context_fit(300_000, 1_000_000)
    ('fits', 'tight')
    >>> context_fit(500_001, 1_000_000)
    'exceeds'
    """
    if prompt is None or window is None:
        return None
    usable = usable_window(window, tiers, tested)
    if prompt > usable:
        return "exceeds"
    return "tight" if prompt >= usable * TIGHT_FROM else "fits"


def _at_least(
    part: Decimal | None, whole: Decimal | None, share: Decimal
) -> bool | None:
    return None if part is None or whole is None else part >= whole * share


def _either(first: bool | None, second: bool | None) -> bool | None:
    """Whether one holds; an unknown one does not block the other."""
    known = [each for each in (first, second) if each is not None]
    return any(known) if known else None
