"""What became of the board's decision of an audit: the one function that reads it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone

from audits.models import (
    Audit,
    BoardDecision,
    Cover,
    DecisionStep,
    SignOffCondition,
)
from audits.models.queries.written_once import written_once
from audits.scoring.board.paper_words import BoardSaid
from audits.scoring.board.standing import (
    UNDECIDED,
    BoardStanding,
    Decided,
    Part,
    counted,
    parts_of,
    standing_of,
)
from audits.scoring.board.words import (
    CONDITION_PART,
    held_until,
    not_asked_in_words,
    state_in_words,
    told_of_board,
)
from audits.scoring.days import in_words
from audits.services.due.board_words import recorder_said, steps_reported
from audits.services.due.plan_left import plan_left


@dataclass(frozen=True, slots=True, kw_only=True)
class OfBoard:
    """The decision that counts, what became of it, and all that was done about it.

    `steps` count; `all_steps` are those and the others, the first one first.
    """

    decision: BoardDecision | None
    standing: BoardStanding
    steps: tuple[DecisionStep, ...] = ()
    all_steps: tuple[DecisionStep, ...] = ()
    conditions: tuple[SignOffCondition, ...] = ()

    def released(self, basis: str) -> Decimal | None:
        """Return what is freed a month, or once; None without any."""
        found = [
            step.amount
            for step in self.steps
            if step.kind == DecisionStep.Kind.MONEY
            and step.basis == basis
            and step.amount is not None
        ]
        return sum(found, Decimal(0)) if found else None

    @property
    def told(self) -> str:
        """What the board decided, in a sentence; empty before that."""
        on = self.decision.decided_on if self.decision else None
        return told_of_board(self.standing, on) if on else ""

    @property
    def reported(self) -> str:
        """What was reported as done about it, in a sentence; empty before that."""
        return steps_reported(self.steps)

    @property
    def held(self) -> str:
        """Until when the approved amount is held; empty if there is none, or it is not.

        It is held while a condition that holds money is not confirmed as met.
        """
        decision = self.decision
        if decision is None or not (decision.is_carried_out_later and decision.amount):
            return ""
        return held_by(self.conditions)


def held_by(conditions: Iterable[SignOffCondition]) -> str:
    """Return until when conditions of a sign-off hold an amount; empty if none does."""
    waits = [each for each in conditions if each.is_holding]
    days = [each.due_on for each in waits if not each.is_said]
    is_said = bool(waits) and not days
    return held_until(len(waits), min(days, default=None), is_said=is_said)


# The steps that change the current plan, or its money.
_CHANGE_THE_PLAN = (
    DecisionStep.Kind.STAGE,
    DecisionStep.Kind.TRAINING,
    DecisionStep.Kind.MONEY,
)
_NOTHING = OfBoard(decision=None, standing=UNDECIDED)


def of_board(audit: Audit, today: date | None = None) -> OfBoard | None:
    """Return what became of an audit's decision; None without a verdict in force.

    Args:
        audit: The audit, whose use case has the stage of now.
        today: The day; None for this one.
    """
    return of_boards([audit], today).get(audit.pk)


@dataclass(frozen=True, slots=True)
class BoardAsk:
    """That the board has yet to decide, and by when; None without a day to come."""

    by: date | None


def asked_of_board(audit: Audit, found: OfBoard | None, today: date) -> BoardAsk | None:
    """Return that the board has yet to decide a signed verdict; None if it has not.

    As `signed_waiting` says: not what is for information, or has stopped.

    Args:
        audit: The audit with its use case.
        found: What `of_board` found of it.
        today: The day on which a day to decide by may have passed.

    Note: one query, only while the board has decided nothing.
    """
    undecided = found is not None and found.standing.outcome is None
    if not undecided or audit.use_case.has_stopped:
        return None
    cover = Cover.objects.filter(audit=audit).first() or Cover()
    if cover.purpose == Cover.Purpose.INFORMATION:
        return None
    return BoardAsk(None if cover.is_late(today) else cover.decide_by)


def state_of_board(audit: Audit, found: OfBoard | None, asked: BoardAsk | None) -> str:
    """Return what became of an audit's decision, in words; empty if none is in force.

    Args:
        audit: The audit with its use case.
        found: What `of_board` found of it.
        asked: What `asked_of_board` found of it.
    """
    if found is None:
        return ""
    if found.standing.outcome is None and asked is None:
        return not_asked_in_words(has_stopped=audit.use_case.has_stopped)
    return state_in_words(found.standing)


def decision_of(audit: Audit) -> BoardDecision | None:
    """Return the decision of an audit that counts, in force or not; None without.

    Note: one query, only for an audit that was signed off.
    """
    if audit.signed_off_at is None:
        return None
    return next(iter(_latest(of=audit)), None)


def became_of(audit: Audit, found: OfBoard | None) -> Literal["", "decided", "done"]:
    """Return whether a board has decided an audit, and if all that follows is done.

    Args:
        audit: The audit.
        found: What became of it; None where none is known.

    Note: one query where none is known, only for an audit that was signed off.
    """
    if (found.decision if found else decision_of(audit)) is None:
        return ""
    is_done = found is not None and found.standing.stored_state == "carried_out"
    return "done" if is_done else "decided"


@written_once
def _latest(*, of: Audit) -> Any:
    return BoardDecision.objects.filter(audit=of).order_by("-number")[:1]


def said_by_board(audit: Audit) -> BoardSaid | None:
    """Return what the board decided, for a paper; None before that.

    Note: one query, and four more once it has decided.
    """
    found = decision_of(audit)
    if found is None:
        return None
    of_audit = of_boards([audit], in_force=False)[audit.pk]
    became = of_audit.standing
    return BoardSaid(
        outcome=found.outcome,  # type: ignore[arg-type]
        on=found.decided_on,
        meeting=found.meeting,
        words=found.words,
        amount=found.amount,
        currency=found.currency,
        asked=found.asked,
        carry_out_by=found.carry_out_by,
        look_on=found.look_on,
        is_carried_out=became.state == "carried_out",
        by=recorder_said(of_audit.decision or found),
        steps=(became.done, became.of),
        reported=of_audit.reported,
        left=plan_left(audit) if of_audit.steps else "",
        missing=tuple(_missing(of_audit)),
        runs_on=not any(step.kind in _CHANGE_THE_PLAN for step in of_audit.steps),
    )


def _missing(found: OfBoard) -> Iterator[str]:
    """Yield the names of the steps that are not done, and how many conditions are open.

    The conditions are last, and page 1 has their words in the row of the sign-off.
    """
    conditions = sum(not each.is_met for each in found.conditions)
    named = found.standing.missing
    for name in named[: len(named) - conditions]:
        yield f"{name[:1].lower()}{name[1:]}"
    if conditions:
        yield f"meet {conditions} condition{'' if conditions == 1 else 's'}"


def of_boards(
    audits: Iterable[Audit], today: date | None = None, *, in_force: bool = True
) -> Mapping[UUID, OfBoard]:
    """Return the same of several audits with their use cases, by their ids.

    Args:
        audits: The audits.
        today: The day; None for this one.
        in_force: Whether audits that are not in force are left out.

    Note: three queries.
    """
    signed = Audit.State.SIGNED_OFF
    own = {x.pk: x for x in audits if x.state == signed or not in_force}
    if not own:
        return {}
    decisions = {
        found.audit_id: found
        for found in BoardDecision.objects.filter(audit__in=own)
        .select_related("by")
        .order_by("number")
    }
    for pk, found in decisions.items():
        found.audit = own[pk]
    steps = _by_audit(
        DecisionStep.objects.filter(audit__in=decisions).select_related(
            "by", "decision"
        )
    )
    asked = SignOffCondition.objects.filter(audit__in=decisions)
    conditions = _by_audit(asked.select_related("owner").order_by("number"))
    on = today or timezone.localdate()
    return {
        pk: _found(audit, decisions[pk], steps.get(pk, ()), conditions.get(pk, ()), on)
        if pk in decisions
        else _NOTHING
        for pk, audit in own.items()
    }


def _by_audit[T: (DecisionStep, SignOffCondition)](
    found: Iterable[T],
) -> dict[UUID, list[T]]:
    by_audit: dict[UUID, list[T]] = {}
    for each in found:
        by_audit.setdefault(each.audit_id, []).append(each)
    return by_audit


def _found(
    audit: Audit,
    decision: BoardDecision,
    steps: Sequence[DecisionStep],
    conditions: Sequence[SignOffCondition],
    today: date,
) -> OfBoard:
    asks = decision.asks
    those = counted(steps)
    parts = [
        *parts_of(
            asks,
            stage=audit.use_case.stage,
            kinds=(x.kind for x in asks if any(step.is_of(x) for step in those)),
        ),
        *_conditions(conditions),
    ]
    decided = Decided(
        outcome=decision.outcome,  # type: ignore[arg-type]
        carry_out_by=decision.carry_out_by,
        look_on=decision.look_on,
        parts=tuple(parts),
    )
    return OfBoard(
        decision=decision,
        standing=standing_of(decided, today),
        steps=tuple(those),
        all_steps=tuple(steps),
        conditions=tuple(conditions),
    )


def _conditions(asked: Iterable[SignOffCondition]) -> Iterator[Part]:
    for each in asked:
        words = f"{CONDITION_PART} “{each.words}” by {in_words(each.due_on)}"
        yield Part(name=words, is_done=each.is_met)
