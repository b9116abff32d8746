"""The decision itself: answers to a verdict, and nothing else.

Total (every set of answers has exactly one verdict) and pure (no clock, no I/O).
Source: docs/method.md, in the framework's tables.
"""

from dataclasses import dataclass
from functools import cached_property

from audits.frameworks.evaluation import Codes, EvaluationContext
from audits.frameworks.rules import (
    ContextLayer,
    ContextRule,
    Measuring,
    TrainedLayer,
    Verdict,
    VerdictRule,
)
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import AS_GIVEN, Circumstances
from audits.scoring.deciding.measuring import Lab, MeasuringPlan, Promise
from audits.scoring.deciding.trial import Trial, context
from audits.scoring.deciding.verdict_table import matching_rules, verdict_of
from audits.scoring.deciding.weighing import undecided, weigh

TRAINED: dict[Verdict, TrainedLayer] = {
    "distil": "distil",
    "fine_tune": "fine_tune",
    "fine_tune_after_mlops": "fine_tune_after_mlops",
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision, with the evaluation context of its conditions.

    `undecided` are the absent reasons that a missing answer could still make. `plan` is
    what to measure, where that is the verdict of a rule that says so.
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
    plan: MeasuringPlan | None = None

    @cached_property
    def believed(self) -> EvaluationContext:
        """What conditions would read if claims were believed."""
        framework, codes = self.at.framework, self.at.answers
        return context(framework, codes, self.under, believed=True)


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
    trial = Trial.of_codes(framework, codes, under)
    weighed = weigh(trial.at)
    rule, plan = _rule(trial)
    verdict = verdict_of(rule, weighed.context_rule)
    trial.at.verdict = verdict
    return Decision(
        verdict=verdict,
        context_layer=weighed.context_rule.layer,
        trained_layer=TRAINED.get(verdict),
        context_rule=weighed.context_rule,
        verdict_rule=rule,
        blockers=weighed.blockers,
        undecided=undecided(trial.at),
        at=trial.at,
        under=under,
        plan=plan,
    )


def _rule(trial: Trial) -> tuple[VerdictRule, MeasuringPlan | None]:
    """Return the row that decides, and what to measure if it says so."""
    plan = None
    for rule in matching_rules(trial.at):
        if rule.measuring is None:
            break
        plan = Lab(trial).plan(rule.measuring)
        if plan:
            break
    return rule, plan


class Again:
    """Decides answers again and again: only which row decides, and its verdict."""

    def __init__(self, trial: Trial) -> None:
        """Prepare to decide a trial, and trials that one change makes of it."""
        self._first, self._lab = trial, Lab(trial)
        self._promises: list[Promise] = []

    def decide(self, trial: Trial) -> tuple[VerdictRule, Verdict]:
        """Return the row that decides, and its verdict."""
        weighed = weigh(trial.at)
        rule = next(
            rule
            for rule in matching_rules(trial.at)
            if rule.measuring is None or self._is_worth_it(trial, rule.measuring)
        )
        return rule, verdict_of(rule, weighed.context_rule)

    def _is_worth_it(self, trial: Trial, measuring: Measuring) -> bool:
        """Return whether to measure; what was worth it before is tried first."""
        lab = self._lab if trial is self._first else Lab(trial, self._lab)
        if any(lab.keeps(promise, measuring) for promise in self._promises):
            return True
        promise = lab.promise(measuring)
        if promise:
            self._promises.append(promise)
        return promise is not None
