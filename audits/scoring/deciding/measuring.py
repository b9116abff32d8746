"""What to measure first: experiments that could lead to another verdict.

Mostly, only those count that could lead to training.

Value of information, by trying: each outcome of one or two experiments is decided as if
it were the answer. Source: Howard 1966, https://doi.org/10.1109/TSSC.1966.300074.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations, product

from audits.frameworks.rules import Measuring, Outcome, Verdict
from audits.scoring.deciding.branches import Branch, branch
from audits.scoring.deciding.experiments import OpenExperiment, open_experiments
from audits.scoring.deciding.trial import Trial
from audits.scoring.deciding.within_reach import Reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuringPlan:
    """The experiments to run at once, and the outcomes that lead to each verdict.

    `every` has, for each verdict that some outcomes lead to, all such outcomes: one for
    each experiment, in their order.
    """

    experiments: tuple[OpenExperiment, ...]
    every: Mapping[Verdict, tuple[tuple[Outcome, ...], ...]]

    @property
    def outcomes(self) -> Mapping[Verdict, tuple[Outcome, ...]]:
        """The first outcomes that lead to each verdict."""
        return {verdict: found[0] for verdict, found in self.every.items()}

    @property
    def hours(self) -> int:
        """Working hours, together."""
        return _hours(self.experiments)


@dataclass(frozen=True, slots=True)
class Promise:
    """Experiments that are worth running, and outcomes that show it.

    After `one` there is another verdict than after `other`. If only training is worth
    it, a model is trained after `one`.
    """

    experiments: tuple[OpenExperiment, ...]
    one: tuple[Outcome, ...]
    other: tuple[Outcome, ...]


class Lab:
    """The experiments that could tell something about answers, and what would follow.

    Worth running are the fewest experiments, then the quickest, of which two outcomes
    lead to different verdicts and one of them trains a model, if that is what measuring
    is for.
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
        found: dict[Verdict, list[tuple[Outcome, ...]]] = {}
        for outcomes in _all_outcomes(promise.experiments):
            verdict = self.start.all_after(outcomes).verdict
            found.setdefault(verdict, []).append(outcomes)
        every = {verdict: tuple(led) for verdict, led in found.items()}
        return MeasuringPlan(experiments=promise.experiments, every=every)

    def promise(self, measuring: Measuring) -> Promise | None:
        """Return the same experiments, and what is enough to show that they are."""
        if self._is_out_of_reach(measuring):
            return None
        for count in range(1, measuring.most + 1):
            for chosen in sorted(combinations(self._open, count), key=_hours):
                if _hours(chosen) <= measuring.hours:
                    ones = self._ones(chosen, measuring)
                    found = self._promise(
                        chosen, measuring, ones, _all_outcomes(chosen)
                    )
                    if found:
                        return found
        return None

    @cached_property
    def _open(self) -> tuple[OpenExperiment, ...]:
        return tuple(open_experiments(self.framework.experiments, self.at))

    @cached_property
    def _reasons(self) -> Reasons | None:
        """The reasons that experiments could make; None if nothing could train."""
        return self.start.within_reach(self._open)

    def _is_out_of_reach(self, measuring: Measuring) -> bool:
        return measuring.toward == "training" and self._reasons is None

    def _ones(
        self, chosen: tuple[OpenExperiment, ...], measuring: Measuring
    ) -> Iterable[tuple[Outcome, ...]]:
        """Return the outcomes that could lead to what measuring is for."""
        if measuring.toward == "any":
            return _all_outcomes(chosen)
        return self.start.promising(chosen, self._reasons or ())

    def keeps(self, promise: Promise, measuring: Measuring) -> bool:
        """Return whether what is worth it for other answers is so here too."""
        if self._is_out_of_reach(measuring):
            return False
        planned = {id(each.experiment) for each in promise.experiments}
        chosen = tuple(each for each in self._open if id(each.experiment) in planned)
        return (
            len(planned) == len(chosen) <= measuring.most
            and _hours(chosen) <= measuring.hours
            and all(map(OpenExperiment.may_give, chosen, promise.one))
            and all(map(OpenExperiment.may_give, chosen, promise.other))
            and bool(self._promise(chosen, measuring, (promise.one,), (promise.other,)))
        )

    def _promise(
        self,
        chosen: tuple[OpenExperiment, ...],
        measuring: Measuring,
        ones: Iterable[tuple[Outcome, ...]],
        others: Iterable[tuple[Outcome, ...]],
    ) -> Promise | None:
        """Return the first outcomes of that kind, and the first that differ."""
        led_to = partial(self._led_to, measuring)
        one = next((each for each in ones if led_to(each)), None)
        if one is None:
            return None
        verdict = led_to(one)
        other = next((each for each in others if led_to(each) != verdict), None)
        return None if other is None else Promise(chosen, one, other)

    def _led_to(
        self, measuring: Measuring, outcomes: tuple[Outcome, ...]
    ) -> Verdict | None:
        """Return what outcomes lead to, if that is what measuring is for."""
        after = self.start.all_after(outcomes)
        return after.verdict if measuring.toward == "any" else after.trained


def _hours(chosen: tuple[OpenExperiment, ...]) -> int:
    return sum(each.hours for each in chosen)


def _all_outcomes(chosen: tuple[OpenExperiment, ...]) -> Iterator[tuple[Outcome, ...]]:
    return product(*(each.outcomes for each in chosen))
