"""The cost of a trained model: training, serving, upkeep."""

from decimal import Decimal

from audits.landscape.token_prices import TokenPrices
from audits.scoring.costs.cost_drivers import (
    MILLION,
    MONTH_HOURS,
    YEAR_MONTHS,
    Hosting,
    People,
    Traffic,
    Training,
)

HOUR_SECONDS = 3600


def training_run_cost(training: Training) -> Decimal:
    """Return what the training runs cost, by tokens, by hours, or both.

    Args:
        training: The runs to make one trained model.

    Returns:
        Dollars, once.

    Source: docs/method.md, formula 8.

    >>> training_run_cost(Training(tokens=2000 * 1200, epochs=Decimal(3),
    ...     price=Decimal(3)))
    Decimal('21.6')
    """
    tokens = training.tokens * training.epochs * training.price / MILLION
    return (tokens + training.hours * training.hourly) * training.runs


def teacher_labels_cost(
    labels: Decimal, traffic: Traffic, prices: TokenPrices, *, batched: bool = False
) -> Decimal:
    """Return what it costs to have a teacher model answer logged requests.

    Args:
        labels: How many answers.
        traffic: The tokens of one request; the whole prompt is sent, uncached.
        prices: The teacher's prices.
        batched: Whether to send them as a batch, where the teacher has a rate for it.

    Returns:
        Dollars, once.

    Source: docs/method.md, formula 8.

    >>> from audits.landscape.token_prices import Rates
    >>> prices = TokenPrices(rates=Rates(input=Decimal("1.32"), output=Decimal("3.96")))
    >>> teacher_labels_cost(Decimal(50_000), Traffic(requests=Decimal(1), prefix=6000,
    ...     variable=500, output=300), prices)
    Decimal('488.40')
    """
    rates = prices.for_input(traffic.input)
    tokens = traffic.input * rates.input + traffic.output * rates.output
    price = prices.batch if batched and prices.batch is not None else Decimal(1)
    return labels * tokens / MILLION * price


def hosting_per_month(hosting: Hosting) -> Decimal:
    """Return what machines cost a month, used or not.

    Args:
        hosting: Deployments of a tuned model, or replicas on own GPUs.

    Returns:
        Dollars a month.

    Source: docs/method.md, formulas 6 and 7.

    >>> hosting_per_month(Hosting(hourly=Decimal("2.95"), count=Decimal(2)))
    Decimal('4307.00')
    """
    return hosting.hourly * hosting.count * hosting.hours * hosting.overhead


def tokens_per_second(requests: Decimal, tokens: int) -> Decimal:
    """Return the average load of a month.

    Args:
        requests: Requests a month.
        tokens: Tokens of one request that the machine works on.

    Returns:
        Tokens a second.

    Source: docs/method.md, example V6.

    >>> round(tokens_per_second(Decimal(30_568_390), 800))
    9305
    """
    return requests * tokens / (MONTH_HOURS * HOUR_SECONDS)


def served_per_month(tokens_per_second: Decimal, tokens: Decimal) -> Decimal:
    """Return how many requests a month one GPU serves.

    Args:
        tokens_per_second: What it works on.
        tokens: Of one request, times the peak over the average load.

    Returns:
        Requests a month.

    Raises:
        ValueError: It works on no token.

    Source: docs/method.md, formula 7.

    >>> served_per_month(Decimal(2500), Decimal(800 * 3))
    Decimal('2737500')
    """
    if tokens_per_second <= 0:
        message = (
            f"a GPU must serve more than 0 tokens a second, not {tokens_per_second}"
        )
        raise ValueError(message)
    return tokens_per_second * MONTH_HOURS * HOUR_SECONDS / tokens


def amortised_per_month(one_off: Decimal, life: Decimal) -> Decimal:
    """Return a one-off cost, spread over the months it lasts.

    Args:
        one_off: Dollars, once.
        life: Months.

    Returns:
        Dollars a month.

    Raises:
        ValueError: The life is not above 0.

    Source: docs/method.md, formula 8.

    >>> amortised_per_month(Decimal(12_000), Decimal(6))
    Decimal('2000')
    """
    if life <= 0:
        raise ValueError(f"a lifetime must be longer than 0 months, not {life}")
    return one_off / life


def people_per_month(people: People) -> Decimal:
    """Return the monthly cost of the people who keep it running.

    Args:
        people: A share of one, and what one costs a year.

    Returns:
        Dollars a month.

    Source: docs/method.md, formula 9.

    >>> people_per_month(People(share=Decimal("0.25"), yearly=Decimal(180_000)))
    Decimal('3750.00')
    """
    return people.share * people.yearly / YEAR_MONTHS
