"""Decisions of a board and their steps in words."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import date_format

from audits.models import BoardDecision, DecisionStep
from audits.scoring.board.words import amount_in

Kind = DecisionStep.Kind
_NAMED = (Kind.TRAINING, Kind.SETUP, Kind.OFFER, Kind.CONDITION)


def said_of_decision(decision: BoardDecision) -> str:
    """Return what a board decided, on which day and in which meeting."""
    day = date_format(decision.decided_on, "j F Y")
    said = f"{decision.get_outcome_display()} on {day}, {decision.meeting}"
    return f"{said}: {decision.granted}" if decision.granted else said


def recorder_said(decision: BoardDecision) -> str:
    """Return who recorded a decision, and whether they own what it is about."""
    owns = decision.audit.use_case.owner_id == decision.by_id
    return f"{decision.by}, who owns it" if owns else str(decision.by)


def step_said(step: DecisionStep) -> str:
    """Return what was done, with its day and amount."""
    day = date_format(step.day, "j F Y")
    if step.kind == Kind.STAGE:
        before, after = step.get_stage_before_display(), step.get_stage_after_display()
        return f"The stage was changed from {before} to {after} on {day}"
    if step.kind == Kind.MONEY and step.amount is not None:
        often = " a month since" if step.basis == "month" else ", once, on"
        source = source_said(is_stated=step.is_stated)
        amount = amount_in(step.amount, step.currency)
        return f"{amount}{often} {day} ({source})"
    if step.kind in _NAMED:
        # What is stopped, set up, answered or met.
        asked = (x.done for x in step.decision.asks if x.kind == step.kind)
        return f"{next(asked, step.get_kind_display())} on {day}"
    return f"{step.get_kind_display()} on {day}"


def steps_reported(steps: Iterable[DecisionStep]) -> str:
    """Return what was reported as done, in a sentence; empty without any step."""
    said = "; ".join(map(_reported, steps))
    return f"Reported as done: {said}." if said else ""


def _reported(step: DecisionStep) -> str:
    said = step_said(step)
    if step.kind == Kind.MONEY:
        return f"freed {said}"
    return f"{said[:1].lower()}{said[1:]}"


def source_said(*, is_stated: bool) -> str:
    """Return whether somebody states that money is freed, or usage shows it."""
    return "stated" if is_stated else "from usage"


def released_said(month: Decimal | None, once: Decimal | None, currency: str) -> str:
    """Return what is freed so far; empty without any."""
    parts = []
    if month is not None:
        parts.append(f"{amount_in(month, currency)} a month")
    if once is not None:
        parts.append(f"{amount_in(once, currency)} once")
    return " and ".join(parts)
