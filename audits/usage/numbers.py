"""The numbers of a use case that a usage file measures, as they are stored."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from audits.usage.model_names import model_of
from audits.usage.summary import Summary

type Kind = Literal["busiest", "median"]

_SHARE = Decimal("0.0001")
# What is computed from the length of the text that repeats, which a person enters.
PREFIX = "prefix_tokens"
OF_PREFIX = frozenset({"variable_tokens", "cache_hit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a usage file measures of a use case.

    Attributes:
        numbers: By the ids of the numbers, as text, exact to the digit.
        missing: Sentences that say why a number is not measured, by its id.
    """

    numbers: Mapping[str, str]
    missing: Mapping[str, str]


def measured(
    summary: Summary,
    *,
    kind: Kind,
    prefix: Decimal | None,
    models: Collection[str],
) -> Measured:
    """Return the numbers that a summary measures.

    A usage file has all input of a request together. What of it repeats in every
    request is known only from the prompt, so the parts need `prefix`.

    Args:
        summary: What the file adds up to.
        kind: Which month counts as a month.
        prefix: Tokens that repeat in every request; None if nobody knows.
        models: The ids of the models in the landscape.
    """
    numbers: dict[str, str] = {}
    missing: dict[str, str] = {}
    month = summary.busiest if kind == "busiest" else summary.median
    if month:
        numbers["requests"] = str(month)
    else:
        missing["requests"] = _no_month(summary)
    if summary.output_tokens is None:
        missing["output_tokens"] = _no_tokens(summary, "output")
    else:
        numbers["output_tokens"] = _tokens(max(summary.output_tokens, Decimal(1)))
    for name, (value, why) in {
        "variable_tokens": _changing(summary, prefix),
        "cache_hit": _cached(summary, prefix),
        "model": _model(summary, models),
    }.items():
        if value is None:
            missing[name] = why
        else:
            numbers[name] = value
    return Measured(numbers=numbers, missing=missing)


_NO_PREFIX = (
    "The file has all input together: enter how much of it repeats in every call."
)
_NOTHING_REPEATS = "No text repeats in every call, so none of it can be cached."


_NOT_COUNTED = "The file does not say how many requests there were."
_NONE = "There were no requests."


def _no_month(summary: Summary) -> str:
    if summary.requests is None:
        return _NOT_COUNTED
    if not summary.requests:
        return _NONE
    days = f"{summary.days} day{'s' if summary.days != 1 else ''}"
    return (
        f"The file is about {days}, too few for a month. If a row is for a whole "
        "month, write that month as its day in a CSV file, like 2026-10."
    )


def _no_tokens(summary: Summary, kind: Literal["input", "output"]) -> str:
    """Say why the tokens of a request are not known."""
    if summary.requests is None:
        return _NOT_COUNTED
    if not summary.requests:
        return _NONE
    return f"The file does not say how many {kind} tokens its requests had."


def impossible(summary: Summary, prefix: Decimal) -> str:
    """Say why text of this length cannot repeat in every call; empty if it can."""
    read, cached = summary.input_tokens, summary.cached_tokens
    if read is not None and prefix > read:
        return (
            f"A call has {_shown(read)} tokens of input on average, fewer than the "
            "text that repeats in every call: correct that number."
        )
    if cached is not None and cached > prefix:
        return (
            f"{_shown(cached)} tokens of a call were cached on average, more than the "
            "text that repeats in every call: correct that number."
        )
    return ""


def _changing(summary: Summary, prefix: Decimal | None) -> tuple[str | None, str]:
    """Return the tokens of a request that change, or why they are not known."""
    if summary.input_tokens is None:
        return None, _no_tokens(summary, "input")
    if prefix is None:
        return None, _NO_PREFIX
    if wrong := impossible(summary, prefix):
        return None, wrong
    return _tokens(summary.input_tokens - prefix), ""


def _cached(summary: Summary, prefix: Decimal | None) -> tuple[str | None, str]:
    """Return the share of the repeated text that is cached, or why it is not known."""
    cached = summary.cached_tokens
    if cached is None:
        return None, "The file does not say how many tokens of a call were cached."
    if not prefix:
        return None, _NO_PREFIX if prefix is None else _NOTHING_REPEATS
    if wrong := impossible(summary, prefix):
        return None, wrong
    share = (cached / prefix).quantize(_SHARE, ROUND_HALF_UP)
    return format(share.normalize(), "f"), ""


def _model(summary: Summary, models: Collection[str]) -> tuple[str | None, str]:
    """Return the model, or why it is not known; several have several prices."""
    if len(summary.models) > 1:
        return None, (
            "Several models are chosen, and each has its own price: choose one, or "
            "enter the model that all of it should be priced at."
        )
    name = next(iter(summary.models), None)
    if name is None:
        return None, "The file does not say which model was used most."
    found = model_of(name, models)
    if found is None:
        return None, f"“{name}” is not a model that Attune has prices of."
    return found, ""


def _tokens(number: Decimal) -> str:
    return str(int(number.quantize(Decimal(1), ROUND_HALF_UP)))


def _shown(number: Decimal) -> str:
    return f"{int(number):,}"
