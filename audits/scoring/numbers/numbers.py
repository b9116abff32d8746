"""The numbers of a team: their fields, their limits, and how they are stored.

A number is stored as text, exact to the digit; a model by its id in the landscape.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import cast

from audits.scoring.costs.cost_numbers import (
    INPUT_NAMES,
    PLANNED,
    InputId,
    PricedTechnique,
)
from audits.scoring.numbers.currency import KEY as CURRENCY
from audits.scoring.numbers.currency import check_currency
from audits.scoring.numbers.typical import Typical, typical_values
from audits.scoring.pricing.gpu_kinds import KEY as GPU
from audits.scoring.pricing.pricing import Numbers
from audits.scoring.proposals.proposal_parts import PROPOSAL_KEYS, check_part

MODELS = ("model", "smaller", "tuned", "successor")
CHOSEN = (*MODELS, "today", GPU)
KEYS = (*INPUT_NAMES, *CHOSEN, CURRENCY, *PROPOSAL_KEYS)
# What cannot be beyond its limits, as a price would divide by it.
LIMITS: Mapping[str, tuple[int, int | None]] = {
    "hours_a_day": (1, 24),
    "sharing_models": (1, None),
}
_MOST_ADJUSTED = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A number that the wizard asks for.

    `low` and `high` are the plausible limits: beyond them, somebody probably used the
    wrong unit. `whole` numbers have no decimals. `said` is a number with its unit.
    An amount in another currency than US dollars names its `currency`, by its code.
    `example` works the number out once, from what people know.
    """

    id: str
    label: str
    unit: str
    said: str
    hint: str
    low: Decimal
    high: Decimal
    whole: bool
    percent: bool
    currency: str = ""
    example: str = ""

    @property
    def typical(self) -> Typical | None:
        """What is typical for it; None for what is not asked on the numbers page."""
        return typical_values().get(self.id)

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of dollars, or of its currency."""
        return bool(self.currency) or self.said.startswith("$")


def _field(
    input_id: InputId,
    units: tuple[str, str],
    hint: str,
    between: tuple[str, str],
    *,
    example: str,
    whole: bool = True,
    percent: bool = False,
) -> Field:
    low, high = (Decimal(bound) for bound in between)
    unit, said = units
    return Field(
        id=input_id,
        label=INPUT_NAMES[input_id],
        unit=unit,
        said=said,
        hint=hint,
        low=low,
        high=high,
        whole=whole,
        percent=percent,
        example=example,
    )


FIELDS: tuple[Field, ...] = (
    _field(
        "requests",
        ("calls a month", "{} calls a month"),
        "A call is one request to a model. Think of a busy month about half a year "
        "from now. Leave out calls that filters and caches save. Monthly costs are for "
        "that many calls.",
        ("1", "100000000000"),
        example="200 clerks ask 20 times on each of 21 working days, and a "
        "request takes 2 calls: 168,000 calls. An agent that takes five"
        " steps makes five calls or more.",
    ),
    _field(
        "prefix_tokens",
        ("tokens", "{} tokens"),
        "What each call sends today, or will send as planned: instructions, examples, "
        "and documents if they are in the prompt. Leave out what you would add only "
        "because the verdict recommends it. A token is about three quarters of an "
        "English word.",
        ("0", "10000000"),
        example="Two pages of instructions and ten examples of a quarter page, "
        "at 400 tokens a page: about 1,800 tokens.",
    ),
    _field(
        "variable_tokens",
        ("tokens", "{} tokens"),
        "What the user or the record adds. One page is about 400 tokens. A photo is "
        "often about 1,000; your provider’s documentation says how many.",
        ("0", "10000000"),
        example="A claim of one and a half pages: about 600 tokens.",
    ),
    _field(
        "output_tokens",
        ("tokens", "{} tokens"),
        "Include the model’s hidden reasoning, if any.",
        ("1", "1000000"),
        example="A reply of 150 words, at three quarters of a word to a token: "
        "about 200 tokens.",
    ),
    _field(
        "knowledge_tokens",
        ("tokens", "{} tokens"),
        "Counted together, even if they are too long for one "
        "call. A prompt with documents is priced with all of them, retrieval only with "
        "the pages that a call needs.",
        ("0", "10000000"),
        example="A handbook of 300 pages, at 400 tokens a page: about 120,000 tokens.",
    ),
    _field(
        "value_per_request",
        ("US dollars", "${} a call"),
        "Revenue, or minutes saved times the wage.",
        ("0", "1000000"),
        example="A call saves two minutes of work at $0.50 a minute: $1.00.",
        whole=False,
    ),
    _field(
        "budget_month",
        ("US dollars a month", "${} a month"),
        "The most you can spend on the model. If you leave it empty, Attune assumes "
        "no limit.",
        ("0", "1000000000"),
        example="Finance allows $24,000 a year: $2,000 a month.",
        whole=False,
    ),
    _field(
        "training_paid",
        ("US dollars", "${}"),
        "If you plan to train a model: how much of its training has been paid by "
        "today. Enter 0 if nothing has. Leave it empty if you do not know: Attune then "
        "says what the verdict saves if all of it is paid, and if nothing is.",
        ("0", "1000000000"),
        example="Reviewing the examples has cost $6,000, and training has not started: "
        "$6,000.",
        whole=False,
    ),
    _field(
        "cache_hit",
        ("%", "{}%"),
        "From your provider’s bill. Leave it empty, and Attune calculates it from your "
        "traffic.",
        ("0", "100"),
        example="Of 10 million repeated tokens, the bill has 8 million at the "
        "lower rate: 80%. If Attune calculates the share, it expects at most "
        "90%, which is its own estimate.",
        whole=False,
        percent=True,
    ),
)
FIELDS_BY_ID: Mapping[str, Field] = {field.id: field for field in FIELDS}


def check(key: str, value: str) -> None:
    """Refuse a value that cannot be that number, choice or part of an offer.

    Raises:
        ValueError: It cannot be; says what is allowed.
    """
    if key not in KEYS:
        message = f"{key}: no such number"
        raise ValueError(message)
    if key in PROPOSAL_KEYS:
        check_part(key, value)
        return
    if key == CURRENCY:
        check_currency(key, value)
        return
    if key == "today" and value not in PLANNED:
        message = f"{key}: one of {', '.join(PLANNED)}"
        raise ValueError(message)
    if key not in INPUT_NAMES:
        return
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    check_number(key, number)


def check_number(key: str, number: Decimal) -> None:
    """Refuse an impossible count: below 0, not finite, or beyond what it can be.

    Raises:
        ValueError: It is; says what is allowed.
    """
    if not number.is_finite() or number < 0:
        message = f"{key}: must be a number, 0 or more"
        raise ValueError(message)
    if number and abs(number.adjusted()) > _MOST_ADJUSTED:
        message = f"{key}: too large or too small to be a count"
        raise ValueError(message)
    least, most = LIMITS.get(key.removeprefix("numbers."), (0, None))
    if number < least or (most is not None and number > most):
        ends = f"{least} or more" if most is None else f"between {least} and {most}"
        message = f"{key}: must be {ends}"
        raise ValueError(message)


def numbers_of(given: Mapping[str, str]) -> Numbers:
    """Return stored numbers in the form that the costs read.

    Args:
        given: Numbers as text and models by id, as `check` lets them through.
    """
    return Numbers(
        given={
            cast("InputId", key): Decimal(value)
            for key, value in given.items()
            if key in INPUT_NAMES
        },
        model=given.get("model"),
        smaller=given.get("smaller"),
        tuned=given.get("tuned"),
        successor=given.get("successor"),
        today=cast("PricedTechnique | None", given.get("today")),
        gpu=given.get(GPU),
    )


def numbers_as_text(numbers: Numbers) -> dict[str, str]:
    """Return numbers as they are stored, by key."""
    chosen = {key: getattr(numbers, key) for key in CHOSEN}
    return {
        **{key: format(value, "f") for key, value in numbers.given.items()},
        **{key: value for key, value in chosen.items() if value is not None},
    }
