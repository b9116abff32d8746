"""What to measure first: experiments that could lead to training, and only those.

Value of information, by trying: each outcome of one or two experiments is decided as if
it were the answer. Source: Howard 1966, https://doi.org/10.1109/TSSC.1966.300074.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product

from audits.frameworks.rules import Measuring, Outcome, Verdict
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
        found = self.first_plan(measuring)
        if found is None:
            return None
        all_outcomes: dict[Verdict, tuple[Outcome, ...]] = {}
        for outcomes in _all_outcomes(found.experiments):
            all_outcomes.setdefault(self.start.all_after(outcomes).verdict, outcomes)
        return replace(found, outcomes=all_outcomes)

    def first_plan(self, measuring: Measuring) -> MeasuringPlan | None:
        """Return the same with only the outcomes that show it."""
        experiments = tuple(open_experiments(self.framework.experiments, self.at))
        reasons = self.start.within_reach(experiments)
        if reasons is None:
            return None
        for count in range(1, measuring.most + 1):
            for chosen in sorted(combinations(experiments, count), key=_hours):
                if _hours(chosen) <= measuring.hours:
                    promising = self.start.promising(chosen, reasons)
                    found = self._differing(promising, _all_outcomes(chosen))
                    if found:
                        return MeasuringPlan(experiments=chosen, outcomes=found)
        return None

    def repeats(self, plan: MeasuringPlan, measuring: Measuring) -> bool:
        """Return whether what is worth it elsewhere is so here for the same outcomes."""
        planned = [each.experiment for each in plan.experiments]
        chosen = tuple(open_experiments(planned, self.at))
        if not len(planned) == len(chosen) <= measuring.most:
            return False
        possible = {
            verdict: outcomes
            for verdict, outcomes in plan.outcomes.items()
            if all(map(OpenExperiment.may_give, chosen, outcomes))
        }
        promising = (
            outcomes
            for verdict, outcomes in possible.items()
            if self.framework.trains(verdict)
            and self.start.all_after(outcomes).within_reach(()) is not None
        )
        return _hours(chosen) <= measuring.hours and bool(
            self._differing(promising, possible.values())
        )

    def _differing(
        self,
        promising: Iterable[tuple[Outcome, ...]],
        others: Iterable[tuple[Outcome, ...]],
    ) -> dict[Verdict, tuple[Outcome, ...]] | None:
        """Return outcomes that train a model and others that do not, or not so."""
        for outcomes in promising:
            trained = self.start.all_after(outcomes).verdict
            if self.framework.trains(trained):
                break
        else:
            return None
        for other in others:
            verdict = self.start.all_after(other).verdict
            if verdict != trained:
                return {trained: outcomes, verdict: other}
        return None


def _hours(chosen: tuple[OpenExperiment, ...]) -> int:
    return sum(each.hours for each in chosen)


def _all_outcomes(chosen: tuple[OpenExperiment, ...]) -> Iterator[tuple[Outcome, ...]]:
    return product(*(each.outcomes for each in chosen))
