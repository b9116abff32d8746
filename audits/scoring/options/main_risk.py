"""The main risks that an assessment knows of, where nobody names one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.advice import UNSETTLED
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.grades.strength import Strength
from audits.scoring.money.names.named_amounts import risk_of
from audits.scoring.money.words import Money
from audits.scoring.options.derived_risks import (
    MetCondition,
    derived_risks,
    doubts_of_tests,
)
from audits.scoring.options.ends import ends_said
from audits.scoring.options.failing import of_failing

_WEAK: Mapping[Strength, str] = {
    "none": "Nothing was tested, or there is no test set: the verdict rests on answers "
    "alone.",
    "said": "What decides is only asserted: nobody has shown the test set or its "
    "results.",
}
_NONE = "The answers show none."
MOST = 3
_DERIVED = "From the answers: "
# What doing nothing leads to says as well.
_BASE = re.compile(r"The base model of “[^”]+” (?P<retires>retires on [^.]+)\.$")
# As the note below the amounts says it of a tuned model.
_TOLD = re.compile(r"From (?P<day>\d+ \w+ \d{4}), when [^.]+ retires, it costs")


def main_risks(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    met: Sequence[MetCondition] = (),
) -> tuple[str, ...]:
    """Return the main risks in a sentence each, three at most, the strongest first.

    The first is a trained model that ends, what a failed test costs, weak evidence, or
    what else money may do; then comes what answers show. Without either, it is what is
    open, or that there is none. A plan that costs less than the advice wastes nothing:
    what its answers do is the risk.

    Args:
        framework: The framework, which has the words of what answers show.
        assessment: The assessment.
        money: The money behind it, in US dollars; None if it is not known.
        met: The conditions of the sign-off before that were met since.
    """
    found = (*_of_training(money), *_of_evidence(assessment), *_of_the_rest(money))
    first = found[:1]
    derived = derived_risks(framework, assessment, MOST - len(first), met)
    said = (*first, *_called_derived(derived))
    return said or (*_of_questions(assessment), _NONE)[:1]


class BesideOwn(NamedTuple):
    """The computed risks that fill the rows an author leaves, and those replaced."""

    printed: tuple[str, ...]
    replaced: tuple[str, ...]


def beside_own(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    own: int,
    met: Sequence[MetCondition] = (),
) -> BesideOwn:
    """Return which computed risks are printed below an author's, and which are not.

    Those that `kept_risks` says are in neither: no author replaces them. What puts a
    measured score in doubt comes first, and stays however many an author names. That
    the evidence is weak gives way first.

    Args:
        framework: The framework, which has the words of what answers show.
        assessment: The assessment.
        money: The money behind it, in US dollars; None if it is not known.
        own: How many risks the author names.
        met: The conditions of the sign-off before that were met since.
    """
    kept = {_NONE, *_of_training(money), *ends_said(money)}
    found = main_risks(framework, assessment, money, met)
    doubts = doubts_of_tests(framework, assessment, met)[:1]
    others = [x for x in found if x not in kept and not x.endswith(doubts)]
    weak = {*_of_evidence(assessment)}  # page 1 says it in its evidence as well
    others.sort(key=weak.__contains__)
    computed = (*doubts, *others)
    free = max(MOST - own, len(doubts))
    return BesideOwn(computed[:free], computed[free:])


def _called_derived(risks: tuple[str, ...]) -> tuple[str, ...]:
    """Say before the first of them that they are derived."""
    return tuple(f"{'' if n else _DERIVED}{risk}" for n, risk in enumerate(risks))


def dated_risks(money: Money | None, said: str = "") -> str:
    """Return the risks that come from dates, in sentences, whatever an author writes.

    Args:
        money: The money behind the verdict, in US dollars; None if it is not known.
        said: What is said beside it. What it says of a model that retires, of what a
            month costs from then on, or of what happens then, is not said twice.
    """
    day = _TOLD.search(said)
    told = f"retires on {day['day']}." if day else ""
    return " ".join(
        each
        for each in ends_said(money)
        if each not in said and not (told and each.endswith(told))
        if not ((base := _BASE.match(each)) and base["retires"] in said)
    )


def kept_risks(money: Money | None, said: str = "") -> str:
    """Return the computed risks that stay beside an author's: a failed test, and dates.

    Beside dates there is room for less about the test.

    Args:
        money: The money behind the verdict, in US dollars; None if it is not known.
        said: As for `dated_risks`.
    """
    dated = dated_risks(money, said)
    failing = of_failing(money, is_brief=bool(dated))
    return " ".join(filter(None, (failing, dated)))


def _of_training(money: Money | None) -> Iterator[str]:
    """Yield a trained model that ends, and what it costs if one fails its test."""
    if money is None:
        return
    # What has stopped ends nothing.
    plans = (money.today if money.state != "stopped" else None, money.recommended)
    for row in plans:
        if row and row.ends:
            name = SHORT_NAMES[row.technique]
            yield f"The base model of “{name}” retires on {in_words(row.ends)}."
    if failing := of_failing(money):
        yield failing


def _of_evidence(assessment: Assessment) -> Iterator[str]:
    advice = assessment.advice
    if advice is None:
        return
    weak: Mapping[str, str] = {str(key): says for key, says in _WEAK.items()}
    if advice.strength.says.endswith(UNSETTLED):
        yield f"What decides is only asserted: {UNSETTLED}."
    elif advice.strength.id in weak:
        yield weak[advice.strength.id]
    if number := len(advice.unproven_answers):
        answers = "answer that training needs is"
        if number > 1:
            answers = "answers that training needs are"
        yield f"{number} {answers} only asserted."


def _of_the_rest(money: Money | None) -> Iterator[str]:
    """Yield a model of a prompt that ends, and what the current plan may cost."""
    if money is None:
        return
    yield from ends_said(money)
    if money.at_risk is not None and risk_of(money) != "kept_up":
        spent = written(money.at_risk)
        yield (
            f"If the current plan goes on, ${spent} over 12 months is spent against "
            "this advice."
        )


def _of_questions(assessment: Assessment) -> Iterator[str]:
    if assessment.open_questions:
        yield f"{assessment.still_open.says}."


def without_source(risk: str) -> str:
    """Return a risk below a heading that says that it is computed.

    >>> without_source("From the answers: the law classes the use as high risk.")
    'The law classes the use as high risk.'
    """
    said = risk.removeprefix(_DERIVED)
    return f"{said[:1].upper()}{said[1:]}"
