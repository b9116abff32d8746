"""The decision itself: answers to a verdict, and nothing else.

Total (every set of answers has exactly one verdict) and pure (no clock, no I/O).
Source: docs/method.md, in the framework's tables.
"""

from dataclasses import dataclass

from audits.frameworks import evaluation
from audits.frameworks.conditions import ReasonStatus
from audits.frameworks.evaluation import Codes, EvaluationContext, holds
from audits.frameworks.rules import (
    ContextLayer,
    ContextRule,
    TrainedLayer,
    Verdict,
    VerdictRule,
)
from audits.frameworks.schema import Framework
from audits.scoring.circumstances import AS_GIVEN, Circumstances

TRAINED: dict[Verdict, TrainedLayer] = {
    "distil": "distil",
    "fine_tune": "fine_tune",
    "fine_tune_after_mlops": "fine_tune_after_mlops",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision, with the evaluation context of its conditions.

    `undecided` are the absent reasons that a missing answer could still make hold.
    """

    verdict: Verdict
    context_layer: ContextLayer
    trained_layer: TrainedLayer | None
    context_rule: ContextRule
    verdict_rule: VerdictRule
    blockers: tuple[str, ...]
    undecided: frozenset[str]
    at: EvaluationContext
    under: Circumstances


def decide(
    framework: Framework, codes: Codes, under: Circumstances = AS_GIVEN
) -> Decision:
    """Decide one use case.

    Args:
        framework: The framework whose tables decide.
        codes: The answers that count, from `flow.relevant`.
        under: The market of the day, and how the answers are proved. A reason that
            rests on a measurement that is only asserted is claimed, not measured.

    Returns:
        The decision; two calls with equal arguments give equal verdicts.
    """
    at = EvaluationContext(framework, codes, market=under.market_values(framework))
    undecided = _weigh_reasons(framework, at, under.asserted(codes))
    blockers = tuple(
        blocker.id
        for blocker in framework.blockers
        if holds(blocker.when, blocker.unless, at)
    )
    context_rule = _first_match(framework.context_rules, at)
    at.blocked = bool(blockers)
    verdict_rule = _first_match(framework.verdict_rules, at)
    verdict = (
        context_rule.layer
        if verdict_rule.verdict == "context_layer"
        else verdict_rule.verdict
    )
    return Decision(
        verdict=verdict,
        context_layer=context_rule.layer,
        trained_layer=TRAINED.get(verdict),
        context_rule=context_rule,
        verdict_rule=verdict_rule,
        blockers=blockers,
        undecided=undecided,
        at=at,
        under=under,
    )


def _weigh_reasons(
    framework: Framework, at: EvaluationContext, asserted: frozenset[str]
) -> frozenset[str]:
    """Set each reason's status and the unproven ones; return the undecided."""
    weak = evaluation.evaluate(framework.unproven_when, at) is True
    undecided, unproven = set(), set()
    statuses: dict[str, ReasonStatus] = {}
    for reason in framework.reasons:
        measured = holds(reason.when, reason.unless, at)
        claimed = holds(reason.claimed_when, reason.unless, at)
        statuses[reason.id] = "absent"
        if measured:
            proved = not weak and asserted.isdisjoint(framework.measured_by[reason.id])
            statuses[reason.id] = "measured" if proved else "claimed"
            if not proved:
                unproven.add(reason.id)
        elif claimed:
            statuses[reason.id] = "claimed"
        elif measured is None or claimed is None:
            undecided.add(reason.id)
    at.reasons.update(statuses)
    at.unproven = frozenset(unproven)
    return frozenset(undecided)


def _first_match[Rule: (ContextRule, VerdictRule)](
    rules: tuple[Rule, ...], at: EvaluationContext
) -> Rule:
    return next(rule for rule in rules if holds(rule.when, rule.unless, at))
