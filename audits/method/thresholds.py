"""The numbers that rules and costs read, with their units, from where they are used."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_drivers import CACHE_CAP, CACHE_MINUTES, MONTH_HOURS
from audits.scoring.deciding.candidates import FEWEST_CASES
from audits.scoring.deciding.shortfalls import LARGE_FROM, OFTEN_FROM, small_gap
from audits.scoring.pricing.computed_criteria import (
    PREFIX_SHARE,
    TIGHT_FROM,
    VALUE_SHARE,
)

_CASES = (30, 100, 200)  # sizes of a test for which the largest small gap is told
_UNITS = {"requests": "calls a month", "knowledge_tokens": "tokens"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number: what it limits, its value with the unit, and what it decides."""

    name: str
    value: str
    decides: str


def thresholds(framework: Framework) -> tuple[Threshold, ...]:
    """Return the numbers of a framework and of its costs, in the order of the rules."""
    return (*_of_tests(), *_of_measuring(framework), *_of_answers(framework), *_costs())


def _of_tests() -> Iterator[Threshold]:
    yield Threshold(
        name="Smallest test",
        value=f"{FEWEST_CASES} cases",
        decides="A score on fewer cases never counts.",
    )
    by_size = ", ".join(f"{100 * small_gap(n):.1f} with {n} cases" for n in _CASES)
    yield Threshold(
        name="Large gap",
        value=f"more than {100 * LARGE_FROM:.0f} points below the target",
        decides=f"The gap must also be larger than chance explains: {by_size}.",
    )
    yield Threshold(
        name="Often wrong",
        value=f"more than {100 * OFTEN_FROM:.0f} of 100 answers",
        decides="It counts in place of a gap where no target is written down.",
    )


def _of_measuring(framework: Framework) -> Iterator[Threshold]:
    for each in {rule.measuring: None for rule in framework.verdict_rules}:
        if each and each.toward == "training":
            yield Threshold(
                name="What may be measured first",
                value=f"{each.most} measurements, {each.hours} working hours in all",
                decides="Only if their results could change the verdict.",
            )


def _of_answers(framework: Framework) -> Iterator[Threshold]:
    """Yield the parts of each number that a question asks for."""
    for question in framework.questions:
        if not question.number:
            continue
        ends = [f"{o.low:,}" for o in question.options if o.low]
        unit = _UNITS[question.number]
        yield Threshold(
            name=question.label,
            value=f"{', '.join(ends)} {unit}",
            decides=f"Where one answer to “{question.text}” ends and the next begins.",
        )


def _costs() -> Iterator[Threshold]:
    yield Threshold(
        name="Fit in the prompt",
        value=f"{TIGHT_FROM:.0%} and 100% of the usable context window",
        decides=(
            f"Below {TIGHT_FROM:.0%} a prompt fits; above 100% it does not; between "
            "them it may not."
        ),
    )
    yield Threshold(
        name="Cost of the repeated prompt",
        value=f"{PREFIX_SHARE:.0%} of the bill; {VALUE_SHARE:.0%} of what calls earn",
        decides=(
            "Below either of them, the cost of the repeated prompt does not matter."
        ),
    )
    yield Threshold(
        name="Cache",
        value=f"{CACHE_CAP:.0%} of prompts at most, kept {CACHE_MINUTES} minutes",
        decides=(
            "The share read from a provider’s cache, unless the team enters its own."
        ),
    )
    yield Threshold(
        name="A month",
        value=f"{MONTH_HOURS} hours",
        decides="Machines rented by the hour are paid for every hour.",
    )
