"""What counts of an answer while a newer one of the same question is refused."""

from audits.models import Audit
from audits.services.answers.words import words_of
from audits.services.verdicts.assessments import framework_of
from audits.wizard.forms.answers_form import AnswersForm, value_of


def still_saved(audit: Audit, form: AnswersForm) -> str:
    """Say what is saved of an answer that was refused; empty if nothing is."""
    if not form.is_bound:
        return ""
    refused = (q for q in form.applicable if q in form.errors and q in audit.answers)
    kept = {q: value_of(audit.answers, q) for q in refused}
    question = next((q for q, value in kept.items() if value is not None), None)
    if question is None:
        return ""
    words = words_of(framework_of(audit), "answer", question, kept[question])
    return f"“{form.questions[question].label}” is saved as “{words}”"
