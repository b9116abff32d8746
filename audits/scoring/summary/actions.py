"""What people can do that would change a verdict."""

from collections.abc import Mapping

from audits.frameworks.schema import Framework
from audits.scoring.deciding.flips import Change, Flip
from audits.scoring.explaining.assessment import Assessment

ACTIONS = 3
# After the numbers of reviewed examples come examples that nobody reviewed.
_NO_AIM: Mapping[str, tuple[str, ...]] = {"examples": ("implicit", "unlabelled_logs")}
# What the use case is: with another answer, it would be another use case.
_IS = ("task_shape", "component", "domain_vocab")
# A pick that another answer rules out: nobody tests documents that there are not.
_AGAINST: Mapping[tuple[str, str], tuple[str, str]] = {
    ("tried", "documents"): ("knowledge_size", "none"),
    ("tried", "hybrid"): ("knowledge_size", "none"),
}

# Whether a job has images or speech is known before anything is measured.
_NO_FINDING: Mapping[str, tuple[str, ...]] = {
    "component": ("vision", "inspector", "speech")
}


def actions(framework: Framework, assessment: Assessment) -> tuple[Flip, ...]:
    """Return the first three changes that people can bring about, one a question.

    A first measurement is one, and the team's own work that makes an answer better. A
    change of the world is not, since nobody here can act on it, nor is a loss, nor that
    the job has images or speech.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
    """
    able = [
        flip
        for flip in changes_in_order(assessment)
        if all(_is_action(framework, assessment, change) for change in flip.changes)
    ]
    # A measurement may also show a loss; what a team would bring about comes first.
    able.sort(key=lambda flip: not _is_gain(framework, assessment, flip))
    found: dict[tuple[str, ...], Flip] = {}
    for flip in able:
        found.setdefault(tuple(x.question for x in flip.changes), flip)
    return tuple(found.values())[:ACTIONS]


def changes_in_order(assessment: Assessment) -> tuple[Flip, ...]:
    """Return the changes that no other answer contradicts, in their order.

    Those that only another use case would bring come last.

    Args:
        assessment: What was decided, with its flips.
    """
    found = (
        flip
        for flip in assessment.flips
        if not any(_is_against(assessment, change) for change in flip.changes)
    )
    return tuple(sorted(found, key=is_another_use_case))


def is_another_use_case(flip: Flip) -> bool:
    """Return whether a change would make the use case another one."""
    return any(each.way == "world" and each.question in _IS for each in flip.changes)


def _is_against(assessment: Assessment, change: Change) -> bool:
    question, option = _AGAINST.get((change.question, change.option), ("", ""))
    return bool(question) and assessment.codes.get(question) == option


def _is_action(framework: Framework, assessment: Assessment, change: Change) -> bool:
    if change.option in _NO_FINDING.get(change.question, ()):
        return False
    if change.way != "work":
        return change.way == "measure"
    return _leads_on(framework, assessment, change)


def _is_gain(framework: Framework, assessment: Assessment, flip: Flip) -> bool:
    return all(_leads_on(framework, assessment, change) for change in flip.changes)


def _leads_on(framework: Framework, assessment: Assessment, change: Change) -> bool:
    """Return whether a change is a first answer, or one that work would aim at."""
    now = assessment.codes.get(change.question)
    if not isinstance(now, str):
        return True  # one more way that is tried
    question = framework.question_by_id[change.question]
    options = [each.id for each in question.options]
    if now not in options:
        return change.way == "measure"  # not known yet
    if change.option in _NO_AIM.get(change.question, ()):
        return False
    is_later = options.index(change.option) > options.index(now)
    return is_later if question.better == "later" else not is_later
