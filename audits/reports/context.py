"""What a board paper says, gathered from one frozen audit."""

from dataclasses import dataclass
from datetime import datetime

from audits.frameworks.schema import Framework
from audits.models import Audit
from audits.scoring import Assessment, document
from audits.services.assessments import framework_of
from audits.services.reports import TEMPLATE_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answered question, in words."""

    section: str
    label: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One board paper, ready for the template."""

    organization: str
    reference: str
    title: str
    team: str
    owner: str
    author: str
    submitted_at: datetime
    state: str
    template_version: str
    assessment: Assessment
    answers: tuple[AnswerRow, ...]


def build_paper(audit: Audit) -> Paper:
    """Gather the paper of a submitted audit.

    Raises:
        ValueError: The audit is a draft.
    """
    if audit.assessment is None or audit.submitted_at is None:
        message = "a paper is made of a submitted audit"
        raise ValueError(message)
    assessment = document.load(audit.assessment)
    use_case = audit.use_case
    return Paper(
        organization=str(use_case.organization),
        reference=use_case.reference,
        title=f"{use_case.name}: {_lower_first(assessment.verdict_name)}",
        team=str(use_case.team),
        owner=str(use_case.owner),
        author=str(audit.submitted_by),
        submitted_at=audit.submitted_at,
        state=audit.get_state_display(),
        template_version=TEMPLATE_VERSION,
        assessment=assessment,
        answers=_answers(framework_of(audit), assessment),
    )


def _answers(framework: Framework, assessment: Assessment) -> tuple[AnswerRow, ...]:
    titles = {section.id: section.title for section in framework.sections}
    return tuple(
        AnswerRow(
            section=titles[question.section],
            label=question.label,
            answer=framework.words(question.id, assessment.codes),
        )
        for question in framework.questions
        if question.id in assessment.codes
    )


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
