"""Numbers that cannot all be right: with each other, or with the answer to a question.

Each is told in one sentence with what to do. None keeps anything from being saved, and
none decides: a computed answer may, and `pricing` has those.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.frameworks.answering.meanings import picked
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import Option, Question
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.schema import Model
from audits.landscape.token_prices import TokenPrices
from audits.scoring.costs.cost_drivers import Traffic
from audits.scoring.costs.cost_numbers import INPUT_NAMES, InputId
from audits.scoring.costs.prompt_costs import cached_share
from audits.scoring.numbers.number_entry import with_unit
from audits.scoring.numbers.numbers import FIELDS_BY_ID
from audits.scoring.numbers.written_numbers import ENGLISH, written

CORRECT = "Correct the one that is wrong."
_TOKENS = "tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What cannot all be right.

    `numbers` are the fields it is shown beside, a model too; `question` is the one
    whose answer it is about, if any.
    """

    text: str
    numbers: tuple[str, ...]
    question: str = ""


def contradictions(
    framework: Framework,
    answers: Mapping[str, Code],
    numbers: Mapping[str, str],
    on: date,
) -> tuple[Contradiction, ...]:
    """Return what cannot all be right.

    Args:
        framework: The framework the answers were given to.
        answers: The answers that count, by question.
        numbers: The numbers as they were given: text, and models by id.
        on: The day whose models count.
    """
    uncounted = _cached_without_rate(given_in(numbers), numbers, catalogue(on))
    found = behind_prices(framework, answers, numbers, on)
    return (*found, uncounted) if uncounted else found


def behind_prices(
    framework: Framework,
    answers: Mapping[str, Code],
    numbers: Mapping[str, str],
    on: date,
) -> tuple[Contradiction, ...]:
    """Return what a price may be wrong by: all but what is not counted.

    No price of a model is read. For its arguments, see `contradictions`.
    """
    given = given_in(numbers)
    market = catalogue(on)
    found = (
        *_outside_bands(framework, answers, numbers, market),
        _longer_than_window(given, numbers, market),
        _cached_without_text(given),
        _shared_on_a_device(framework, answers, numbers),
    )
    return tuple(each for each in found if each)


def given_in(numbers: Mapping[str, str]) -> dict[str, Decimal]:
    """Return the numbers of the fields among those that were given."""
    return {each: Decimal(numbers[each]) for each in FIELDS_BY_ID if each in numbers}


def half_window(
    option: Option, numbers: Mapping[str, str], market: Catalogue
) -> Decimal | None:
    """Return half of what the chosen model reads, where the part of an option ends.

    Without a model, it is that of the model with which most numbers fit the option.

    Args:
        option: An option of a question about a number.
        numbers: The numbers as they were given, with the model.
        market: The models of a day.
    """
    if model := market.models.get(numbers.get("model", "")):
        return Decimal(int(model.context_window.value)) / 2
    read = [x.context_window.value for x in market.models.values() if _writes(x)]
    if not read:
        return None
    return Decimal(int(min(read) if option.half_window == "over" else max(read))) / 2


def _writes(model: Model) -> bool:
    return model.kind != "embedding"


def _outside_bands(
    framework: Framework,
    answers: Mapping[str, Code],
    numbers: Mapping[str, str],
    market: Catalogue,
) -> Iterator[Contradiction]:
    """Yield each number that is not in the range that a question was answered with."""
    given = given_in(numbers)
    asked = [x for each in given for x in framework.questions if x.number == each]
    for question in asked:
        option = question.option(str(answers.get(question.id)))
        name = question.number
        if name is None or option is None:
            continue
        if option.holds(given[name], half_window(option, numbers, market)):
            continue
        field, number = FIELDS_BY_ID[name], written(given[name], ENGLISH)
        unit = f" {_TOKENS}" if field.unit == _TOKENS else ""
        text = (
            f"“{field.label}” is {number}{unit}, but the "
            f"answer to “{question.label}” is “{option.name}”"
            f"{_ends(question, option, numbers, market)}. {CORRECT}"
            f"{_fitting_said(question, numbers, market)}"
        )
        yield Contradiction(text=text, numbers=(name,), question=question.id)


def fitting(
    question: Question, numbers: Mapping[str, str], market: Catalogue
) -> Option | None:
    """Return the first answer to a question about a number that the number fits.

    Args:
        question: The question.
        numbers: The numbers as they were given, with the model.
        market: The models of a day.
    """
    if question.number is None or question.number not in numbers:
        return None
    number = Decimal(numbers[str(question.number)])
    found = (
        each
        for each in question.options
        if each.holds(number, half_window(each, numbers, market))
    )
    return next(found, None)


def _fitting_said(
    question: Question, numbers: Mapping[str, str], market: Catalogue
) -> str:
    """Name the answer that fits, where the model decides which one does."""
    found = fitting(question, numbers, market)
    if found is None or not any(x.half_window for x in question.options):
        return ""
    return f" “{found.name}” fits the number."


