"""What is paid once for a technique within the 12 months, and on which days."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from audits.scoring.calendars.model_events import ends_of
from audits.scoring.calendars.moving_costs import lines_of_move
from audits.scoring.calendars.paid_training import paid_training
from audits.scoring.calendars.technique_costs import model_of
from audits.scoring.costs.building_costs import (
    BUILDS,
    FOLLOWS,
    MOVE_TO_PROMPT,
    MOVES,
    RETRAININGS,
    Line,
    to_build,
)
from audits.scoring.costs.cost_calendar import MonthCount
from audits.scoring.costs.cost_inputs import CostInputs, Moving, Scenario, part_of
from audits.scoring.costs.cost_numbers import TRAINED, InputId, PricedTechnique
from audits.scoring.costs.cost_ranges import Range

_DAY = timedelta(days=1)

type Work = Literal[
    "build",
    "meanwhile",
    "move",
    "moved",
    "moved_meanwhile",
    "move_to_prompt",
    "follow",
    "again",
    "closed",
]


def lines_of(
    technique: PricedTechnique, inputs: CostInputs, work: Work
) -> tuple[Line, ...]:
    """Return what is paid for a work on a technique.

    Source: docs/method.md, formulas 5, 8, 13 and 14.
    """
    if moving := inputs.moving:
        if work in ("build", "moved"):
            return lines_of_move(moving) if work == "build" else ()
        technique = moving.to
    if work == "build":
        return (*to_build(technique, inputs), *paid_training(technique, inputs))
    if work == "meanwhile":
        return _set_up_meanwhile(technique, inputs)
    if work == "move_to_prompt":
        return MOVE_TO_PROMPT
    if work == "follow":
        return _follow(technique, inputs)
    if work == "moved_meanwhile":
        return MOVES[inputs.meanwhile] if inputs.meanwhile else ()
    # What can no longer be trained where it is due is moved too.
    return (RETRAININGS if work == "again" else MOVES)[technique]


def _follow(technique: PricedTechnique, inputs: CostInputs) -> tuple[Line, ...]:
    """Return what is paid for what follows, and not what served meanwhile as well."""
    lines = FOLLOWS[inputs.after_tuned]
    is_awaited = inputs.waits(technique) and inputs.expected["ready_months"] > 0
    if inputs.meanwhile != inputs.after_tuned or not is_awaited:
        return lines
    there = BUILDS[inputs.after_tuned]
    return tuple(line for line in lines if line not in there)


def _set_up_meanwhile(
    technique: PricedTechnique, inputs: CostInputs
) -> tuple[Line, ...]:
    """Return what is paid for what serves meanwhile, and not for the model as well."""
    serves = inputs.meanwhile
    if serves is None:
        return ()
    own = BUILDS[technique]
    return tuple(line for line in to_build(serves, inputs) if line not in own)


def start_ends(
    technique: PricedTechnique,
    inputs: CostInputs,
    uncertain: Iterable[tuple[InputId, Range]],
) -> tuple[tuple[InputId, Decimal, Decimal], ...]:
    """Return what is paid on the first day with each uncertain number at its ends.

    Args:
        technique: The technique.
        inputs: The numbers and models.
        uncertain: The numbers behind its costs that are not one value, with the range.

    Returns:
        Each number that moves them, with the dollars at its low and at its high end.
    """
    lines = lines_of(technique, inputs, "build")
    if inputs.waits(technique):
        lines += lines_of(technique, inputs, "meanwhile")
    parts = [part_of(line.price, inputs, inputs.on) for line in lines]
    start = sum((part.expected for part in parts), Decimal(0))
    found: list[tuple[InputId, Decimal, Decimal]] = []
    for each, values in uncertain:
        moved = [part for part in parts if each in part.read]
        lows, highs = (
            sum((part.ends(each, values)[end] - part.expected for part in moved), start)
            for end in (0, 1)
        )
        if moved:
            found.append((each, lows, highs))
    return tuple(found)


def works_of(
    technique: PricedTechnique,
    scenario: Scenario,
    end: date,
    ready: MonthCount | None,
) -> Iterator[tuple[date, Work]]:
    """Yield the days of building, of moves and of training again, in order.

    Args:
        technique: The technique.
        scenario: The numbers, and the first of the 12 months.
        end: The day after the last.
        ready: The day from which a new model serves; None if that is the first.

    Raises:
        ValueError: The lifetime of a model is not above 0.
    """
    inputs, on = scenario.inputs, scenario.day
    model = model_of(technique, inputs)
    ends = [each.ends for each in ends_of(model, end) if each.ends]
    yield on, "build"
    if ready:
        yield on, "meanwhile"
        yield from _meanwhile_works(inputs, ready.day)
    if technique not in TRAINED:
        yield from ((day, "move_to_prompt") for day in ends)
        return
    life = _life(scenario)
    if inputs.moving and ends:
        yield from _works_from_a_move(inputs.moving, ends, end, life)
        return
    closes = model.tuning_ends if model else None
    first = made = ready or MonthCount(on)
    is_tuned = True
    for stop in (*ends, end):
        for day in _ages(made, life, stop) if is_tuned else ():
            yield day, "closed" if closes and closes <= day else "again"
        if stop < end:
            was_tuned, is_tuned = is_tuned, model is None or model.is_trained_on(stop)
            work = _moved_by(inputs, was_tuned=was_tuned, is_tuned=is_tuned)
            # What serves until a model that is never ready goes on as it is.
            is_there = stop <= first.day and inputs.meanwhile == inputs.after_tuned
            if work != "follow" or not is_there:
                yield stop, work
            made = first if stop <= first.day else MonthCount(stop)


def _ages(made: MonthCount, life: Decimal, stop: date) -> Iterator[date]:
    """Yield the days before a stop on which a model has reached the end of its life."""
    day = made.day
    while (day := max((made := made.after(life)).day, day + _DAY)) < stop:
        yield day


def _meanwhile_works(inputs: CostInputs, ready: date) -> Iterator[tuple[date, Work]]:
    """Yield the days on which a model ends that serves until a new one does.

    What follows is priced from then on, so the move to it is paid, as a plan pays it.
    """
    serves = inputs.meanwhile
    model = model_of(serves, inputs) if serves else None
    was_tuned = serves in TRAINED
    for each in ends_of(model, ready):
        if each.ends and model:
            is_tuned = was_tuned and model.is_trained_on(each.ends)
            work = _moved_by(inputs, was_tuned=was_tuned, is_tuned=is_tuned)
            yield each.ends, "moved_meanwhile" if work == "move" else work
            was_tuned = is_tuned


def _works_from_a_move(
    moving: Moving, ends: Sequence[date], end: date, life: Decimal
) -> Iterator[tuple[date, Work]]:
    """Yield the same where a model is moved in time: it is not trained before."""
    moved, *stops = ends
    yield moved, "moved"
    if moving.to not in TRAINED:
        yield from ((stop, "move_to_prompt") for stop in stops)
        return
    for stop in (*stops, end):
        yield from ((day, "again") for day in _ages(MonthCount(moved), life, stop))
        if stop < end:
            yield stop, "move"
            moved = stop


def _moved_by(inputs: CostInputs, *, was_tuned: bool, is_tuned: bool) -> Work:
    if is_tuned:
        return "move"
    is_prompt = inputs.after_tuned == "prompt" or not was_tuned
    return "move_to_prompt" if is_prompt else "follow"


def _life(scenario: Scenario) -> Decimal:
    """Return the months until a model is trained again.

    Raises:
        ValueError: It is not above 0.
    """
    life = scenario.number("model_life")
    if life <= 0:
        message = f"a lifetime must be longer than 0 months, not {life}"
        raise ValueError(message)
    return life
