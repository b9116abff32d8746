"""All answers of an audit in words, by section."""

from audits.frameworks.answering import flow
from audits.frameworks.questions import Question, Section
from audits.frameworks.schema import Framework
from audits.models import Audit
from audits.models.audits import values
from audits.scoring import Assessment
from audits.services.answers.words import words_of


def answer_list(
    framework: Framework, assessment: Assessment, audit: Audit
) -> list[tuple[Section, list[tuple[Question, str]]]]:
    """Pair every applicable question with its answer in words, by section.

    Where boxes were ticked, the answer names them.
    """
    applicable = flow.applicable(framework, assessment.codes)
    given = values(audit.answers)
    return [
        (
            section,
            [
                (question, _words(framework, assessment, question, given))
                for question in applicable
                if question.section == section.id
            ],
        )
        for section in framework.sections
    ]


def _words(
    framework: Framework,
    assessment: Assessment,
    question: Question,
    given: dict[str, object],
) -> str:
    words = framework.words(question.id, assessment.codes)
    ticked = given.get(question.id)
    if question.kind != "ticks" or not isinstance(ticked, list):
        return words
    return f"{words}: {words_of(framework, 'answer', question.id, ticked)}"
