"""What to measure first: experiments that could lead to training, and only those.

Value of information, by trying: each outcome of one or two experiments is decided as if
it were the answer. Source: Howard 1966, https://doi.org/10.1109/TSSC.1966.300074.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from audits.frameworks.rules import Measuring, Outcome, Reason, Verdict
from audits.scoring.deciding.branches import Branch, branch
from audits.scoring.deciding.experiments import OpenExperiment, open_experiments
from audits.scoring.deciding.trial import Trial


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


class Lab:
    """The experiments that could tell something about answers, and what would follow.

    Worth running are the fewest experiments, then the quickest, of which two outcomes
    lead to different verdicts and one of them trains a model.
    """

    def __init__(self, trial: Trial, like: "Lab | None" = None) -> None:
        """Prepare to measure what is not known of answers that count.

        Args:
            trial: The answers, weighed.
            like: The lab of other answers, of which these were made by a change. What
                follows from an outcome there mostly follows here.
        """
        self.framework, self.at = trial.at.framework, trial.at
        self.start: Branch = branch(trial, like.start if like else None)

    def plan(self, measuring: Measuring) -> MeasuringPlan | None:
        """Return the experiments worth running, or None.

        Args:
            measuring: How many experiments at once, and how many hours, at most.
        """
        chosen = self._chosen(measuring)
        if chosen is None:
            return None
        found: dict[Verdict, tuple[Outcome, ...]] = {}
        for outcomes in _all_outcomes(chosen):
            found.setdefault(self.start.verdict_after(outcomes), outcomes)
        return MeasuringPlan(experiments=chosen, outcomes=found)

    def is_worth_it(self, measuring: Measuring, first: MeasuringPlan | None) -> bool:
        """Return whether any experiments are worth running.

        Args:
            measuring: How many experiments at once, and how many hours, at most.
            first: What to try first.
        """
        if first and self._repeats(first, measuring):
            return True
        return self._chosen(measuring) is not None

    def _chosen(self, measuring: Measuring) -> tuple[OpenExperiment, ...] | None:
        found = tuple(open_experiments(self.framework.experiments, self.at))
        reasons = self.start.within_reach(self.framework.reasons, found)
        if reasons is None:
            return None
        for count in range(1, measuring.most + 1):
            for chosen in sorted(combinations(found, count), key=_hours):
                if _hours(chosen) <= measuring.hours and self._tell(chosen, reasons):
                    return chosen
        return None

    def _repeats(self, plan: MeasuringPlan, measuring: Measuring) -> bool:
        """Return whether the same experiments are worth it for the same outcomes."""
        planned = [each.experiment for each in plan.experiments]
        chosen = tuple(open_experiments(planned, self.at))
        if not len(planned) == len(chosen) <= measuring.most:
            return False
        possible = {
            verdict: outcomes
            for verdict, outcomes in plan.outcomes.items()
            if all(map(OpenExperiment.may_give, chosen, outcomes))
        }
        return _hours(chosen) <= measuring.hours and self._differ(
            (
                self.start.verdict_after(outcomes)
                for verdict, outcomes in possible.items()
                if self.framework.trains(verdict)
            ),
            possible.values(),
        )

    def _tell(
        self, chosen: tuple[OpenExperiment, ...], reasons: Sequence[Reason]
    ) -> bool:
        """Return whether outcomes train a model, and others lead elsewhere."""
        promising = self.start.promising(chosen, reasons)
        return self._differ(promising, _all_outcomes(chosen))

    def _differ(
        self, promising: Iterable[Verdict], others: Iterable[tuple[Outcome, ...]]
    ) -> bool:
        """Return whether a verdict trains a model, and other outcomes give another."""
        trained = next(filter(self.framework.trains, promising), None)
        verdicts = map(self.start.verdict_after, others)
        return trained is not None and any(verdict != trained for verdict in verdicts)


def _hours(chosen: tuple[OpenExperiment, ...]) -> int:
    return sum(each.hours for each in chosen)


def _all_outcomes(chosen: tuple[OpenExperiment, ...]) -> Iterator[tuple[Outcome, ...]]:
    return product(*(each.outcomes for each in chosen))
