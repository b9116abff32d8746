"""What the advice leaves where several faults were counted, and the step to sort them.

Each fault is decided alone, by the rules that decide all of them together: the result
of one is what to do next, once the others are gone (docs/decisions/0120).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from audits.frameworks.faults import FaultWords
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import decide_on, given_to
from audits.scoring.cards.card import Card, answered_by
from audits.scoring.cards.outcomes import AS_NOW, CardOutcome, NextStep
from audits.scoring.deciding.decision import Decision
from audits.scoring.explaining.advice import Advice, advice, advised_step
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import hours_cost

SORT_FAULTS = "sort_faults"
_TEN = 10  # answers that the question about faults asks for


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultAlone:
    """What is advised for one fault alone: the verdict, and its step in words."""

    name: str
    verdict: Verdict
    verdict_name: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ByFault:
    """The faults that the advice is for, and those that it leaves."""

    own: tuple[str, ...]
    left: tuple[FaultAlone, ...]


def by_fault(
    framework: Framework, assessment: Assessment, inputs: Inputs | None = None
) -> ByFault | None:
    """Return which of several faults the advice is for; None if it is for all alike.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from; None for what the assessment keeps of it.
    """
    question, on = framework.faults_question, assessment.on
    picked = assessment.codes.get(question or "", ())
    is_one = isinstance(picked, str) or len(picked) < 2  # noqa: PLR2004 - several
    if not question or is_one or on is None or assessment.advice is None:
        return None
    if framework.faults is None or assessment.prerequisite or assessment.measurements:
        return None
    given = inputs or given_to(assessment)[0]
    together = decide_on(framework, given, on)
    if together.verdict != assessment.verdict or _is_kept(framework, together):
        return None
    own, left = [], []
    for fault in picked:
        alone = _alone(framework, given, question, fault, on)
        if _advised(framework, alone) == _advised(framework, together):
            own.append(framework.label(question, fault))
        elif not _is_kept(framework, alone):
            left.append(_told(framework, alone, framework.label(question, fault)))
    return ByFault(own=tuple(own), left=tuple(left)) if left else None


def _is_kept(framework: Framework, decision: Decision) -> bool:
    """Return whether what runs or was tested goes on, so that no step follows."""
    is_step = decision.verdict == decision.context_layer
    return is_step and advised_step(framework, decision)[0] in framework.kept_steps


def _alone(
    framework: Framework, given: Inputs, question: str, fault: str, on: date
) -> Decision:
    codes = {**given.codes, question: (fault,)}
    return decide_on(framework, replace(given, codes=codes), on)


def _advised(framework: Framework, decision: Decision) -> tuple[str, ...]:
    """Return what a decision advises, as far as it is another thing to do."""
    if decision.verdict == decision.context_layer:
        return decision.verdict, advised_step(framework, decision)[0]
    found = advice(framework, decision)
    kind = found.training_kind if found else None
    return decision.verdict, kind.id if kind else ""


def _told(framework: Framework, decision: Decision, name: str) -> FaultAlone:
    verdict_name = framework.verdicts[decision.verdict].name
    found = advice(framework, decision)
    return FaultAlone(
        name=name,
        verdict=decision.verdict,
        verdict_name=verdict_name,
        step=_step(decision, found) or lower_first(verdict_name),
    )


def _step(decision: Decision, found: Advice | None) -> str:
    """Return the words of the step; empty where the verdict says it all."""
    if found is None:
        return ""
    if decision.verdict == decision.context_layer:
        return found.step.says
    # A move that trains a successor is said by the verdict too.
    if found.standing is None or found.training_kind is None:
        return ""
    return found.training_kind.says


def is_sorted(framework: Framework, assessment: Assessment) -> bool:
    """Return whether the failing cases were sorted: the answer of that is measured."""
    return assessment.levels.get(framework.faults_question or "") == "measured"


def left_once_sorted(
    framework: Framework, assessment: Assessment, inputs: Inputs | None
) -> str:
    """Return which faults the advice leaves, where no step sorts them any more."""
    if framework.faults is None or not is_sorted(framework, assessment):
        return ""
    found = by_fault(framework, assessment, inputs)
    return left_said(framework.faults, found, assessment) if found else ""


def sorting(
    framework: Framework, assessment: Assessment, inputs: Inputs | None
) -> Iterator[Card]:
    """Yield the step that sorts the failing cases, if the order of steps needs it.

    It is done once its answer is measured.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: As for `by_fault`.
    """
    if is_sorted(framework, assessment):
        return
    found, words = by_fault(framework, assessment, inputs), framework.faults
    if found is None or words is None:
        return
    given = inputs or given_to(assessment)[0]
    counted = given.failing
    failed = counted.failed if counted else 0
    number = min(failed or _TEN, words.most_cases)
    cases = _cases(words, failed)
    which = f"{number} of {cases}" if failed > number else cases
    hours = max(1, ceil(number * words.minutes_a_case / 60))
    asked = answered_by(framework, {framework.faults_question or ""})
    yield Card(
        id=SORT_FAULTS,
        name=words.name.replace("{cases}", which),
        asks=words.asks,
        how=words.how,
        sample=which[:1].upper() + which[1:],
        measure=words.measure,
        hours=hours,
        cost=hours_cost(assessment, hours),
        because=words.because,
        cases=number,
        outcomes=tuple(_outcomes(framework, assessment, found, words)),
        answers=asked,
        by_hand=asked,
        leaves=left_said(words, found, assessment),
    )


def _cases(words: FaultWords, failed: int) -> str:
    """Name the cases that failed, with their number if it is known."""
    if not failed:
        return words.untested
    said = words.cases.replace("{number}", f"{failed:,}")
    return said.replace("1 cases", "case") if failed == 1 else said


def _outcomes(
    framework: Framework, assessment: Assessment, found: ByFault, words: FaultWords
) -> Iterator[CardOutcome]:
    """Yield where each fault leads if most cases have it; what changes comes first."""
    for each in sorted(found.left, key=lambda x: x.verdict == assessment.verdict):
        stays = each.verdict == assessment.verdict
        yield CardOutcome(
            results=(words.result.replace("{fault}", each.name),),
            verdict=each.verdict,
            verdict_name=each.verdict_name,
            stays=stays,
            then=NextStep(each.step) if stays else AS_NOW,
        )
    if found.own:
        yield CardOutcome(
            results=tuple(words.result.replace("{fault}", x) for x in found.own),
            verdict=assessment.verdict,
            verdict_name=framework.verdicts[assessment.verdict].name,
            stays=True,
        )


def left_said(words: FaultWords, found: ByFault, assessment: Assessment) -> str:
    """Say for which faults the advice is, which it leaves, and what to do about them.

    Args:
        words: Those of the framework.
        found: The faults.
        assessment: What was decided for all of them.
    """
    first = words.for_some if found.own else words.for_all
    left = [each.name for each in found.left]
    said = [first.replace("{own}", _row(found.own)).replace("{left}", _row(left))]
    for each in found.left:
        step = each.step
        if each.verdict != assessment.verdict and step != lower_first(
            each.verdict_name
        ):
            step = f"{step} ({each.verdict_name})"
        said.append(words.alone.replace("{fault}", each.name).replace("{step}", step))
    return " ".join(said)


def left_in_short(framework: Framework, assessment: Assessment) -> str:
    """Name the faults that the advice leaves, for page 1; empty if it leaves none.

    Args:
        framework: The framework of the assessment, which has the words.
        assessment: What was decided for all of them.
    """
    words, found = framework.faults, by_fault(framework, assessment)
    if words is None or found is None or not found.own:
        return ""
    return words.in_short.replace("{left}", _row([each.name for each in found.left]))


def _row(names: tuple[str, ...] | list[str]) -> str:
    """Return quoted names in a row."""
    quoted = [f"“{name}”" for name in names]
    *first, last = quoted or [""]
    return f"{', '.join(first)} and {last}" if first else last
