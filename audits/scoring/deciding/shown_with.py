"""What a test shows beside the answer that it gives.

A result that says how near the target is needs cases that are there, and ways that were
tested. So once it is measured, these answers are shown as well: results of candidates
count so, and what would change a verdict has to count alike.
"""

from collections.abc import Mapping

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code, Codes
from audits.frameworks.schema import Framework
from audits.scoring.deciding.candidates import MORE_THAN_SHOWN
from audits.scoring.deciding.circumstances import Circumstances

_TEST_SET, _SHOWN_SET = "eval", "small_set"
_SHOWN_WITH: Mapping[str, tuple[str, ...]] = {
    "quality_gap": (_TEST_SET, "tried", "passed"),
    "smaller_model": (_TEST_SET,),
    "teacher": (_TEST_SET,),
}


def shown_with(
    framework: Framework, codes: Codes, question: str, under: Circumstances
) -> dict[str, Code]:
    """Return the answers that are only asserted, and shown by a test of another one.

    Cases that were run show a test set, and not that it runs after every change. Where
    there is no set yet, a test that needs one is another step.

    Args:
        framework: The framework of the answers.
        codes: The answers that count.
        question: What the test answers.
        under: How the answers are proved.
    """
    has_set = codes.get(_TEST_SET) in (_SHOWN_SET, *MORE_THAN_SHOWN)
    if not (framework.asserted_unless_marked and has_set):
        return {}
    return {
        each: _SHOWN_SET if each == _TEST_SET else codes[each]
        for each in _SHOWN_WITH.get(question, ())
        if flow.is_known(codes, each) and under.is_asserted(framework, each)
    }


def less_than_said(
    framework: Framework, codes: Codes, under: Circumstances
) -> tuple[tuple[str, str], ...]:
    """Return the label and the answer of a test set of which results show less.

    Args:
        framework: The framework of the answers.
        codes: The answers that count.
        under: How the answers are proved.
    """
    shown = shown_with(framework, codes, "quality_gap", under)
    return tuple(
        (framework.question_by_id[q].label, framework.words(q, {q: code}))
        for q, code in shown.items()
        if code != codes[q]
    )
