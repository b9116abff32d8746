"""The states of money: what runs, is planned, is proposed, or has stopped.

Sums of several use cases keep the four apart, because adding what is paid to what may
be paid says neither.
"""

from collections.abc import Mapping
from typing import Literal

type PlanState = Literal["running", "planned", "stopped"]
type RiskState = Literal["running", "training"]
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


def is_against(verdict_is: bool, family: str | None) -> bool:
    """Return whether a verdict ends, moves or holds the current plan.

    One that moves off a tuned model replaces it, though a test must show by what.

    Args:
        verdict_is: Whether the verdict stops the plan, replaces it or holds it.
        family: The family of the verdict; None without one.

    >>> is_against(False, "move"), is_against(False, "keep")
    (True, False)
    """
    return verdict_is or family == "move"


def risk_state(stage: str, *, against: bool) -> RiskState | None:
    """Return what is at risk: a month of what runs, or what is paid for training.

    It is only the training until a plan is live, and nothing once it has stopped.

    Args:
        stage: The stage of the use case, as it is stored.
        against: Whether the verdict is against its current plan.

    >>> risk_state("live", against=True), risk_state("planned", against=True)
    ('running', 'training')
    """
    state = plan_state(stage)
    if not against or state == "stopped":
        return None
    return "running" if state == "running" else "training"


def plan_state(stage: str) -> PlanState:
    """Return the state of the money of a use case's current plan.

    Args:
        stage: The stage of the use case, as it is stored.

    >>> plan_state("live"), plan_state("training"), plan_state("stopped")
    ('running', 'planned', 'stopped')
    """
    return _OF_STAGE.get(stage, "planned")
