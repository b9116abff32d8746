"""How long a signed-off verdict is valid, and what ends it early.

A verdict ends after a year, with its model, or with the market: on the first day on
which the same facts give another one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.change_days import model_days
from audits.landscape.facts import Cited
from audits.landscape.token_prices import Rates
from audits.landscape.tunability import a_year_after
from audits.scoring.costs.rounding import unit_price
from audits.scoring.days import in_words
from audits.scoring.history.time_machine import Flip, TimeMachine
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.currency import in_dollars

# How far ahead a scheduled change counts.
AHEAD = timedelta(days=90)
_MOST_CHARACTERS = 300
_TUNING = "platform"  # the question whether the model to train can be trained


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signed-off verdict: its inputs, and the market's day."""

    inputs: Inputs
    verdict: Verdict
    on: date

    @property
    def priced(self) -> Inputs:
        """The inputs with amounts in US dollars, at the rate that was signed."""
        numbers = in_dollars(self.inputs.numbers, self.on)
        return self.inputs if numbers is None else replace(self.inputs, numbers=numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The day on which a chosen model, or tuning it, is over, and what to do `then`."""

    day: date
    said: str
    in_short: str
    cited: Cited
    then: str = ""


def valid_until(framework: Framework, signed: Signed, on: date) -> date:
    """Return the day on which a verdict must be reviewed.

    Args:
        framework: The framework it was made with.
        signed: The verdict.
        on: The day of the sign-off.

    Returns:
        The earliest of 12 months later, the end of the chosen model or of tuning it,
        and the first day on which the verdict would change; not before `on`.
    """
    year = a_year_after(on)
    days = [year, *(end.day for end in _ends(framework, signed, on))]
    machine = TimeMachine(framework, on, year)
    if machine.verdict(signed.priced, on) != signed.verdict:
        return on
    days += [flip.day for flip in machine.history(signed.priced).flips]
    return max(on, min(days))


OF_MARKET = "a known change of the market gives another verdict"


def why_until(framework: Framework, signed: Signed, on: date, until: date) -> str:
    """Return why a verdict that was signed off on a day is valid until another one."""
    if until == a_year_after(on):
        return "a year after the sign-off"
    ends = (x.in_short for x in _ends(framework, signed, on) if x.day == until)
    return next(ends, OF_MARKET)


class Watch:
    """Finds what makes signed verdicts due for review; reads the market once."""

    def __init__(self, framework: Framework, today: date) -> None:
        self.framework, self.today = framework, today
        self.until = today + AHEAD
        self._ahead = TimeMachine(framework, today, self.until)

    def cause(self, signed: Signed) -> str | None:
        """Return why a verdict is due for review, or None.

        Returns:
            One sentence of at most 300 characters: the market change, its day and its
            source. A change of the verdict comes before the end of a model, and that
            before a price that at least doubles.
        """
        return self._flip(signed) or self._end(signed) or self._price(signed)

    def _flip(self, signed: Signed) -> str | None:
        if self._ahead.verdict(signed.priced, self.today) != signed.verdict:
            past = TimeMachine(self.framework, signed.on, self.today)
            flips = past.history(signed.priced).flips
            return self._told(flips[-1]) if flips else self._corrected(signed)
        flips = self._ahead.history(signed.priced).flips
        return self._told(flips[0]) if flips else None

    def _told(self, flip: Flip) -> str:
        name = self.framework.verdicts[flip.after].name
        when = "Since" if flip.day <= self.today else "From"
        [cause] = flip.causes[:1]
        said = f"{when} {in_words(flip.day)} the verdict is “{name}”: {cause.name}"
        source = cause.sources[0].title
        return _fitting(f"{said}, {cause.said} ({source}).", f"{said} ({source}).")

    def _corrected(self, signed: Signed) -> str:
        """Report a verdict that corrected market facts no longer give on its day."""
        market = catalogue(self.today)
        verdict = self._ahead.verdict(signed.priced, self.today)
        name = self.framework.verdicts[verdict].name
        newest = in_words(market.landscape.as_of)
        return (
            f"The market facts for {in_words(signed.on)} were corrected, and the "
            f"verdict is “{name}” (market facts of {newest})."
        )

    def _end(self, signed: Signed) -> str | None:
        ends = [
            end
            for end in _ends(self.framework, signed, signed.on)
            if signed.on < end.day <= self.until
        ]
        if not ends:
            return None
        end = min(ends, key=lambda end: end.day)
        source = catalogue(end.day).sources(end.cited)[0].title
        return _fitting(f"{end.said} ({source}).{end.then}")

    def _price(self, signed: Signed) -> str | None:
        model = signed.inputs.numbers.get("model")
        before = _rates(catalogue(signed.on), model)
        if model is None or before is None:
            return None
        for day in model_days(model):
            after = _rates(catalogue(day), model) if signed.on < day else None
            if day <= self.until and after and _times(before, after) >= 2:  # noqa: PLR2004 - doubles
                return _dearer(catalogue(day), model, after, _times(before, after))
        return None


def _ends(framework: Framework, signed: Signed, on: date) -> Iterator[End]:
    """Yield the end of the chosen model, and of tuning it if the verdict trains."""
    market, numbers = catalogue(on), signed.inputs.numbers
    model = market.landscape.models.get(numbers.get("model", ""))
    if model and model.retires:
        day = model.retires.day
        said = f"On {in_words(day)} {model.name} shuts down, and calls to it fail"
        in_short = f"{model.name} shuts down"
        yield End(day=day, said=said, in_short=in_short, cited=model.retires)
    family = framework.verdicts[signed.verdict].family
    tuned = market.landscape.models.get(numbers.get("tuned", ""))
    if tuned and framework.families[family].trains:
        tunable = market.tunable(tuned.id)
        if tunable.until:
            said = (
                f"Hosted {tuned.name} cannot be trained from "
                f"{in_words(tunable.until)} on"
            )
            yield End(
                day=tunable.until,
                said=said,
                in_short=f"{tuned.name} can be trained until then",
                cited=tunable.because,
                then=f" In a new audit, {_to_answer(framework)}.",
            )


def _to_answer(framework: Framework) -> str:
    """Say what to answer once the model to train cannot be trained."""
    asked = framework.question_by_id.get(_TUNING)
    which = f"answer the question “{asked.label}” for" if asked else "name"
    return f"{which} another model"


def _rates(market: Catalogue, model: str | None) -> Rates | None:
    if model is None:
        return None
    try:
        return market.prices(model).rates
    except LookupError:
        return None


def _times(before: Rates, after: Rates) -> Decimal:
    """Return the larger growth of the input and output prices."""
    pairs = ((before.input, after.input), (before.output, after.output))
    return max((b / a for a, b in pairs if a), default=Decimal(1))


def _dearer(market: Catalogue, model: str, rates: Rates, times: Decimal) -> str:
    basis = market.price_basis(model)
    return _fitting(
        f"On {in_words(market.on)} {market.model(model).name} costs "
        f"{times.normalize():f} times as much as before: ${unit_price(rates.input)} a "
        f"million input tokens and ${unit_price(rates.output)} a million output tokens "
        f"({market.sources(basis)[0].title})."
    )


def _fitting(*sentences: str) -> str:
    """Return the first sentence that fits, or what fits of the last."""
    for sentence in sentences:
        if len(sentence) <= _MOST_CHARACTERS:
            return sentence
    return f"{sentences[-1][: _MOST_CHARACTERS - 1]}…"
