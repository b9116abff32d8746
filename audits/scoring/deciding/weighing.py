"""Answers to what the verdict table reads: reasons, blockers and the context layer."""

from dataclasses import dataclass

from audits.frameworks import evaluation
from audits.frameworks.evaluation import EvaluationContext, holds
from audits.frameworks.rules import ContextRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What a verdict comes from.

    `undecided` are the absent reasons that a missing answer could still make.
    """

    blockers: tuple[str, ...]
    context_rule: ContextRule
    undecided: frozenset[str]


def weigh(at: EvaluationContext) -> Weighed:
    """Weigh the answers that count, and let conditions read the result."""
    framework, table = at.framework, at.framework.readers.table
    undecided = _weigh_reasons(at)
    blockers = tuple(row.id for row, holds in table(framework.blockers) if holds(at))
    context_rule = next(
        row for row, holds in table(framework.context_rules) if holds(at)
    )
    at.blocked = bool(blockers)
    at.context_layer = context_rule.layer
    return Weighed(blockers=blockers, context_rule=context_rule, undecided=undecided)


def _weigh_reasons(at: EvaluationContext) -> frozenset[str]:
    """Set the status of each reason and which are unproven; return those undecided."""
    framework = at.framework
    weak = (
        framework.unproven_when is not None
        and evaluation.evaluate(framework.unproven_when, at) is True
    )
    undecided, unproven = set(), set()
    statuses = at.reasons
    for reason, read in framework.readers.table(framework.reasons):
        measured = read(at)
        claimed = reason.claimed_when is not None and holds(
            reason.claimed_when, reason.unless, at
        )
        statuses[reason.id] = "absent"
        if measured:
            proved = framework.asserted_unless_marked or (
                not weak and at.asserted.isdisjoint(framework.measured_by[reason.id])
            )
            statuses[reason.id] = "measured" if proved else "claimed"
            if not proved:
                unproven.add(reason.id)
        elif claimed:
            statuses[reason.id] = "claimed"
        elif measured is None or claimed is None:
            undecided.add(reason.id)
    at.unproven = frozenset(unproven)
    return frozenset(undecided)