def _ends(
    question: Question, option: Option, numbers: Mapping[str, str], market: Catalogue
) -> str:
    """Return from where to where an option goes, where its name does not say it."""
    low, high = option.low or 0, option.high
    half = half_window(option, numbers, market)
    number = Decimal(numbers[question.number or ""])
    if option.half_window and half is not None and number >= low:
        return _against_window(
            option, half, market.models.get(numbers.get("model", ""))
        )
    if any(each.isdigit() for each in option.name) or high == 0:
        return ""
    unit = FIELDS_BY_ID[question.number].unit if question.number else ""
    if high is None:
        return f", over {low:,} {unit}"
    return f", {low:,} to {high:,} {unit}" if low else f", up to {high:,} {unit}"


def _against_window(option: Option, half: Decimal, model: Model | None) -> str:
    is_over = option.half_window == "over"
    side, which = ("over", "smallest") if is_over else ("up to", "largest")
    whose = model.name if model else f"the model with the {which} context window"
    return f", {side} {written(half, ENGLISH)} tokens, half of what {whose} reads"


def _longer_than_window(
    given: Mapping[str, Decimal], numbers: Mapping[str, str], market: Catalogue
) -> Contradiction | None:
    """Return that a call is longer than what the chosen model reads."""
    model = market.models.get(numbers.get("model", ""))
    beside = [each for each in ("prefix_tokens", "variable_tokens") if each in given]
    tokens = sum((given[each] for each in beside), Decimal(0))
    if model is None or tokens <= model.context_window.value:
        return None
    window = written(Decimal(int(model.context_window.value)), ENGLISH)
    text = (
        f"One call sends {written(tokens, ENGLISH)} tokens, but {model.name} reads up "
        f"to {window}: correct the number, or choose another model."
    )
    return Contradiction(text=text, numbers=(*beside, "model"))


def _cached_without_text(given: Mapping[str, Decimal]) -> Contradiction | None:
    """Return that a cache holds a text that is not there."""
    if given.get("prefix_tokens") != 0 or not given.get("cache_hit"):
        return None
    share, prefix = FIELDS_BY_ID["cache_hit"], FIELDS_BY_ID["prefix_tokens"]
    text = (
        f"“{share.label}” is {with_unit(share, given['cache_hit'] * 100)}, but "
        f"“{prefix.label}” is 0: enter its length, or empty the share."
    )
    return Contradiction(text=text, numbers=("cache_hit", "prefix_tokens"))


def _cached_without_rate(
    given: Mapping[str, Decimal], numbers: Mapping[str, str], market: Catalogue
) -> Contradiction | None:
    """Return that a share of cached text does not count for the chosen model."""
    if not (why := why_not_cached(given, numbers, market)):
        return None
    share = written(given["cache_hit"] * 100, ENGLISH)
    text = (
        f"“{FIELDS_BY_ID['cache_hit'].label}” is {share}%, but {why}, so it is not "
        "counted."
    )
    return Contradiction(text=text, numbers=("cache_hit", "prefix_tokens", "model"))


def why_not_cached(
    given: Mapping[str, Decimal], numbers: Mapping[str, str], market: Catalogue
) -> str:
    """Say why a share of cached text is not counted; empty if it is, or none is given.

    Args:
        given: The numbers of the fields.
        numbers: The numbers as they were given, with the model.
        market: The models and prices of a day.
    """
    model, hit = market.models.get(numbers.get("model", "")), given.get("cache_hit")
    prefix = given.get("prefix_tokens")
    if model is None or not hit or not prefix:
        return ""
    try:
        prices = market.prices(model.id)
    except LookupError:
        return ""
    of_one = Traffic(
        requests=Decimal(1),
        prefix=int(prefix),
        variable=int(given.get("variable_tokens", 0)),
        output=int(given.get("output_tokens", 0)),
        cache_hit=hit,
    )
    if cached_share(of_one, prices) is not None:
        return ""
    return _why_without_rate(model.name, of_one, prices)


def _why_without_rate(name: str, of_one: Traffic, prices: TokenPrices) -> str:
    rates, least = prices.for_input(of_one.input), prices.cache_minimum
    if rates.cache_read is None or least is None:
        return f"{name} has no lower rate for cached text"
    if of_one.prefix < least:
        return (
            f"{name} caches only a text of {least:,} tokens or more, and "
            f"“{FIELDS_BY_ID['prefix_tokens'].label}” is {of_one.prefix:,}"
        )
    return f"writing to the cache of {name} then costs more than reading from it saves"


def _shared_on_a_device(
    framework: Framework, answers: Mapping[str, Code], numbers: Mapping[str, str]
) -> Contradiction | None:
    """Return that models share machines where each device runs its own copy."""
    shared: InputId = "sharing_models"
    models = Decimal(numbers.get(shared, 1))
    options = {x.id: x for x in picked(framework, answers) if x.machines == "devices"}
    place = next((q for q, code in answers.items() if code in options), None)
    if models <= 1 or place is None:
        return None
    asked = framework.question_by_id[place]
    text = (
        f"“{INPUT_NAMES[shared]}” is {written(models, ENGLISH)}, but the answer to "
        f"“{asked.label}” is “{framework.words(place, answers)}”, where models do "
        "not share machines: enter 1, or correct the answer."
    )
    return Contradiction(text=text, numbers=(shared,), question=place)
