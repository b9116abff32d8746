"""What to do once what was tested meets the target: roll out, check, look again."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from audits.scoring.board.advised_name import advised_name
from audits.scoring.chances.pass_marks import of_target
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money
from audits.strict_yaml.shipped import read_file

_FILE = Path(__file__).with_name("rollout.yaml")

# Whether nothing runs yet, something else does, or the very thing, which has no step.
type Running = Literal["planned", "running", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """The answers to a question that say that the target is met."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolloutStep:
    """A step as people read it; `pass_mark` is empty where nothing is tested."""

    name: str
    who: str
    do: str
    then: str
    pass_mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A step of the file, and where it is one: by what `runs`."""

    runs: tuple[Running, ...]
    name: str
    who: str
    do: str
    then: str
    is_test: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout:
    """The steps, and what has to be so."""

    families: tuple[str, ...]
    met: Met
    steps: tuple[Row, ...]


@cache
def rollout() -> Rollout:
    """Return what ships with this release.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    return read_file(_FILE, Rollout)


def rollout_steps(
    assessment: Assessment,
    *,
    state: PlanState,
    owner: str,
    money: Money | None = None,
    target: Decimal | None = None,
) -> tuple[RolloutStep, ...]:
    """Return the steps after a test that was passed; none where nothing was.

    Args:
        assessment: What was decided.
        state: What the current plan does: it runs, is planned or has stopped.
        owner: Who owns the use case.
        money: The money behind the verdict, if it is known; it tells what runs.
        target: The share of cases that must pass; None if nobody entered one.
    """
    data = rollout()
    has_met = assessment.codes.get(data.met.question) in data.met.answers
    is_own = assessment.family in data.families
    if state == "stopped" or assessment.provisional or not has_met or not is_own:
        return ()
    names = {"what": advised_name(assessment), "owner": owner}
    runs = _running(state, money)
    return tuple(_told(row, names, target) for row in data.steps if runs in row.runs)


def _running(state: PlanState, money: Money | None) -> Running:
    if state != "running":
        return "planned"
    if money and money.picked and money.today:
        is_same = money.picked.technique == money.today.technique
        return "same" if is_same else "running"
    return "running"


def _told(row: Row, names: Mapping[str, str], target: Decimal | None) -> RolloutStep:
    mark = of_target(target)
    return RolloutStep(
        name=row.name.format(**names),
        who=row.who.format(**names),
        do=row.do,
        then=row.then,
        pass_mark=mark.says if row.is_test and not mark.lacks_target else "",
    )
