"""What each outcome of a step would mean for the verdict, before there is one."""

from collections.abc import Mapping
from dataclasses import dataclass

from audits.frameworks.answering import flow
from audits.frameworks.questions import Question
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import decide_again
from audits.scoring.deciding.flips import changed_code
from audits.scoring.deciding.signatures import signature
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.knowledge import told_by

type _Signature = tuple[bool | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOutcome:
    """What could come out, in words, and the verdict that follows.

    `stays` says that it is the verdict of now.
    """

    results: tuple[str, ...]
    verdict: Verdict
    verdict_name: str
    stays: bool


def of_measurements(
    framework: Framework, assessment: Assessment
) -> tuple[CardOutcome, ...]:
    """Return what the measurements that come first could lead to, once all are done.

    There is one outcome for each verdict, with every result that leads to it. Where
    other market facts are in force since, it has the one result that the assessment
    names.
    """
    plan = assessment.measurements
    if plan is None:
        return ()
    every = _every_result(framework, assessment)
    return tuple(
        CardOutcome(
            results=every.get(outcome.verdict, (outcome.sentence,)),
            verdict=outcome.verdict,
            verdict_name=outcome.verdict_name,
            stays=outcome.verdict == assessment.verdict,
        )
        for outcome in plan.outcomes
    )


def _every_result(
    framework: Framework, assessment: Assessment
) -> dict[Verdict, tuple[str, ...]]:
    """Return all results that lead to each verdict; none if they differ by now."""
    named = assessment.measurements
    plan = decide_again(framework, assessment).plan if assessment.on else None
    if named is None or plan is None:
        return {}
    found = {
        verdict: tuple(dict.fromkeys(told_by(framework, each) for each in led))
        for verdict, led in plan.every.items()
    }
    first = {each.verdict: each.sentence for each in named.outcomes}
    are_alike = {verdict: told[0] for verdict, told in found.items()} == first
    return found if are_alike else {}


def of_question(
    framework: Framework, assessment: Assessment, question: Question
) -> tuple[CardOutcome, ...]:
    """Return what each answer to an open question would mean, all others unchanged.

    Answers that lead to one verdict are one outcome, those that change nothing come
    last. Where several options may be picked, each is one more pick. Nothing is
    returned if no answer changes the verdict by itself.
    """
    flips = _flips(framework, assessment, question)
    if not flips:
        return ()
    found: dict[Verdict, list[str]] = {}
    is_known = flow.is_known(assessment.codes, question.id)
    for option in question.options:
        if not (option.not_yet or (option.alone and is_known)):
            seen = _seen(framework, assessment, question, option.id)
            verdict = flips.get(seen, assessment.verdict)
            found.setdefault(verdict, []).append(option.name)
    return by_verdict(framework, assessment, found)


def _flips(
    framework: Framework, assessment: Assessment, question: Question
) -> dict[_Signature, Verdict]:
    """Return the verdict of each answer that changes it, by what conditions see."""
    return {
        _seen(framework, assessment, question, flip.changes[0].option): flip.verdict
        for flip in assessment.flips
        if [change.question for change in flip.changes] == [question.id]
    }


def _seen(
    framework: Framework, assessment: Assessment, question: Question, option: str
) -> _Signature:
    code = changed_code(framework, assessment.codes, question.id, option)
    return signature(framework, question, code)


def by_verdict(
    framework: Framework, assessment: Assessment, found: Mapping[Verdict, list[str]]
) -> tuple[CardOutcome, ...]:
    """Return the results of each verdict; those that change nothing come last."""
    now = assessment.verdict
    return tuple(
        CardOutcome(
            results=tuple(found[verdict]),
            verdict=verdict,
            verdict_name=framework.verdicts[verdict].name,
            stays=verdict == now,
        )
        for verdict in sorted(found, key=lambda verdict: verdict == now)
    )
