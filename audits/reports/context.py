"""What a board paper says, gathered from one frozen audit."""

from dataclasses import dataclass
from datetime import datetime

from audits.frameworks.schema import Framework
from audits.models import Audit, Cover
from audits.reports.page_one import PageOne, page_one
from audits.scoring import Assessment, document
from audits.scoring.circumstances import EvidenceLevel
from audits.services.assessments import framework_of
from audits.services.covers import cover_of
from audits.services.reports import TEMPLATE_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answered question, in words."""

    section: str
    label: str
    answer: str
    level: EvidenceLevel | None


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
    one: PageOne
    framework_title: str
    answers: tuple[AnswerRow, ...]


def build_paper(audit: Audit, cover: Cover | None = None) -> Paper:
    """Gather the paper of a submitted audit.

    Args:
        audit: The audit.
        cover: The author's words, if others than the stored ones.

    Raises:
        ValueError: The audit is a draft.
    """
    if audit.assessment is None or audit.submitted_at is None:
        message = "a paper is made of a submitted audit"
        raise ValueError(message)
    assessment = document.load(audit.assessment)
    use_case = audit.use_case
    framework = framework_of(audit)
    one = page_one(framework, assessment, cover or cover_of(audit), use_case.name)
    return Paper(
        organization=str(use_case.organization),
        reference=use_case.reference,
        title=one.title,
        team=str(use_case.team),
        owner=str(use_case.owner),
        author=str(audit.submitted_by),
        submitted_at=audit.submitted_at,
        state=audit.get_state_display(),
        template_version=TEMPLATE_VERSION,
        assessment=assessment,
        one=one,
        framework_title=framework.title,
        answers=_answers(framework, assessment),
    )


def _answers(framework: Framework, assessment: Assessment) -> tuple[AnswerRow, ...]:
    titles = {section.id: section.title for section in framework.sections}
    return tuple(
        AnswerRow(
            section=titles[question.section],
            label=question.label,
            answer=framework.words(question.id, assessment.codes),
            level=assessment.levels.get(question.id),
        )
        for question in framework.questions
        if question.id in assessment.codes
    )
