"""What to measure first: experiments that could lead to training, and only those.

Value of information, by trying: each outcome of one or two experiments is decided as if
it were the answer. Source: Howard 1966, https://doi.org/10.1109/TSSC.1966.300074.
"""

from collections.abc import Iterable, Mapping, Sequence
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
from audits.scoring.deciding.within_reach import could_hold


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
        self._verdicts: dict[tuple[int, ...], Verdict] = {}

    def chosen(self, measuring: Measuring) -> tuple[OpenExperiment, ...] | None:
        """Return the fewest experiments, then the quickest, that are worth it."""
        reasons = self._within_reach(self.framework.reasons, self.open)
        for count in range(1, measuring.most + 1):
            for chosen in sorted(combinations(self.open, count), key=_hours):
                if (
                    _hours(chosen) <= measuring.hours
                    and self._within_reach(reasons, chosen)
                    and self._tell(product(*(each.outcomes for each in chosen)))
                ):
                    return chosen
        return None

    def repeats(self, plan: MeasuringPlan, measuring: Measuring) -> bool:
        """Return whether the same experiments are worth it for the same outcomes."""
        planned = [each.experiment.id for each in plan.experiments]
        chosen = tuple(x for x in self.open if x.experiment.id in planned)
        if len(chosen) < len(planned) or len(chosen) > measuring.most:
            return False
        return _hours(chosen) <= measuring.hours and self._tell(
            outcomes
            for outcomes in plan.outcomes.values()
            if all(o in x.outcomes for o, x in zip(outcomes, chosen, strict=True))
        )

    def led_to(
        self, chosen: tuple[OpenExperiment, ...]
    ) -> dict[Verdict, tuple[Outcome, ...]]:
        """Return the verdicts that outcomes lead to, each with the first such ones."""
        found: dict[Verdict, tuple[Outcome, ...]] = {}
        for outcomes in product(*(each.outcomes for each in chosen)):
            found.setdefault(self._verdict(outcomes), outcomes)
        return found

    def _within_reach(
        self, reasons: Sequence[Reason], chosen: tuple[OpenExperiment, ...]
    ) -> list[Reason]:
        """Return the reasons that some outcomes could make measured.

        That is much quicker than trying them, and most often there is none.
        """
        reached = self.framework.reached_by
        told = frozenset().union(*(reached[each.experiment.id] for each in chosen))
        return [r for r in reasons if could_hold(r.when, self.trial.at, told)]

    def _tell(self, tried: Iterable[tuple[Outcome, ...]]) -> bool:
        """Return whether outcomes lead to two verdicts, one of which trains a model."""
        found: set[Verdict] = set()
        for outcomes in tried:
            found.add(self._verdict(outcomes))
            if len(found) > 1 and any(map(self._trains, found)):
                return True
        return False

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

    def _trains(self, verdict: Verdict) -> bool:
        family = self.framework.verdicts[verdict].family
        return self.framework.families[family].trains


def _hours(chosen: tuple[OpenExperiment, ...]) -> int:
    return sum(each.hours for each in chosen)
