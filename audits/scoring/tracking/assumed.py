"""What the numbers of an audit assume, beside the latest month that was compared.

Nothing follows from it for the verdict: a person decides whether the next months will
be as the last one was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.scoring.causes.token_costs import said_requests, said_tokens
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.tracking.months import Used, place_of
from audits.scoring.tracking.outcomes import ComparedMonth
from audits.scoring.tracking.said import NotComparedError, said_of
from audits.scoring.tracking.words import SYNTHETIC

_MUCH = Fraction(1, 4)  # of the number seen; of a cache share, of all tokens in


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """What numbers assume of a month; None where they do not say.

    `calls` are calls a month, the tokens those of one call, `cached` the share of the
    tokens in that is read from the cache, `model` the id of the model, and `month` what
    it costs in US dollars.
    """

    calls: Decimal | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached: Fraction | None = None
    model: str | None = None
    month: Band | None = None


def assumed_in(framework: Framework, assessment: Assessment) -> Assumed:
    """Return what the numbers of an assessment assume of what it recommends.

    What does not run by calls, or has no price, has its entered numbers alone.
    """
    try:
        said = said_of(framework, assessment)
    except NotComparedError:
        given = assessment.numbers
        calls, model = given.get("requests"), given.get("model")
        return Assumed(
            calls=None if calls is None else Decimal(calls),
            model=None if model is None else str(model),
        )
    traffic, prices = said.usage.traffic, said.usage.prices
    tokens = said_tokens(traffic, prices, said_requests(traffic))
    return Assumed(
        calls=traffic.requests,
        input_tokens=traffic.input,
        output_tokens=traffic.output,
        cached=Fraction(tokens.cached or 0) / tokens.input if tokens.input else None,
        model=said.model,
        month=said.month,
    )


def latest_month(months: Sequence[ComparedMonth]) -> ComparedMonth | None:
    """Return the newest month; a synthetic one only if there are no others."""
    real = [month for month in months if not month.is_synthetic]
    return max(real or months, key=lambda month: month.first, default=None)


def beside_month(assumed: Assumed, month: ComparedMonth) -> Iterator[str]:
    """Yield in a sentence each what numbers assume that a month differs from a lot.

    Args:
        assumed: What the numbers assume.
        month: What happened; synthetic usage is said to be.
    """
    told = [_calls_and_cost(assumed, month), *_of_a_call(assumed, month.used)]
    sentences = [sentence for sentence in told if sentence]
    yield from sentences
    if sentences and month.is_synthetic:
        yield SYNTHETIC


def _calls_and_cost(assumed: Assumed, month: ComparedMonth) -> str:
    calls = month.used.requests if month.used else None
    is_other = _differs(calls, assumed.calls) or _costs_other(assumed.month, month.seen)
    if not is_other:
        return ""
    seen, said = [], []
    if calls is not None and assumed.calls is not None:
        seen.append(f"had {calls:,} calls")
        said.append(f"{assumed.calls:,.0f} calls")
    if month.seen is not None and assumed.month is not None:
        seen.append(f"cost ${written(month.seen)}")
        said.append(f"${written(assumed.month.as_printed.expected)}")
    return (
        f"{month.first:%B %Y} {' and '.join(seen)}; these numbers assume "
        f"{' and '.join(said)} a month."
    )


def _costs_other(said: Band | None, seen: Decimal | None) -> bool:
    if said is None or seen is None:
        return False
    place = place_of(seen, said)
    return place in ("above", "below") or (
        place == "no_range" and _differs(seen, said.expected)
    )


def _of_a_call(assumed: Assumed, used: Used | None) -> Iterator[str]:
    """Yield what differs of one call: its tokens, its cache share and its model."""
    if used is None:
        return
    pairs = [
        (_each(used.input_tokens, used.requests), assumed.input_tokens, "in"),
        (_each(used.output_tokens, used.requests), assumed.output_tokens, "out"),
    ]
    other = [pair for pair in pairs if _differs(pair[0], pair[1])]
    if other:
        seen = " and ".join(f"{count:,} tokens {way}" for count, _, way in other)
        said = " and ".join(f"{count:,} {way}" for _, count, way in other)
        yield f"A call had {seen} on average; these numbers assume {said}."
    if assumed.cached is not None and used.cached_tokens is not None:
        share = Fraction(used.cached_tokens, used.input_tokens or 1)
        if abs(share - assumed.cached) > _MUCH:
            yield (
                f"{_of_100(share)} of 100 tokens in were read from the cache; these "
                f"numbers assume {_of_100(assumed.cached)}."
            )
    if assumed.model and used.models and assumed.model not in used.models:
        ran = " and ".join(_name(model) for model in used.models)
        yield f"It ran on {ran}; these numbers assume {_name(assumed.model)}."


def _each(tokens: int | None, requests: int | None) -> int | None:
    return round(tokens / requests) if tokens is not None and requests else None


def _differs(seen: Decimal | int | None, said: Decimal | int | None) -> bool:
    """Return whether two numbers differ by more than a quarter of the one seen."""
    if seen is None or said is None:
        return False
    return abs(Fraction(said) - Fraction(seen)) > _MUCH * Fraction(seen)


def _of_100(share: Fraction) -> str:
    return f"{float(share) * 100:.0f}"


def _name(model: str) -> str:
    known = in_force.current().models.get(model)
    return known.name if known else model
