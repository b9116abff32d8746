"""What another result of a candidate would give in the place of the one that counts."""

from collections.abc import Iterator
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import assess_on, given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.answers import TESTED
from audits.scoring.scored.candidates import (
    Candidates,
    ReplacedResult,
    ScoredCandidate,
)

NO_EFFECT = "every answer and the verdict would be the same"


def would_give(framework: Framework, assessment: Assessment, found: Candidates) -> str:
    """Return which answers and which verdict other candidates would give, in words.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        found: The candidates, with the other result.
    """
    then = _with(framework, assessment, found)
    answers = ", ".join(_answers(framework, assessment, then))
    is_same = then.named.name == assessment.named.name
    if not answers and is_same:
        return NO_EFFECT
    verdict = "the same" if is_same else f"“{then.named.name}”"
    before = f"{answers} and " if answers else ""
    return f"{before}the verdict would be {verdict}"


def verdict_with(
    framework: Framework, assessment: Assessment, found: Candidates
) -> str:
    """Return the name of the verdict that other candidates would give."""
    return _with(framework, assessment, found).named.name


def _with(
    framework: Framework, assessment: Assessment, found: Candidates
) -> Assessment:
    inputs, day = given_to(assessment)
    given = replace(inputs, candidates=found)
    return assess_on(framework, given, day, open_only=True)


def _answers(framework: Framework, now: Assessment, then: Assessment) -> Iterator[str]:
    for question in framework.questions:
        key = question.id
        if key not in TESTED and now.codes.get(key) != then.codes.get(key):
            words = "have no answer"
            if key in then.codes:
                words = f"be “{framework.words(key, then.codes)}”"
            yield f"“{question.label}” would {words}"


def scored(found: ReplacedResult | ScoredCandidate) -> str:
    """Return the result in short.

    >>> scored(ReplacedResult(kind="prompt", cases=60, passed=43))
    '43 of 60'
    """
    if found.passed is None:
        return f"mean score {float(found.mean or 0):.3g} on {found.cases:,} cases"
    return f"{found.passed:,} of {found.cases:,}"


def in_brackets(*parts: str) -> str:
    """Return what is known of several parts, in brackets after a word.

    >>> in_brackets("a.csv", ""), in_brackets("")
    (' (a.csv)', '')
    """
    said = ", ".join(filter(None, parts))
    return f" ({said})" if said else ""
