"""Puts the steps of a trace in the order of a page: one by one, or many in a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from audits.scoring.explaining.trace_shapes import Outcome, ReasonStep, Step

type Kind = Literal["reason", "blocker", "rule"]

# From how many steps in a row that say nothing of the verdict they share a fold.
_MANY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Steps in a row with the same outcome.

    Attributes:
        steps: Each with what is before its name, which may be empty.
        outcome: What became of each.
        is_bundled: Whether they share a fold.
    """

    steps: tuple[tuple[str, ReasonStep | Step], ...]
    outcome: Outcome
    is_bundled: bool


def runs_of(steps: Sequence[ReasonStep | Step], kind: Kind) -> Iterator[Run]:
    """Yield the steps in their order; reasons are few, so each has its own line.

    Args:
        steps: What a trace says of one kind.
        kind: What they are.
    """
    labelled = [(_label(kind, n, x), x) for n, x in enumerate(steps, 1)]
    for outcome, found in groupby(labelled, lambda each: each[1].outcome):
        run = tuple(found)
        is_quiet = outcome != "fired" and kind != "reason"
        is_bundled = is_quiet and len(run) >= _MANY
        yield Run(steps=run, outcome=outcome, is_bundled=is_bundled)


def _label(kind: Kind, number: int, step: ReasonStep | Step) -> str:
    match kind:
        case "reason":
            return step.id
        case "blocker":
            return ""
        case "rule":
            return f"{number}"
