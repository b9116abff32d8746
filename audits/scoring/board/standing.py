"""What became of a decision of a board: one function says it, for every reader."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from audits.scoring.board.follow_ups import FollowUp, FollowUpKind

type BoardOutcome = Literal["approved", "amended", "refused", "deferred"]
# What is stored of it: “overdue” follows from the day.
type StoredState = Literal["undecided", "refused", "deferred", "open", "carried_out"]
type BoardState = StoredState | Literal["overdue"]

CARRIED_OUT_LATER: frozenset[BoardOutcome] = frozenset(("approved", "amended"))


class _Step(Protocol):
    """A step as it is stored: what somebody said, or took back."""

    @property
    def pk(self) -> Hashable: ...

    @property
    def undoes_id(self) -> Hashable | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that has to be done."""

    name: str
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision of a board, and all that it asks for.

    `carry_out_by` is until when it must be carried out, and `look_on` when the board
    looks at it next; None if nobody said.
    """

    outcome: BoardOutcome
    carry_out_by: date | None
    look_on: date | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardStanding:
    """What became of a decision: its state on a day, and how much is done.

    `next_on` is the day that counts next, None without one, and `missing` names what is
    not done.
    """

    state: BoardState
    outcome: BoardOutcome | None = None
    done: int = 0
    of: int = 0
    next_on: date | None = None
    missing: tuple[str, ...] = ()

    @property
    def stored_state(self) -> StoredState:
        """The state without the day."""
        return "open" if self.state == "overdue" else self.state

    @property
    def is_open(self) -> bool:
        """Whether it was approved, and something is not done."""
        return self.stored_state == "open"

    def without_day(self) -> "BoardStanding":
        """Return the same as it is stored: whether it is late depends on the day."""
        return replace(self, state=self.stored_state)


UNDECIDED = BoardStanding(state="undecided")


def counted[S: _Step](steps: Iterable[S]) -> list[S]:
    """Return the steps that count: neither taken back, nor a taking back."""
    found = list(steps)
    undone = {each.undoes_id for each in found}
    return [each for each in found if each.undoes_id is None and each.pk not in undone]


def is_done(asked: FollowUp, *, stage: str, kinds: Iterable[FollowUpKind]) -> bool:
    """Return whether a step is done.

    Args:
        asked: The step.
        stage: The stage of the use case now: it alone says whether that was changed.
        kinds: The kinds of the steps that count.
    """
    if asked.kind == "stage":
        return stage not in asked.stages
    return asked.kind in kinds


def parts_of(
    asked: Sequence[FollowUp], *, stage: str, kinds: Iterable[FollowUpKind]
) -> tuple[Part, ...]:
    """Return the steps of a decision, each with whether it is done."""
    known = frozenset(kinds)
    return tuple(
        Part(name=each.name, is_done=is_done(each, stage=stage, kinds=known))
        for each in asked
    )


def standing_of(decided: Decided | None, today: date) -> BoardStanding:
    """Return what became of a decision on a day.

    Args:
        decided: The decision that counts; None if there is none yet.
        today: The day: a decision is late once its day is over.
    """
    if decided is None:
        return UNDECIDED
    if decided.outcome not in CARRIED_OUT_LATER:
        state: BoardState = "refused" if decided.outcome == "refused" else "deferred"
        return BoardStanding(
            state=state, outcome=decided.outcome, next_on=decided.look_on
        )
    missing = tuple(part.name for part in decided.parts if not part.is_done)
    by = decided.carry_out_by
    if not missing:
        state = "carried_out"
    elif by is not None and by < today:
        state = "overdue"
    else:
        state = "open"
    return BoardStanding(
        state=state,
        outcome=decided.outcome,
        done=len(decided.parts) - len(missing),
        of=len(decided.parts),
        next_on=(by if missing else None) or decided.look_on,
        missing=missing,
    )
