"""Answers to what the verdict table reads: reasons, blockers and the context layer."""

from dataclasses import dataclass

from audits.frameworks.evaluation import EvaluationContext, holds, is_certain
from audits.frameworks.rules import ContextRule, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What a verdict comes from."""

    blockers: tuple[str, ...]
    context_rule: ContextRule


def weigh(at: EvaluationContext) -> Weighed:
    """Weigh the answers that count, and let conditions read the result."""
    framework, holding = at.framework, at.framework.readers.holding
    _weigh_reasons(at)
    blockers = tuple(row.id for row in holding(framework.blockers)(at))
    context_rule = next(holding(framework.context_rules)(at))
    at.blocked = bool(blockers)
    at.context_layer = context_rule.layer
    return Weighed(blockers=blockers, context_rule=context_rule)


def undecided(at: EvaluationContext) -> frozenset[str]:
    """Return the absent reasons that a missing answer could still make."""
    return frozenset(
        reason.id
        for reason in at.framework.reasons
        if at.reasons[reason.id] == "absent"
        and (
            holds(reason.when, reason.unless, at) is None
            or _claimed(reason, at) is None
        )
    )


def _claimed(reason: Reason, at: EvaluationContext) -> bool | None:
    if reason.claimed_when is None:
        return False
    return holds(reason.claimed_when, reason.unless, at)


def _weigh_reasons(at: EvaluationContext) -> None:
    """Set the status of each reason, and which are unproven."""
    framework = at.framework
    weak = framework.unproven_when is not None and is_certain(
        framework.unproven_when, at
    )
    unproven = set()
    statuses = at.reasons
    for reason, is_measured in framework.readers.table(framework.reasons):
        statuses[reason.id] = "absent"
        if is_measured(at):
            proved = framework.asserted_unless_marked or (
                not weak and at.asserted.isdisjoint(framework.measured_by[reason.id])
            )
            statuses[reason.id] = "measured" if proved else "claimed"
            if not proved:
                unproven.add(reason.id)
        elif reason.claimed_when is not None and _claimed(reason, at):
            statuses[reason.id] = "claimed"
    at.unproven = frozenset(unproven)
