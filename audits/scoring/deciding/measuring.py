"""What to measure first: experiments that could lead to training, and only those.

Value of information, by trying: each outcome of one or two experiments is decided as if
it were the answer. Source: Howard 1966, https://doi.org/10.1109/TSSC.1966.300074.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from audits.frameworks.rules import Measuring, Outcome, Reason, Verdict
from audits.scoring.deciding.experiments import (
    OpenExperiment,
    answered,
    open_experiments,
)
from audits.scoring.deciding.trial import Trial
from audits.scoring.deciding.verdict_table import matching_rules, verdict_of
from audits.scoring.deciding.weighing import weigh
from audits.scoring.deciding.within_reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuringPlan:
    """The experiments to run at once, and the outcomes that lead to each verdict.

    `outcomes` has, for each verdict that some outcomes lead to, the first such
    outcomes: one for each experiment, in their order.
    """

    experiments: tuple[OpenExperiment, ...]
    outcomes: Mapping[Verdict, tuple[Outcome, ...]]

    @property
    def hours(self) -> int:
        """Working hours, together."""
        return _hours(self.experiments)


def plan_measuring(trial: Trial, measuring: Measuring) -> MeasuringPlan | None:
    """Return the experiments worth running, or None.

    Worth it are the fewest experiments, then the quickest, of which two outcomes lead
    to different verdicts and one of them trains a model.

    Args:
        trial: The answers that count, weighed.
        measuring: How many experiments at once, and how many hours, at most.
    """
    lab = _Lab(trial)
    chosen = lab.chosen(measuring)
    if chosen is None:
        return None
    return MeasuringPlan(experiments=chosen, outcomes=lab.led_to(chosen))


def is_worth_measuring(
    trial: Trial, measuring: Measuring, like: MeasuringPlan | None
) -> bool:
    """Return whether any experiments are worth running.

    Args:
        trial: The answers that count, weighed.
        measuring: How many experiments at once, and how many hours, at most.
        like: What is worth running for answers like these; it is tried first.
    """
    lab = _Lab(trial)
    if like and lab.repeats(like, measuring):
        return True
    return lab.chosen(measuring) is not None


class _Lab:
    """The experiments that are open, and the verdicts that they could lead to."""

    def __init__(self, trial: Trial) -> None:
        self.trial, self.framework = trial.alone(), trial.at.framework
        self.open = tuple(open_experiments(trial.at))
        # By the identity of outcomes, which live as long as the framework.
        self._trials: dict[tuple[int, ...], Trial] = {(): self.trial}
        self._reaches: dict[tuple[int, ...], Reach] = {}
        self._verdicts: dict[tuple[int, ...], Verdict] = {}

    def chosen(self, measuring: Measuring) -> tuple[OpenExperiment, ...] | None:
        """Return the fewest experiments, then the quickest, that are worth it."""
        reasons = self._within_reach((), self.open, self.framework.reasons)
        if not reasons and self.framework.needed_to_train is not None:
            return None
        for count in range(1, measuring.most + 1):
            for chosen in sorted(combinations(self.open, count), key=_hours):
                if _hours(chosen) <= measuring.hours and self._tell(chosen, reasons):
                    return chosen
        return None

    def repeats(self, plan: MeasuringPlan, measuring: Measuring) -> bool:
        """Return whether the same experiments are worth it for the same outcomes."""
        planned = [each.experiment.id for each in plan.experiments]
        chosen = tuple(x for x in self.open if x.experiment.id in planned)
        if len(chosen) < len(planned) or len(chosen) > measuring.most:
            return False
        if _hours(chosen) > measuring.hours:
            return False
        verdicts = {
            self._verdict(outcomes)
            for outcomes in plan.outcomes.values()
            if all(
                any(o is each for each in x.outcomes)
                for o, x in zip(outcomes, chosen, strict=True)
            )
        }
        return len(verdicts) > 1 and any(map(self.framework.trains, verdicts))

    def led_to(
        self, chosen: tuple[OpenExperiment, ...]
    ) -> dict[Verdict, tuple[Outcome, ...]]:
        """Return the verdicts that outcomes lead to, each with the first such ones."""
        found: dict[Verdict, tuple[Outcome, ...]] = {}
        for outcomes in _all_outcomes(chosen):
            found.setdefault(self._verdict(outcomes), outcomes)
        return found

    def _tell(
        self, chosen: tuple[OpenExperiment, ...], reasons: Sequence[Reason]
    ) -> bool:
        """Return whether outcomes train a model, and others lead elsewhere."""
        verdicts = map(self._verdict, self._promising((), chosen, reasons))
        trained = next(filter(self.framework.trains, verdicts), None)
        return trained is not None and any(
            self._verdict(outcomes) != trained for outcomes in _all_outcomes(chosen)
        )

    def _promising(
        self,
        outcomes: tuple[Outcome, ...],
        left: tuple[OpenExperiment, ...],
        reasons: Sequence[Reason],
    ) -> Iterator[tuple[Outcome, ...]]:
        """Yield outcomes that may lead to training: some, and all of what is left."""
        reasons = self._within_reach(outcomes, left, reasons)
        if not reasons and self.framework.needed_to_train is not None:
            return
        if not left:
            yield outcomes
        for outcome in left[0].outcomes if left else ():
            yield from self._promising((*outcomes, outcome), left[1:], reasons)

    def _within_reach(
        self,
        outcomes: tuple[Outcome, ...],
        left: tuple[OpenExperiment, ...],
        reasons: Sequence[Reason],
    ) -> Sequence[Reason]:
        """Return the reasons that experiments could still make, after some outcomes."""
        key = tuple(map(id, outcomes))
        if key not in self._reaches:
            self._reaches[key] = Reach(self._after(outcomes).at)
        reached = self.framework.subjects.reached_by
        told = frozenset().union(*(reached[each.experiment.id] for each in left))
        return self._reaches[key].of(reasons, told)

    def _verdict(self, outcomes: tuple[Outcome, ...]) -> Verdict:
        """Decide what comes of outcomes, without asking again whether to measure."""
        key = tuple(map(id, outcomes))
        if key not in self._verdicts:
            at = self._after(outcomes).at
            weighed = weigh(at)
            rule = next(r for r in matching_rules(at) if r.measuring is None)
            self._verdicts[key] = verdict_of(rule, weighed.context_rule)
        return self._verdicts[key]

    def _after(self, outcomes: tuple[Outcome, ...]) -> Trial:
        """Return the answers after outcomes, which come one after the other."""
        key = tuple(map(id, outcomes))
        if key not in self._trials:
            before = self._after(outcomes[:-1])
            changes = answered(self.framework, before.given, outcomes[-1])
            self._trials[key] = before.after(changes)
        return self._trials[key]


def _hours(chosen: tuple[OpenExperiment, ...]) -> int:
    return sum(each.hours for each in chosen)


def _all_outcomes(chosen: tuple[OpenExperiment, ...]) -> Iterator[tuple[Outcome, ...]]:
    return product(*(each.outcomes for each in chosen))
