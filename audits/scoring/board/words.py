"""What became of a decision of a board, in words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from audits.scoring.board.standing import BoardOutcome, BoardStanding
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words

OUTCOMES: Mapping[BoardOutcome, str] = {
    "approved": "Approved",
    "amended": "Approved with changes",
    "refused": "Refused",
    "deferred": "Deferred",
}
_TOLD: Mapping[BoardOutcome, str] = {
    "approved": "approved this",
    "amended": "approved this with changes",
    "refused": "refused this",
    "deferred": "deferred this",
}
CONDITION_PART = "Meet the condition"


def state_in_words(standing: BoardStanding) -> str:
    """Return the state of a decision, as every reader is told it.

    >>> state_in_words(BoardStanding(state="undecided"))
    'Not yet decided'
    >>> state_in_words(
    ...     BoardStanding(state="overdue", outcome="approved", done=1, of=3)
    ... )
    'Approved, 1 of 3 steps done, overdue'
    """
    if standing.outcome is None:
        return "Not yet decided"
    said = OUTCOMES[standing.outcome]
    if standing.state == "carried_out":
        return f"{said} and carried out"
    if standing.is_open:
        steps = "step" if standing.of == 1 else "steps"
        told = f"{said}, {standing.done} of {standing.of} {steps} done"
        return late(told) if standing.state == "overdue" else told
    if standing.state == "deferred" and standing.next_on:
        return f"{said} until {in_words(standing.next_on)}"
    return said


def not_asked_in_words(*, has_stopped: bool) -> str:
    """Return why a board is asked for nothing, though the verdict is signed."""
    paper = "the paper is for information only"
    why = "the use case has stopped" if has_stopped else paper
    return f"Nothing to decide: {why}"


def first_steps(missing: str, most: int = 100) -> str:
    """Return the first steps that are not done, each whole, and how many follow.

    Args:
        missing: The names of the steps, with semicolons between them.
        most: The characters that there is room for; the first step is always named.

    >>> first_steps("Change the stage; Stop the training; Free the money", 40)
    'Change the stage; Stop the training; and 1 more'
    >>> first_steps("Change the stage; Stop the training")
    'Change the stage; Stop the training'
    """
    first, *others = missing.split("; ")
    kept = [first]
    for step in others:
        if len("; ".join((*kept, step))) > most:
            break
        kept.append(step)
    more = 1 + len(others) - len(kept)
    return "; ".join((*kept, f"and {more} more") if more else kept)


def late(said: str) -> str:
    """Return the state of an open decision whose day is over."""
    return f"{said}, overdue"


def decided_sentence(outcome: BoardOutcome, on: date) -> str:
    """Return what a board decided, for the head of a paper.

    >>> decided_sentence("approved", date(2027, 1, 12))
    'Decided by the board on 12 January 2027: approved'
    """
    return f"Decided by the board on {in_words(on)}: {OUTCOMES[outcome].lower()}"


def told_in_short(outcome: BoardOutcome, on: date) -> str:
    """Say what a board decided, without a full stop.

    >>> told_in_short("refused", date(2026, 11, 30))
    'The board refused this on 30 November 2026'
    """
    return f"The board {_TOLD[outcome]} on {in_words(on)}"


def told_of_board(standing: BoardStanding, on: date) -> str:
    """Say what a board decided, and how much of it is done, in a sentence.

    >>> found = BoardStanding(state="open", outcome="approved", done=2, of=4)
    >>> told_of_board(found, date(2026, 11, 30))
    'The board approved this on 30 November 2026; 2 of 4 steps are done.'
    """
    if standing.outcome is None:
        return ""
    said = told_in_short(standing.outcome, on)
    if standing.state == "carried_out":
        return f"{said}, and all of it is done."
    if standing.is_open:
        steps = "step" if standing.of == 1 else "steps"
        verb = "is" if standing.done == 1 else "are"
        told = f"{said}; {standing.done} of {standing.of} {steps} {verb} done"
        return f"{late(told)}." if standing.state == "overdue" else f"{told}."
    if standing.state == "deferred" and standing.next_on:
        return f"{said} until {in_words(standing.next_on)}."
    return f"{said}."


def held_until(number: int, first: date | None, *, is_said: bool = False) -> str:
    """Say until when an approved amount is held; empty without an open condition.

    Args:
        number: How many conditions of the sign-off are not confirmed as met.
        first: The first day on which one of them is due; None if none is any more.
        is_said: Whether all of them are said to be met.

    >>> held_until(1, date(2026, 12, 12))
    'until 1 condition is met (by 12 December 2026)'
    >>> held_until(2, None, is_said=True)
    'until 2 conditions are confirmed as met'
    """
    if not number:
        return ""
    what = "condition is" if number == 1 else "conditions are"
    met = "confirmed as met" if is_said else "met"
    day = f" (by {in_words(first)})" if first else ""
    return f"until {number} {what} {met}{day}"


def due_before_condition(carry_out_by: date | None, condition: date | None) -> str:
    """Say that a decision has a day before a condition of it is due.

    Args:
        carry_out_by: By when it must be carried out; None if it is not.
        condition: The last day of an open condition of the sign-off; None without one.

    >>> due_before_condition(date(2027, 1, 31), date(2027, 1, 31))
    ''
    """
    if carry_out_by is None or condition is None or carry_out_by >= condition:
        return ""
    return (
        f"It must be carried out by {in_words(carry_out_by)}, but a condition of the "
        f"sign-off is due later, by {in_words(condition)}. An approved amount is "
        "held until then. If a later day is meant, record the decision again."
    )


def signed_and_left(signed: Decimal | None, left: Decimal | None) -> str:
    """Say what is left of a plan that other amounts have as it was signed.

    >>> signed_and_left(Decimal(45_780), Decimal(26_458))
    'As signed, 12 months of the current plan cost $45,780; $26,458 of that is left.'
    >>> signed_and_left(Decimal(45_780), Decimal(45_780))
    ''
    """
    if signed is None or left is None or left == signed:
        return ""
    rest = f"${written(left)} of that is left" if left else "nothing of that is left"
    return f"As signed, 12 months of the current plan cost ${written(signed)}; {rest}."


def amount_in(amount: Decimal, currency: str) -> str:
    """Write an amount in its currency.

    >>> amount_in(Decimal("1200.00"), "USD"), amount_in(Decimal("0.50"), "EUR")
    ('$1,200', 'EUR 0.50')
    """
    written = f"{amount:,.2f}".removesuffix(".00")
    return f"${written}" if currency == "USD" else f"{currency} {written}"
