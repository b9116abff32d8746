"""Which candidates nobody tests, as no result could put right what rules them out."""

from audits.frameworks.schema import Framework
from audits.scoring.deciding.candidates import TICKS
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.scored.candidates import ScoredKind
from audits.scoring.step_facts import card_facts


def testable(
    framework: Framework, assessment: Assessment, kinds: tuple[ScoredKind, ...]
) -> tuple[ScoredKind, ...]:
    """Return the kinds of candidates that are worth a test.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        kinds: The kinds that a step tests.
    """
    out = _ways_out(framework, assessment)
    asked = framework.question_by_id.get(TRIED)
    if not out or asked is None:
        return kinds
    ticks = {str(kind): tick for kind, tick in TICKS.items()}
    options = {kind: asked.option(ticks.get(str(kind), "")) for kind in kinds}
    return tuple(
        kind
        for kind, option in options.items()
        if option is None or not option.tests or not out.issuperset(option.tests)
    )


def is_ruled_out(framework: Framework, assessment: Assessment, question: str) -> bool:
    """Return whether all that the step for a question tests is ruled out.

    A test set is built whatever is tested on it.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        question: The question that the step answers.
    """
    facts = card_facts().question.get(question)
    if facts is None or question == card_facts().test_set.question:
        return False
    kinds = tuple(kind for kind in TICKS if kind in facts.kinds)
    is_all = len(kinds) == len(facts.kinds)
    return bool(kinds) and is_all and not testable(framework, assessment, kinds)


def _ways_out(framework: Framework, assessment: Assessment) -> frozenset[str]:
    """Return the ways that are ruled out by what is no result of a test."""
    found = assessment.advice.ruled_out if assessment.advice else {}
    fixed = {
        row.says
        for row in framework.ruled_out
        if framework.measurements.isdisjoint(framework.read_by(row.when))
    }
    return frozenset(way for way, says in found.items() if says in fixed)
