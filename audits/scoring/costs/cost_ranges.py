"""Ranges of uncertain numbers, including those behind the worked examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_numbers import InputId


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An uncertain number: the lowest and highest to expect, its unit and its source.

    Raises:
        ValueError: The three are not finite, or do not rise.
    """

    low: Decimal
    expected: Decimal
    high: Decimal
    unit: str
    source: str

    def __post_init__(self) -> None:
        values = (self.low, self.expected, self.high)
        are_finite = all(value.is_finite() for value in values)
        if not are_finite or not self.low <= self.expected <= self.high:
            written = ", ".join(str(value) for value in values)
            raise ValueError(f"a range must be three rising numbers, not {written}")

    @property
    def is_certain(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    @property
    def span(self) -> str:
        """Its lowest and highest in words."""
        low, high = (_number(value, self.unit) for value in (self.low, self.high))
        return f"{low} to {high}{_of(self.unit)}"

    @property
    def usual(self) -> str:
        """What is expected, in words."""
        unit = _of(self.unit)
        of_one = _one(unit) if self.expected == 1 else unit
        return f"{_number(self.expected, self.unit)}{of_one}"

    @property
    def with_span(self) -> str:
        """What is expected, its lowest and highest behind it, in words."""
        return self.usual if self.is_certain else f"{self.numbers}{_of(self.unit)}"

    @property
    def numbers(self) -> str:
        """The same without its unit."""
        low, usual, high = (
            _number(value, self.unit) for value in (self.low, self.expected, self.high)
        )
        return usual if self.is_certain else f"{usual} ({low} to {high})"

    @property
    def is_share(self) -> bool:
        """Whether it is a share from 0 to 1, which people write in percent."""
        return self.unit in _SHARES

    @property
    def said(self) -> str:
        """How a number of its unit is said, with `{}` in its place.

        >>> number = {"low": Decimal(1), "expected": Decimal(1), "high": Decimal(1)}
        >>> Range(**number, unit="USD per day", source="").said
        '${} a day'
        >>> Range(**number, unit="FTE", source="").said
        '{}% of one engineer’s time'
        """
        before = "$" if self.unit.startswith(_DOLLARS) else ""
        return f"{before}{{}}{'%' if self.is_share else ''}{_of(self.unit)}"


# Units that are a share of something, and of what.
_SHARES = {
    "FTE": "of one engineer’s time",
    "share": "",
    "share a month": "a month",
    "share of requests": "of calls",
}
_UNITS = {
    "multiplier": "times",
    "replicas": "GPUs",
    "tokens per second": "tokens a second",
    "USD per request": "USD per call",
}
_DOLLARS = "USD"
_PER = "per "


def _number(value: Decimal, unit: str) -> str:
    shown = value * 100 if unit in _SHARES else value
    if unit.startswith(_DOLLARS):
        return f"${_with_cents(shown)}"
    text = f"{shown.normalize():,f}"
    return f"{text}%" if unit in _SHARES else text


def _with_cents(price: Decimal) -> str:
    """Write a price with both digits of its cents, and more if it has more."""
    digits = -int(price.normalize().as_tuple().exponent)
    return f"{price:,.{max(digits, 2)}f}" if digits > 0 else f"{price:,.0f}"


def _of(unit: str) -> str:
    said = _SHARES.get(unit, _UNITS.get(unit, unit))
    said = said.removeprefix(_DOLLARS).strip(", ")
    if said.startswith(_PER):
        thing = said.removeprefix(_PER)
        said = f"{_article(thing)} {thing}"
    return f" {said}" if said else ""


def _one(unit: str) -> str:
    """Return a unit of one thing.

    >>> _one(" runs"), _one(" passes"), _one(" GPUs"), _one(" times"), _one(" a call")
    (' run', ' pass', ' GPU', ' times', ' a call')
    """
    if unit == " times" or not unit.endswith("s"):
        return unit
    return unit.removesuffix("es") if unit.endswith("sses") else unit.removesuffix("s")


def _article(thing: str) -> str:
    """Return the article of what a price is for, by its first sound."""
    return "an" if thing.startswith(("a", "e", "i", "o", "hour")) else "a"


type Defaults = Mapping[str, Range]

_DOLLARS_MTOK = "USD per million tokens"
_OURS = "Attune’s estimate, checked on 24 November 2026"


def _table() -> Mapping[InputId, tuple[str, str, str, str, str]]:
    return {
        "cache_minutes": ("5", "5", "60", "minutes", _OURS),
        "batch_share": ("0", "0", "0", "share of requests", _OURS),
        "knowledge_tokens": ("0", "0", "0", "tokens", _OURS),
        "corpus_tokens": ("50000", "150000", "10000000", "tokens", _OURS),
        "chunks": ("5", "10", "20", "passages", _OURS),
        "chunk_tokens": ("200", "400", "800", "tokens", _OURS),
        "query_tokens": ("50", "200", "500", "tokens", _OURS),
        "embedding_price": ("0.02", "0.02", "0.2", _DOLLARS_MTOK, _OURS),
        "reembedded_share": ("0.02", "0.1", "0.5", "share a month", _OURS),
        "rerank_price": ("0", "0", "0", "USD per request", _OURS),
        "contextualising": ("0", "0", "0", "USD, once", _OURS),
        "static_examples": ("10", "20", "50", "examples", _OURS),
        "retrieved_examples": ("3", "5", "10", "examples", _OURS),
        "example_tokens": ("100", "350", "1000", "tokens", _OURS),
        "example_pool": ("50", "100", "500", "examples", _OURS),
        "eval_cases": ("100", "200", "500", "cases", _OURS),
        "prompt_days": ("2", "5", "10", "days", _OURS),
        "rag_days": ("5", "10", "20", "days", _OURS),
        "training_days": ("10", "20", "60", "days", _OURS),
        "choose_days": ("1", "2", "5", "days", _OURS),
        "reprompt_days": ("1", "3", "8", "days", _OURS),
        "retune_days": ("3", "10", "30", "days", _OURS),
        "reevaluate_days": ("1", "2", "5", "days", _OURS),
        "parallel_weeks": ("1", "2", "4", "weeks", _OURS),
        "tuned_prefix_tokens": ("100", "200", "1000", "tokens", _OURS),
        "training_examples": ("500", "2000", "10000", "examples", _OURS),
        "training_example_tokens": ("500", "1200", "2000", "tokens", _OURS),
        "epochs": ("1", "3", "5", "passes", _OURS),
        "training_runs": ("1", "1", "3", "runs", _OURS),
        "training_price_hosted": ("2", "3", "25", _DOLLARS_MTOK, _OURS),
        "training_price_own": ("0.4", "0.46", "3", _DOLLARS_MTOK, _OURS),
        "distil_labels": ("10000", "50000", "100000", "answers", _OURS),
        "reviewed_labels": ("500", "2000", "5000", "answers", _OURS),
        "gpu_hour": ("1.99", "2.95", "6.88", "USD per hour", _OURS),
        "peak_factor": ("2", "3", "10", "times", _OURS),
        "hours_a_day": ("24", "24", "24", "hours a day", _OURS),
        "sharing_models": ("1", "1", "1", "models", _OURS),
    }


# Defaults for numbers that neither the team nor the landscape has. The costs of people
# and machines are in the landscape, not here.
TYPICAL: Defaults = {
    input_id: Range(
        low=Decimal(low),
        expected=Decimal(expected),
        high=Decimal(high),
        unit=unit,
        source=source,
    )
    for input_id, (low, expected, high, unit, source) in _table().items()
}
