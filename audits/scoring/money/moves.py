"""The money of a tuned model that is moved before its base ends, in rows and words."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from audits.scoring.calendars.moving_costs import made_to_test
from audits.scoring.costs.cost_calendar import changes_in
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.rows import MoneyRow, Role
from audits.scoring.money.states import PlanState
from audits.scoring.pricing.moves import Candidate, Move


def move_of(assessment: Assessment) -> Move | None:
    """Return the move that is proposed; None if none is, or it has no price."""
    advice, costs = assessment.advice, assessment.costs
    if advice is None or costs is None or not advice.is_compared:
        return None
    return None if assessment.prerequisite else costs.move


def rows_of(move: Move, state: PlanState) -> tuple[MoneyRow, ...]:
    """Return the rows of the proposed candidate, and of the one that follows it."""
    roles: tuple[Role, ...] = ("proposed", "otherwise")
    return tuple(
        MoneyRow(
            roles=(role,),
            technique=candidate.technique,
            month=candidate.price.month.as_printed,
            year=candidate.price.year_as_printed,
            calendar=candidate.price.calendar.as_printed,
            state=state,
        )
        for role, candidate in zip(roles, move.candidates, strict=False)
    )


def amounts_of(move: Move, today: MoneyRow | None) -> Iterator[tuple[str, str | None]]:
    """Yield each amount that a sentence about a move may name."""
    first, *others = move.candidates
    yield "moves_on", in_words(move.ends)
    yield "one", named(first)
    if today:
        yield "until_then", f"${written(today.month.expected)}"
        yield ("both_tested" if others else "one_tested"), ""
        yield "old_model", _more_until(first)
    for other in others:
        yield "both", f"{named(first)} and {named(other)}"
        yield "other", named(other)
        year = other.price.year_as_printed.expected
        yield "otherwise", f"${written(year)}"
        yield "second_made", _made(first, other)
        second = year - first.price.year_as_printed.expected
        yield "second_sum", f"${written(second)}" if second > 0 else None
    if move.successor is None:
        yield "no_successor", ""
    elif not move.is_named:
        yield "base", move.successor.model


def _made(first: Candidate, other: Candidate) -> str | None:
    """Return what of the first amount trains and tests the other; None if nothing."""
    if not other.is_trained:
        return None
    parts = made_to_test(other.technique)
    once = first.price.calendar.as_printed.one_offs
    made = sum((x.amount for x in once if x.what in parts), Decimal(0))
    return f"${written(made)}" if made else None


def _more_until(candidate: Candidate) -> str | None:
    """Return what the old model costs more until it ends; None if it costs less."""
    calendar = candidate.price.calendar.as_printed
    month, year = candidate.price.month.as_printed, calendar.total
    more = changes_in(month.expected, calendar.once, year) or Decimal(0)
    return f"${written(more)}" if more > 0 else None


def by_when(move: Move, on: date | None = None) -> str:
    """Say by when a move has to be decided, so that it is done in time.

    Args:
        move: The move.
        on: The day on which that is told, which may be too late; None if it is not.
    """
    takes, latest = f"The move takes about {move.days} days", last_start(move)
    if on and latest < on:
        return f"{takes}, too long from now: decide at once"
    return f"{takes}, so decide by {in_words(latest)}"


def last_start(move: Move) -> date:
    """Return the last day on which a move can begin and be done in time."""
    return move.ends - timedelta(days=move.days)


def named(candidate: Candidate) -> str:
    """Return what a tuned model may be moved to, in words."""
    if candidate.is_trained:
        return f"a tuned {candidate.model}"
    return f"“{SHORT_NAMES[candidate.technique]}”"
