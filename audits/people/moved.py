"""How far the market moved, for the page before the sign-in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from audits.frameworks.loading import loader
from audits.frameworks.loading.cases import levels_of, published_cases
from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.landscape.facts import FIRST_DAY
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How many verdicts changed since the first day.

    `changed` of `cases` published cases got another verdict from the same answers.
    """

    since: date
    cases: int
    changed: int

    @classmethod
    def until(cls, day: date) -> Self:
        """Return how far the market moved by a day."""
        cases, changed = _verdicts_changed(day)
        return cls(since=FIRST_DAY, cases=cases, changed=changed)


@in_force.remembered(maxsize=2, in_turn=True)
def _verdicts_changed(day: date) -> tuple[int, int]:
    """Return how many published cases there are, and how many changed."""
    framework = loader.current()
    machine = TimeMachine(framework, FIRST_DAY, day)
    histories = [
        machine.history(_inputs(framework, case)) for case in published_cases()
    ]
    return len(histories), sum(bool(history.flips) for history in histories)


def _inputs(framework: Framework, case: Mapping[str, Any]) -> Inputs:
    facts = {q: code for q, code in case["facts"].items() if q in framework.answerable}
    levels: dict[str, Any] = {**levels_of(framework, case)}
    return Inputs(
        codes={q: tuple(x) if isinstance(x, list) else x for q, x in facts.items()},
        levels=levels,
    )
