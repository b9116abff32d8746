"""What to measure first: experiments that could lead to training, and only those.

Value of information, by trying: each outcome of one or two experiments is decided as if
it were the answer. Source: Howard 1966, https://doi.org/10.1109/TSSC.1966.300074.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Promise:
    """Experiments that are worth running, and outcomes that show it.

    After `trained` a model is trained, and after `other` there is another verdict.
    """

    experiments: tuple[OpenExperiment, ...]
    trained: tuple[Outcome, ...]
    other: tuple[Outcome, ...]


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
        promise = self.promise(measuring)
        if promise is None:
            return None
        found: dict[Verdict, tuple[Outcome, ...]] = {}
        for outcomes in _all_outcomes(promise.experiments):
            found.setdefault(self.start.all_after(outcomes).verdict, outcomes)
        return MeasuringPlan(experiments=promise.experiments, outcomes=found)

    def promise(self, measuring: Measuring) -> Promise | None:
        """Return the same experiments, and what is enough to show that they are."""
        experiments = tuple(open_experiments(self.framework.experiments, self.at))
        reasons = self.start.within_reach(experiments)
        if reasons is None:
            return None
        for count in range(1, measuring.most + 1):
            for chosen in sorted(combinations(experiments, count), key=_hours):
                if _hours(chosen) <= measuring.hours:
                    promising = self.start.promising(chosen, reasons)
                    found = self._promise(chosen, promising, _all_outcomes(chosen))
                    if found:
                        return found
        return None

    def keeps(self, promise: Promise, measuring: Measuring) -> bool:
        """Return whether what is worth it for other answers is so here too."""
        planned = [each.experiment for each in promise.experiments]
        chosen = tuple(open_experiments(planned, self.at))
        return (
            len(planned) == len(chosen) <= measuring.most
            and _hours(chosen) <= measuring.hours
            and all(map(OpenExperiment.may_give, chosen, promise.trained))
            and all(map(OpenExperiment.may_give, chosen, promise.other))
            and self._promise(chosen, (promise.trained,), (promise.other,)) is not None
        )

    def _promise(
        self,
        chosen: tuple[OpenExperiment, ...],
        promising: Iterable[tuple[Outcome, ...]],
        others: Iterable[tuple[Outcome, ...]],
    ) -> Promise | None:
        """Return the first outcomes that train a model, and the first that differ."""
        after = self.start.all_after
        trained = next((each for each in promising if after(each).trained), None)
        if trained is None:
            return None
        verdict = after(trained).trained
        other = next((each for each in others if after(each).trained != verdict), None)
        return None if other is None else Promise(chosen, trained, other)


def _hours(chosen: tuple[OpenExperiment, ...]) -> int:
    return sum(each.hours for each in chosen)


def _all_outcomes(chosen: tuple[OpenExperiment, ...]) -> Iterator[tuple[Outcome, ...]]:
    return product(*(each.outcomes for each in chosen))
