"""The experiments that could still tell something, and what each outcome answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code, EvaluationContext, is_certain
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.rules import Outcome, PlannedExperiment
from audits.frameworks.schema import Framework


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenExperiment:
    """An experiment that could still tell something, with what it could tell."""

    experiment: PlannedExperiment
    hours: int
    outcomes: tuple[Outcome, ...]

    def may_give(self, outcome: Outcome) -> bool:
        """Return whether an outcome is one of its own."""
        return any(outcome is each for each in self.outcomes)


def open_experiments(
    experiments: Iterable[PlannedExperiment], at: EvaluationContext
) -> Iterator[OpenExperiment]:
    """Yield the experiments that apply and that what is measured does not answer."""
    for experiment in experiments:
        if not is_certain(experiment.when, at):
            continue
        outcomes, shown = experiment.outcomes, _shown(at, experiment)
        if shown:
            if shown == experiment.told:
                continue
            outcomes = tuple(x for x in outcomes if _may_come(at, x, shown))
        if len(outcomes) > 1:
            quicker = experiment.quicker
            is_quick = quicker and is_certain(quicker.when, at)
            hours = quicker.hours if quicker and is_quick else experiment.hours
            yield OpenExperiment(experiment=experiment, hours=hours, outcomes=outcomes)


def _shown(at: EvaluationContext, experiment: PlannedExperiment) -> set[str]:
    """Return the questions whose answers are known and shown already."""
    again = experiment.again_when
    if again and is_certain(again, at):
        return set()
    return {q for q in experiment.told if at.knows(q) and q not in at.asserted}


def _may_come(at: EvaluationContext, outcome: Outcome, shown: set[str]) -> bool:
    """Return whether an outcome contradicts nothing that is shown already."""
    return all(
        question not in shown or at.answers[question] == option
        for question, option in outcome.gives.items()
    )


def answered(
    framework: Framework, codes: Mapping[str, Code], outcome: Outcome
) -> dict[str, Code]:
    """Return the answers that an outcome gives, beside those that are there."""
    found: dict[str, Code] = {**outcome.gives, **outcome.replaces}
    found |= {q: x for q, x in outcome.fills.items() if not flow.is_known(codes, q)}
    for question, option in outcome.raises.items():
        order = [each.id for each in framework.question_by_id[question].options]
        found[question] = [x for x in order if x in (codes.get(question), option)][-1]
    for question, picks in outcome.adds.items():
        code = codes.get(question, UNKNOWN)
        there = () if code == UNKNOWN else _real_picks(framework, question, code)
        found[question] = tuple(dict.fromkeys((*there, *picks)))
    return found


def _real_picks(framework: Framework, question: str, code: Code) -> tuple[str, ...]:
    """Return what was picked, without what says that nobody has looked."""
    options = framework.question_by_id[question].options
    looked = {option.id for option in options if not option.not_yet}
    return tuple(pick for pick in code if pick in looked)
