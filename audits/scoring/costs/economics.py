"""What the techniques cost a use case, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from audits.scoring.costs.cost_plan import CostPlan
from audits.scoring.costs.sensitivity import Swing


@dataclass(frozen=True, slots=True)
class ComputedAnswers:
    """Answers that numbers give, and what each rests on, by question."""

    computed: Mapping[str, str]
    basis: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Economics:
    """The plan, what moves it, where it turns, and the answers computed from it.

    The swings are about what is recommended, or about the cheapest technique where
    no verdict says what that is. `basis` says what each of those answers rests on, with
    its day and its source.
    """

    plan: CostPlan
    swings: tuple[Swing, ...]
    thresholds: tuple[str, ...]
    computed: Mapping[str, str]
    basis: Mapping[str, str]
