"""How far the market moved, for the page before the sign-in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from audits.frameworks.loading import loader
from audits.frameworks.loading.cases import levels_of, published_cases
from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.landscape.facts import FIRST_DAY
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs

# A price is compared with the earliest, so it needs a model that was measured.
_AS_GOOD = ("reference", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What changed since the first day: verdicts, context windows and prices.

    `changed` of `cases` published cases got another verdict from the same answers. The
    first price is younger than `since`: it is from `priced_since`.
    """

    since: date
    cases: int
    changed: int
    first_window: int
    largest_window: int
    priced_since: date
    first_price: Decimal
    lowest_price: Decimal

    @property
    def largest_in_short(self) -> str:
        """The largest window in millions of tokens."""
        return f"{self.largest_window / 1_000_000:g} million"

    @classmethod
    def until(cls, day: date) -> Self:
        """Return how far the market moved by a day."""
        cases, changed = _verdicts_changed(day)
        lines = in_force.current().timelines
        windows = [int(each.value) for each in lines.windows if each.day <= day]
        prices = [each for each in lines.gpt4_prices if each.day <= day]
        as_good = [each for each in prices if each.level in _AS_GOOD]
        return cls(
            since=FIRST_DAY,
            cases=cases,
            changed=changed,
            first_window=min(windows),
            largest_window=max(windows),
            priced_since=as_good[0].day,
            first_price=as_good[0].blended,
            lowest_price=min(each.blended for each in as_good),
        )


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
