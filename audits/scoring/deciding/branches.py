"""What would follow from the outcomes of experiments, one after the other."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from audits.frameworks.rules import Outcome, Verdict
from audits.scoring.deciding.experiments import OpenExperiment, answered
from audits.scoring.deciding.trial import Shift, Trial
from audits.scoring.deciding.verdict_table import matching_rules, verdict_of
from audits.scoring.deciding.weighing import weigh
from audits.scoring.deciding.within_reach import Reasons, may_train, within_reach


def branch(trial: Trial, like: "Branch | None" = None) -> "Branch":
    """Return the branch of answers before any outcome.

    Args:
        trial: The answers.
        like: The same of answers of which these were made by a change.
    """
    if like and trial.is_plain:
        return _Twin(trial.alone(), like, trial.shift)
    return Branch(trial.alone())


class Branch:
    """The answers after some outcomes."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        # By the identity of outcomes, which live as long as the framework.
        self._after: dict[int, Branch] = {}

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict, without asking again whether to measure."""
        weighed = weigh(self.trial.at)
        rules = matching_rules(self.trial.at)
        rule = next(rule for rule in rules if rule.measuring is None)
        return verdict_of(rule, weighed.context_rule)

    @cached_property
    def trained(self) -> Verdict | None:
        """The verdict if it trains a model, else None."""
        at = self.trial.at
        trains = may_train(at) and at.framework.trains(self.verdict)
        return self.verdict if trains else None

    def all_after(self, outcomes: Iterable[Outcome]) -> "Branch":
        """Return the branch after some more outcomes."""
        found = self
        for outcome in outcomes:
            found = found.after(outcome)
        return found

    def promising(
        self, left: Sequence[OpenExperiment], reasons: Reasons
    ) -> Iterator[tuple[Outcome, ...]]:
        """Yield the outcomes of experiments that could lead to training.

        Args:
            left: The experiments.
            reasons: The reasons that they could make.
        """
        found = self.within_reach(left, reasons)
        if found is None:
            return
        if not left:
            yield ()
        for outcome in left[0].outcomes if left else ():
            for others in self.after(outcome).promising(left[1:], found):
                yield (outcome, *others)

    def within_reach(
        self, left: Sequence[OpenExperiment], reasons: Reasons | None = None
    ) -> Reasons | None:
        """Return the reasons that experiments could make; None if nothing could train.

        Args:
            left: The experiments.
            reasons: Those to look at; all if there are none.
        """
        framework = self.trial.at.framework
        if reasons is None:
            reasons = framework.chances.reasons
        told = 0
        for each in left:
            told |= framework.subjects.reached_by[each.experiment.id]
        return within_reach(reasons, self.trial.at, told)

    def after(self, outcome: Outcome) -> "Branch":
        """Return the branch after one more outcome."""
        found = self._after.get(id(outcome))
        if found is None:
            found = self._after[id(outcome)] = self._try(outcome)
        return found

    def _try(self, outcome: Outcome) -> "Branch":
        framework = self.trial.at.framework
        told = answered(framework, self.trial.given, outcome)
        return Branch(self.trial.after(Shift(told)))


class _Twin(Branch):
    """A branch like another, but for a change."""

    def __init__(self, trial: Trial, like: Branch, shift: Shift) -> None:
        super().__init__(trial)
        self._like, self._shift = like, shift

    def _try(self, outcome: Outcome) -> Branch:
        """Shift what follows there, unless the outcome changes it too."""
        if not outcome.questions.isdisjoint(self._shift.answers):
            return super()._try(outcome)
        like = self._like.after(outcome)
        return _Twin(like.trial.after(self._shift), like, self._shift)
