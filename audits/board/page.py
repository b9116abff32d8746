"""The page of what a board decided: its words, with what is done and what is not."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from audits.models import Audit, BoardDecision, DecisionStep, SignOffCondition
from audits.scoring.board.approved_part import beside_asked
from audits.scoring.board.follow_ups import FollowUp
from audits.scoring.board.standing import is_done
from audits.services.due.board_decisions import (
    OfBoard,
    asked_of_board,
    of_boards,
    state_of_board,
)
from audits.services.people.times_of_day import today_shown

_WITH = ("by", "file", "audit__use_case")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing that a decision asks for, with what people said about it.

    A condition of the sign-off is one, too: it has a page of its own.
    """

    asked: FollowUp | None = None
    condition: SignOffCondition | None = None
    is_done: bool
    steps: tuple["Said", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A step, and that it was taken back, if it was."""

    step: DecisionStep
    back: DecisionStep | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """What the page shows of an audit.

    `tasks` are what a decision in force asks for, and of another one what was done.
    """

    audit: Audit
    found: OfBoard | None
    records: tuple[BoardDecision, ...]
    tasks: tuple[Task, ...] = field(default=())

    @property
    def is_in_force(self) -> bool:
        """Whether something can be recorded."""
        return self.found is not None

    @property
    def tasks_head(self) -> str:
        """The heading of the tasks, by whether any of them is left."""
        is_left = self.is_in_force and not all(task.is_done for task in self.tasks)
        return "What has to be done" if is_left else "What was done"

    @property
    def beside_asked(self) -> tuple[str, str]:
        """What the approved amount is of, and what became of the rest; may be empty."""
        decision = self.found.decision if self.found else None
        if decision is None or not decision.is_carried_out_later or not decision.amount:
            return "", ""
        return beside_asked(decision.amount, decision.currency, decision.asked)

    @property
    def state(self) -> str:
        """What became of the decision, in words; empty if it is not in force."""
        asked = asked_of_board(self.audit, self.found, today_shown())
        return state_of_board(self.audit, self.found, asked)


def board_page(audit: Audit, found: OfBoard | None) -> BoardPage:
    """Return what the page of an audit shows.

    Args:
        audit: The audit.
        found: What became of its decision; None if its verdict is not in force.
    """
    own = BoardDecision.objects.filter(audit=audit)
    boards = of_boards([audit], today_shown(), in_force=False)
    known = found or boards.get(audit.pk)
    tasks = tuple(_tasks(audit, known)) if known else ()
    if found is None:
        tasks = tuple(x for x in tasks if x.is_done and (x.steps or x.condition))
    return BoardPage(
        audit=audit,
        found=found,
        records=tuple(own.select_related(*_WITH).order_by("-number")),
        tasks=tasks,
    )


def _tasks(audit: Audit, found: OfBoard) -> Iterator[Task]:
    if found.decision is None or not found.decision.is_carried_out_later:
        return
    backs = {step.undoes_id: step for step in found.all_steps if step.undoes_id}
    asks = found.decision.asks
    kinds = [x.kind for x in asks if any(step.is_of(x) for step in found.steps)]
    for asked in asks:
        yield Task(
            asked=asked,
            is_done=is_done(asked, stage=audit.use_case.stage, kinds=kinds),
            steps=tuple(
                Said(step=step, back=backs.get(step.pk))
                for step in found.all_steps
                if step.is_of(asked)
            ),
        )
    terms = SignOffCondition.objects.filter(pk__in=[x.pk for x in found.conditions])
    for condition in terms.with_steps().select_related("owner").order_by("number"):
        yield Task(condition=condition, is_done=condition.is_met)
