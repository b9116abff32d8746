"""The states of money: what runs, is planned, is proposed, or has stopped.

Sums of several use cases keep the four apart, because adding what is paid to what may
be paid says neither.
"""

from collections.abc import Mapping
from typing import Literal

type PlanState = Literal["running", "planned", "stopped"]
type MoneyState = PlanState | Literal["proposed"]

PLAN_STATES: tuple[PlanState, ...] = ("running", "planned", "stopped")
MONEY_NAMES: Mapping[MoneyState, str] = {
    "running": "Running",
    "planned": "Planned",
    "proposed": "Proposed",
    "stopped": "Stopped",
}
MONEY_MEANINGS: Mapping[MoneyState, str] = {
    "running": "current plans of live use cases",
    "planned": "plans of use cases that are not live yet",
    "proposed": "what verdicts recommend instead, signed off or not",
    "stopped": "what stopped use cases would have cost",
}
# What a current plan does if nobody decides anything; one that stopped does nothing.
GOES_ON: Mapping[PlanState, str] = {"running": "goes on", "planned": "goes ahead"}
_OF_STAGE: Mapping[str, PlanState] = {"live": "running", "stopped": "stopped"}


def plan_state(stage: str) -> PlanState:
    """Return the state of the money of a use case's current plan.

    Args:
        stage: The stage of the use case, as it is stored.

    >>> plan_state("live"), plan_state("training"), plan_state("stopped")
    ('running', 'planned', 'stopped')
    """
    return _OF_STAGE.get(stage, "planned")
