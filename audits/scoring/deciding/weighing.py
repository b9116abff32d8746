"""Answers to what the verdict table reads: reasons, blockers and the context layer."""

from dataclasses import dataclass

from audits.frameworks import evaluation
from audits.frameworks.conditions import ReasonStatus
from audits.frameworks.evaluation import Codes, EvaluationContext, holds
from audits.frameworks.rules import ContextRule
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What a verdict comes from, with the context its conditions are read in.

    `undecided` are the absent reasons that a missing answer could still make.
    """

    at: EvaluationContext
    blockers: tuple[str, ...]
    context_rule: ContextRule
    undecided: frozenset[str]


def weigh(framework: Framework, codes: Codes, under: Circumstances) -> Weighed:
    """Weigh the answers that count.

    Args:
        framework: The framework whose tables decide.
        codes: The answers that count, from `flow.relevant`.
        under: The market of the day, and how the answers are proved.
    """
    at = context(framework, codes, under)
    undecided = _weigh_reasons(framework, at)
    blockers = tuple(
        blocker.id
        for blocker in framework.blockers
        if holds(blocker.when, blocker.unless, at)
    )
    context_rule = next(
        rule for rule in framework.context_rules if holds(rule.when, rule.unless, at)
    )
    at.blocked = bool(blockers)
    at.context_layer = context_rule.layer
    return Weighed(
        at=at, blockers=blockers, context_rule=context_rule, undecided=undecided
    )


def context(
    framework: Framework, codes: Codes, under: Circumstances, *, believed: bool = False
) -> EvaluationContext:
    """Return what conditions read before anything is weighed.

    Args:
        framework: The framework whose conditions are read.
        codes: The answers that count.
        under: The market of the day, and how the answers are proved.
        believed: Whether answers that nothing proves are read as if something did.
    """
    at = EvaluationContext(
        framework,
        codes,
        market=under.market_values(framework),
        asserted=under.asserted(framework, codes),
        believed=believed,
    )
    at.failed = _failed(framework, at, under)
    return at


def _failed(
    framework: Framework, at: EvaluationContext, under: Circumstances
) -> frozenset[str]:
    """Return the simpler ways that were scored and missed the target."""
    failure = framework.failure
    if failure is None:
        return frozenset()
    if under.failed is not None:
        return under.failed
    if evaluation.evaluate(failure.when, at) is not True:
        return frozenset()
    return frozenset(failure.ways) & frozenset(at.answers.get(failure.question, ()))


def _weigh_reasons(framework: Framework, at: EvaluationContext) -> frozenset[str]:
    """Set the status of each reason and which are unproven; return those undecided."""
    weak = (
        framework.unproven_when is not None
        and evaluation.evaluate(framework.unproven_when, at) is True
    )
    undecided, unproven = set(), set()
    statuses: dict[str, ReasonStatus] = {}
    for reason in framework.reasons:
        measured = holds(reason.when, reason.unless, at)
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
    at.reasons.update(statuses)
    at.unproven = frozenset(unproven)
    return frozenset(undecided)
