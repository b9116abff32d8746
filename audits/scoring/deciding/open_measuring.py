"""Whether measuring can still be worth its while, with some questions left open.

What an experiment may answer is read answer by answer: one that cannot be run tells
nothing, and one that can tells only its outcomes. Nothing that could come is missing.
"""

from collections.abc import Iterator

from audits.frameworks.evaluation import Code
from audits.frameworks.rules import Outcome, PlannedExperiment, VerdictRule
from audits.scoring.deciding.experiments import answered
from audits.scoring.deciding.open_conditions import TRUE, OpenAnswers
from audits.scoring.deciding.open_support import support, support_of_row


def questions_of_measuring(answers: OpenAnswers, rule: VerdictRule) -> set[str] | None:
    """Return the free questions that bear on whether a row is worth measuring for.

    None if it cannot be, whatever they are answered.
    """
    measured = _measured(answers)
    is_for_any = rule.measuring is not None and rule.measuring.toward == "any"
    if not is_for_any and not _may_train(measured):
        return None
    live = {
        *support_of_row(answers, rule),
        *_of_experiments(answers),
        *_of_outcomes(answers, measured),
    }
    for layer in answers.framework.context_rules if is_for_any else ():
        live |= support_of_row(measured, layer)
    return {question for question in live if answers.is_free(question)}


def _may_train(measured: OpenAnswers) -> bool:
    """Return whether a row that trains a model may match after some outcomes."""
    return any(
        measured.row(rule.when, rule.unless) & TRUE
        for rule in measured.framework.training_rules
    )


def _of_experiments(answers: OpenAnswers) -> Iterator[str]:
    """Yield what bears on which experiments can be run, and what they could tell."""
    for experiment in answers.framework.experiments:
        if answers.flags(experiment.when) & TRUE:
            quicker = experiment.quicker.when if experiment.quicker else None
            for condition in (experiment.when, experiment.again_when, quicker):
                yield from support(answers, condition)
            for outcome in experiment.outcomes:
                yield from outcome.gives


def _of_outcomes(answers: OpenAnswers, measured: OpenAnswers) -> Iterator[str]:
    """Yield what bears on what follows from an outcome: every row that may match."""
    for blocker in answers.framework.blockers:
        yield from support_of_row(answers, blocker)
    for reason in answers.framework.reasons:
        if measured.reasons[reason.id] & TRUE:
            yield from support_of_row(measured, reason)
    for rule in answers.framework.verdict_rules:
        if measured.row(rule.when, rule.unless) & TRUE:
            yield from support_of_row(measured, rule)


def _measured(answers: OpenAnswers) -> OpenAnswers:
    """Return the answers with all that experiments can tell left open too."""
    told: dict[str, set[Code]] = {}
    for experiment in answers.framework.experiments:
        outcomes = tuple(_outcomes(answers, experiment))
        for outcome in outcomes if len(outcomes) > 1 else ():
            for question, code in _told(answers, outcome):
                told.setdefault(question, set()).add(code)
    return OpenAnswers(
        answers.framework, answers.codes, answers.asked, answers.under, told=told
    )


def _outcomes(answers: OpenAnswers, experiment: PlannedExperiment) -> Iterator[Outcome]:
    """Yield the outcomes that may come; none if nothing is left to tell."""
    if not answers.flags(experiment.when) & TRUE:
        return
    shown = _shown(answers, experiment)
    if shown and shown == experiment.told:
        return
    for outcome in experiment.outcomes:
        given = outcome.gives.items()
        if all(q not in shown or answers.codes[q] == option for q, option in given):
            yield outcome


def _shown(answers: OpenAnswers, experiment: PlannedExperiment) -> set[str]:
    """Return what is shown already, and is certainly not measured again."""
    again = experiment.again_when
    if again is not None and answers.flags(again) & TRUE:
        return set()
    return {question for question in experiment.told if answers.is_shown(question)}


def _told(answers: OpenAnswers, outcome: Outcome) -> Iterator[tuple[str, Code]]:
    """Yield what an outcome answers, also after the outcomes of other experiments.

    These may lower what it raises. What they pick beside it changes no condition that
    does not see one of the picks alone.
    """
    framework = answers.framework
    yield from answered(framework, answers.codes, outcome).items()
    yield from outcome.raises.items()
    # An answer that does not count is not there to be added to.
    for question, code in answered(framework, {}, outcome).items():
        if not answers.is_certain(question):
            yield question, code
