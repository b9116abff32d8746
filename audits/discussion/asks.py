"""Requests to colleagues, in words."""

from dataclasses import dataclass

from audits.frameworks.questions import Question, Section
from audits.models import AnswerRequest
from audits.scoring.cards.steps import Step, step_for
from audits.services.discussion import answer_requests
from audits.services.people.mails import path_to_answer
from audits.services.verdicts.assessments import assessment_of, framework_of


@dataclass(frozen=True, slots=True)
class AskRow:
    """One request to a colleague, in words."""

    ask: AnswerRequest
    section: Section
    question: Question | None

    @property
    def is_begun(self) -> bool:
        """Whether any of it is answered."""
        return answer_requests.is_begun(self.ask)

    @property
    def path(self) -> str:
        """Where it is answered."""
        return path_to_answer(self.ask.audit_id, self.ask.section, self.ask.question)

    @property
    def step(self) -> Step | None:
        """The step of the evidence plan that answers the question, if there is one."""
        audit = self.ask.audit
        if self.question is None or not (audit.is_draft and audit.codes):
            return None
        found = assessment_of(audit)
        return step_for(framework_of(audit), found, self.question.id)


def row_of(ask: AnswerRequest) -> AskRow:
    """Return a request in words."""
    framework = framework_of(ask.audit)
    section = next(s for s in framework.sections if s.id == ask.section)
    return AskRow(ask, section, framework.question_by_id.get(ask.question))
