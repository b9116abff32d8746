"""Which of the answers that a rule read decided that it holds."""

from collections.abc import Iterator, Set
from dataclasses import replace

from audits.frameworks.evaluation import EvaluationContext, holds, is_certain
from audits.frameworks.rule_cases import RuleCase
from audits.frameworks.rules import (
    Blocker,
    ContextRule,
    Reason,
    Verdict,
    VerdictRule,
)
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.deciding.circumstances import AS_GIVEN, Circumstances
from audits.scoring.deciding.rule_words import case_of
from audits.scoring.deciding.trial import Shift, Trial, context
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.trace_shapes import Reading, ReasonStep, Step
from audits.scoring.market import circumstances_on

_GAP, _NO_GAP = "quality_gap", "met"
_LATER: Verdict = "fine_tune_after_mlops"
type _Rule = Blocker | ContextRule | Reason | VerdictRule


def deciding_answers(
    framework: Framework, assessment: Assessment, step: Step | ReasonStep
) -> frozenset[str]:
    """Return the questions without whose answers a rule that fired would not hold.

    An answer without which others would not be asked is none of them, where there are
    answers that the rule itself needs. Empty if each of them could be missing, or if it
    is not known by now: the market facts in force may differ from those of the
    assessment.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        step: A blocker or a rule of it that fired, or a reason that holds.
    """
    rule = _rule(framework, step)
    trial = Trial.of_codes(framework, assessment.codes, _under(framework, assessment))
    if rule is None or not _holds(rule, assessment, trial.at):
        return frozenset()
    case = case_of(rule, trial.at)
    needed = [
        reading.id
        for reading in step.read
        if reading.id in assessment.codes
        and not _holds(rule, assessment, trial.after(_without(reading.id)).at, case)
    ]
    read = (x for x in needed if not _holds(rule, assessment, _unseen(trial, x), case))
    return frozenset(read) or frozenset(needed)


def carrying(
    framework: Framework,
    assessment: Assessment,
    reason: ReasonStep,
    needed: Set[str],
) -> frozenset[str]:
    """Return the answers that carry a measured reason, which its row names first.

    It is the gap; where there is none, what was asked for the sake of the reason.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        reason: A reason that holds.
        needed: What `deciding_answers` says of it.
    """
    if reason.standing != "measured":
        return frozenset()
    read = {each.id for each in reason.read} & assessment.codes.keys()
    if assessment.codes.get(_GAP, _NO_GAP) != _NO_GAP:
        return frozenset(read & {_GAP})
    return frozenset(read & framework.asked_for[reason.id] & needed)


def answers_against(framework: Framework, assessment: Assessment) -> Iterator[Reading]:
    """Yield the answers that kept another rule from deciding, for one that reads none.

    They are the answers of which another one would change the verdict, those first
    that people can change, and before them the faults.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
    """
    flips = sorted(assessment.flips, key=lambda flip: flip.way == "world")
    changed = (flip.changes[0].question for flip in flips if len(flip.changes) == 1)
    asked = framework.question_by_id
    for question in dict.fromkeys((framework.faults_question or "", *changed)):
        if question in asked and question in assessment.codes:
            answer = framework.words(question, assessment.codes)
            yield Reading(id=question, label=asked[question].label, answer=answer)


def lacking_to_run(framework: Framework, assessment: Assessment) -> Iterator[Reading]:
    """Yield the answers for which training comes later: what it takes to run a model.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    if assessment.verdict != _LATER or assessment.advice is None:
        return
    left = {check.id for check in assessment.advice.subject_to}
    at = context(framework, assessment.codes, _under(framework, assessment))
    for gate in framework.gates:
        read = framework.read_by(gate.holds) if gate.id in left else {}
        if framework.practices_question not in read:
            continue
        for question, leaf in read.items():
            if question in assessment.codes and not is_certain(leaf, at):
                label = framework.question_by_id[question].label
                answer = framework.words(question, assessment.codes)
                yield Reading(id=question, label=label, answer=answer)


def _rule(framework: Framework, step: Step | ReasonStep) -> _Rule | None:
    tables: tuple[tuple[_Rule, ...], ...] = (
        framework.blockers,
        framework.reasons,
        framework.context_rules,
        framework.verdict_rules,
    )
    return next((row for rows in tables for row in rows if row.id == step.id), None)


def _under(framework: Framework, assessment: Assessment) -> Circumstances:
    if assessment.on is None:
        return AS_GIVEN
    under = circumstances_on(framework, assessment.on, assessment.levels)
    inputs, _ = given_to(assessment)
    told = inputs.answered
    return replace(under, failed=told.failed, best=told.best, unshown=told.unshown)


def _without(question: str) -> Shift:
    return Shift(answers={question: None}, measured=frozenset())


def _unseen(trial: Trial, question: str) -> EvaluationContext:
    """Return what conditions read if one answer were missing, and no other one."""
    at = trial.at
    codes = {x: code for x, code in at.answers.items() if x != question}
    return context(at.framework, codes, trial.under)


def _holds(
    rule: _Rule,
    assessment: Assessment,
    at: EvaluationContext,
    case: RuleCase | None = None,
) -> bool:
    """Return whether a rule and what is said of it hold beside what was weighed."""
    at.reasons = {
        reason.id: "absent" if reason.standing == "unknown" else reason.standing
        for reason in assessment.trace.reasons
    }
    at.blocked = bool(assessment.blockers)
    at.context_layer = assessment.context_layer
    is_said = case is None or is_certain(case.when, at)
    return is_said and holds(rule.when, rule.unless, at) is True
