"""The answers that decide and that nothing shows, before an audit is submitted."""

from dataclasses import dataclass

from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.summary.found.tried_by_hand import shown_levels
from audits.scoring.summary.sureness import deciding_questions

# An answer without a level counts as asserted.
_IT_LACKS = "no evidence: it is asserted, or no level is chosen"
_THEY_LACK = "have no evidence: they are asserted, or no level is chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """The questions with such answers, in their order, and how many, in words."""

    questions: tuple[Question, ...]
    says: str


def asserted_answers(framework: Framework, assessment: Assessment) -> Asserted | None:
    """Return what decides and is only asserted, as the result counts it; or None."""
    known, decide = shown_levels(assessment), deciding_questions(framework, assessment)
    found = tuple(
        each
        for each in framework.questions
        if each.id in decide and known.get(each.id, "asserted") == "asserted"
    )
    if not found:
        return None
    return Asserted(questions=found, says=lacking(len(found), len(decide)))


def lacking(few: int, many: int) -> str:
    """Say how many of the answers that decide lack evidence.

    Args:
        few: How many lack it.
        many: How many decide.
    """
    if many == 1:
        return f"The only deciding answer has {_IT_LACKS}"
    who = f"All {many}" if few == many else f"{few} of {many}"
    return f"{who} deciding answers {f'has {_IT_LACKS}' if few == 1 else _THEY_LACK}"
