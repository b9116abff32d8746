"""Until when, and for how much, a permission lasts that ends when a model is ready."""

import re
from datetime import date

from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.words import Money
from audits.scoring.sums.months_from_day import meanwhile_from

# A permission as a decision gives it, up to its full stop.
_MAY_USE = re.compile(r"(Until (?:it|the model) is ready)(, [^.]*\bmay use [^.]*)\.")
# Until when and for how much, apart.
_THEN = "; "
# What is ready is the model, and not the paper, which is “not ready” for a vote.
_READY = re.compile(r"Until (?:it|the model) is ready, (?=[^.]*\bmay use )")
NO_MORE = f"{_THEN}it may cost no more than what runs today"


def lasts_until(money: Money | None, decided: date | None = None) -> str:
    """Say the last day of what serves until a model is ready, and its part of the sum.

    Without either, it may cost no more than what runs today. Once a plan has stopped,
    no day is known, and no sum is asked for: then it is a number of months and a cost.

    Args:
        money: The money behind the verdict; None without a price.
        decided: The day of the decision, from which the model is awaited; None for
            that of the verdict.
    """
    calendar = money.chosen.calendar if money else None
    wait = calendar.wait if calendar else None
    if money is None or calendar is None or wait is None or wait.technique is None:
        return NO_MORE
    served = meanwhile_from(calendar, decided or money.chosen.starts)
    if served is None:
        return NO_MORE
    until, running = served
    part = running + calendar.set_up
    if money.state == "stopped":
        months = f"{wait.months.quantize(1):f} months"
        return f", but for {months} at most{_THEN}this costs ${written(part)}"
    day = in_words(until)
    return f", but no later than {day}{_THEN}this takes ${written(part)} of the sum"


def limited(terms: str, limit: str) -> str:
    """Return terms with the limit of the permission in them, where they give one.

    >>> terms = "Until it is ready, the owner may use a prompt. It ends."
    >>> limited(terms, ", but for 3 months at most; this takes $5")
    'Once approved, and until the new model is ready, but for 3 months at most, the \
owner may use a prompt; this takes $5. It ends.'
    >>> limited("It ends.", "; this takes $5")
    'It ends.'
    """
    until, then, cost = limit.partition(_THEN)
    said = _MAY_USE.sub(rf"\1{until}\2{then}{cost}.", terms)
    return _READY.sub("Once approved, and until the new model is ready, ", said)
