"""What is only asked once answers have changed, and then says which verdict follows.

Such a change alone leads to no one verdict.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances, EvidenceLevel
from audits.scoring.deciding.possibilities import possibilities


def then_asked(
    framework: Framework,
    given: Mapping[str, Code],
    changed: Collection[str],
    under: Circumstances,
    before: Collection[str],
) -> tuple[str, ...]:
    """Return the labels of the questions that changed answers let decide.

    Args:
        framework: The framework of the answers.
        given: All the answers after the change, those that do not count included.
        changed: The questions that were changed; these answers are measured.
        under: The market of the day, and how the answers are proved.
        before: The questions that applied before the change.
    """
    codes = flow.relevant(framework, given)
    new = {
        question.id
        for question in flow.applying(framework, codes)
        if question.id not in before and not flow.is_known(codes, question.id)
    }
    if not new:
        return ()
    measured: dict[str, EvidenceLevel] = dict.fromkeys(changed, "measured")
    failure = framework.failure
    shown = failure is not None and failure.question in changed
    unshown = frozenset() if shown else under.unshown
    proved = replace(under, levels={**under.levels, **measured}, unshown=unshown)
    asked = framework.question_by_id.keys() - new
    # Not the facts of the market: `under` has them.
    answers = {x: code for x, code in given.items() if x in framework.answerable}
    found = possibilities(framework, answers, asked, proved)
    if found.is_settled:
        return ()
    return tuple(framework.question_by_id[each].label for each in found.questions)
