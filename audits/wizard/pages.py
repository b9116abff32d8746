"""The pages of the wizard that ask questions: a section, one question, the next one.

All three use the same form; they differ in what is around it and in the next page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.core.validators import slug_re
from django.http import Http404
from django.urls import reverse

from audits.frameworks.answering import flow
from audits.frameworks.answering.progress import progress
from audits.frameworks.questions import Question, Section
from audits.frameworks.schema import Framework
from audits.models import Audit, User
from audits.scoring.cards.faults import SORT_FAULTS
from audits.services.verdicts.assessments import framework_of


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Some questions of one audit on one page.

    `step` is the step of the evidence plan that led to it, and is led back to; it is
    empty if none did.
    """

    kind: Literal["section", "question", "next"]
    framework: Framework
    audit: Audit
    questions: tuple[Question, ...]
    section: Section
    step: str = ""

    @property
    def template(self) -> str:
        """The template of the whole page."""
        return f"wizard/{self.kind}_page.html"

    @property
    def title(self) -> str:
        """The name of the page: of its section, or the label of its question."""
        return self.label or self.section.title

    @property
    def label(self) -> str:
        """The label of the only question; empty for a section."""
        return "" if self.kind == "section" else self.questions[0].label

    @property
    def heading(self) -> str:
        """The heading of the page: the question, if it asks one."""
        return self.section.title if self.kind == "section" else self.questions[0].text

    @property
    def step_says(self) -> str:
        """How the step that led here finds the answer; empty if it does not say."""
        words = self.framework.faults
        return words.how if words and self.step == SORT_FAULTS else ""

    @property
    def eyebrow(self) -> str:
        """The position of the page, and how long its section takes."""
        if self.kind == "question":
            here = self.asked_in(self.section)
            place = (
                here.index(self.questions[0]) + 1 if self.questions[0] in here else 1
            )
            return f"{self.section.title} · question {place} of {len(here)}"
        # Of all sections, as the list beside the page has them: other answers change
        # which of them ask something.
        sections = self.framework.sections
        number = sections.index(self.section) + 1
        position = f"Section {number} of {len(sections)}"
        here = self.asked_in(self.section)
        codes = self.audit.codes
        if self.kind == "next":  # what is left in all is there, once something is said
            return "" if codes else f"{position}."
        if all(flow.is_answered(codes, question) for question in here):
            return position
        part = progress(self.framework, codes).sections[number - 1]
        minutes = part.minutes_left
        if not minutes:
            return f"{position} · under a minute"
        said = f"{minutes} minute{'s' * (minutes != 1)}"
        return f"{position} · {f'{said} left' if part.answered else f'about {said}'}"

    def asked_in(self, section: Section) -> list[Question]:
        """The questions of a section that apply now."""
        applicable = flow.applicable(self.framework, self.audit.codes)
        return [question for question in applicable if question.section == section.id]

    @property
    def tells_levels(self) -> bool:
        """Whether the page says at its top what the levels of evidence are."""
        return self.kind not in ("next", "question") and bool(
            self.applicable(self.audit)
        )

    @property
    def tells_levels_once(self) -> bool:
        """Whether it says so at its question, because that is the first one."""
        here = {question.id for question in self.questions}
        return self.kind == "next" and self.audit.codes.keys() <= here

    @property
    def has_notes(self) -> bool:
        """Whether the page has note fields."""
        return self.kind == "question"

    @property
    def url(self) -> str:
        """The address of the page."""
        if self.kind == "next":
            return next_url(self.audit, self.questions[0].id)
        if self.kind == "question":
            url = question_url(self.audit, self.questions[0].id)
            return f"{url}?step={self.step}" if self.step else url
        return section_url(self.audit, self.section)

    @property
    def before(self) -> str:
        """The address of the question that was answered before this one, or ""."""
        if self.kind != "next":
            return ""
        at = {
            question.id: self.audit.answers[question.id]["at"]
            for question in flow.applicable(self.framework, self.audit.codes)
            if question.id in self.audit.answers
        }
        here = at.pop(self.questions[0].id, None)
        earlier = [q for q, then in at.items() if here is None or then < here]
        last = max(earlier, key=at.__getitem__, default=None)
        return next_url(self.audit, last) if last else ""

    def applicable(self, audit: Audit) -> list[str]:
        """The ids of the page's questions that apply to the audit now."""
        here = {question.id for question in self.questions}
        applicable = flow.applicable(self.framework, audit.codes)
        return [question.id for question in applicable if question.id in here]

    def after(self, audit: Audit, by: User, drawn: Sequence[str]) -> str:
        """Return where to go once this page is saved.

        To an open question here that was not there when the page was `drawn`: it may
        have appeared above what somebody read. Else back to the step of the evidence
        plan that led here, or onwards: question by question or
        section by section, as the person has chosen, or to what can still change the
        verdict.
        """
        appeared = [
            question
            for question in self.applicable(audit)
            if question not in drawn and question not in audit.codes
        ]
        if appeared:
            return f"{self.url}#slot-{appeared[0]}"
        if self.kind == "next":
            return reverse("next", args=(audit.pk,))
        if self.kind == "section":
            return after_section(self.framework, audit, self.section, by)
        if self.step:
            return reverse("experiment", args=(audit.pk, self.step))
        return _after_question(self.framework, audit, self.questions[0], by)


def section_page(audit: Audit, section_id: str) -> AnswerPage:
    """Return the page of a section, or raise Http404."""
    framework = framework_of(audit)
    section = _section(framework, section_id)
    questions = framework.in_section(section_id)
    return AnswerPage("section", framework, audit, questions, section)


def question_page(audit: Audit, question_id: str, step: str = "") -> AnswerPage:
    """Return the page of one question, or raise Http404.

    Args:
        audit: The audit.
        question_id: The question.
        step: The step of the evidence plan that led there, as an address has it.
    """
    framework = framework_of(audit)
    question = framework.question_by_id.get(question_id)
    if question is None:
        message = "No such question"
        raise Http404(message)
    section = _section(framework, question.section)
    step = step if slug_re.fullmatch(step) else ""
    return AnswerPage("question", framework, audit, (question,), section, step)


def next_page(audit: Audit, question_id: str) -> AnswerPage:
    """Return the page of a question that leads to the next, or raise Http404."""
    return replace(question_page(audit, question_id), kind="next")


def first_open(audit: Audit, by: User) -> str:
    """Return the address of the first open question, or of the check."""
    framework = framework_of(audit)
    codes = flow.relevant(framework, audit.codes)
    section = progress(framework, codes).next_section
    if section is None:
        return reverse("check", args=(audit.pk,))
    here = [q for q in flow.applicable(framework, codes) if q.section == section.id]
    question = next(q for q in here if q.id not in codes)
    if by.one_question_a_page:
        return question_url(audit, question.id)
    # The questions above it are answered, so it is shown at once.
    where = "" if question == here[0] else f"#slot-{question.id}"
    return f"{section_url(audit, section)}{where}"


def open_question(page: AnswerPage) -> Question | None:
    """Return the first open question of a page, else its first; None if it has none.

    A submitted audit has no open questions.
    """
    if not page.audit.is_draft:
        return None
    applicable = page.applicable(page.audit)
    here = [q for q in applicable if q not in page.audit.codes] or applicable
    return page.framework.question_by_id[here[0]] if here else None


def after_section(
    framework: Framework, audit: Audit, section: Section | None, by: User
) -> str:
    """Return the page after a section: the next one that asks, then the numbers."""
    sections = list(framework.sections)
    following = sections[sections.index(section) + 1 if section else 0 :]
    applicable = flow.applicable(framework, audit.codes)
    for each in following:
        first = next((q for q in applicable if q.section == each.id), None)
        if first and by.one_question_a_page:
            return question_url(audit, first.id)
        if first:
            return section_url(audit, each)
    return reverse("numbers", args=(audit.pk,))


def _after_question(
    framework: Framework, audit: Audit, question: Question, by: User
) -> str:
    """Return the next open question of the section, or what comes after all of them."""
    applicable = flow.applicable(framework, audit.codes)
    here = [q.id for q in applicable if q.section == question.section]
    place = here.index(question.id) + 1 if question.id in here else len(here)
    section = _section(framework, question.section)
    if by.one_question_a_page and place < len(here):
        return question_url(audit, here[place])
    if by.one_question_a_page:
        return reverse("section_check", args=(audit.pk, section.id))
    if left := [q for q in here[place:] if q not in audit.codes]:
        return question_url(audit, left[0])
    return after_section(framework, audit, section, by)


def next_url(audit: Audit, question_id: str) -> str:
    """Return the address that asks a question and leads to the next."""
    return reverse("next_question", args=(audit.pk, question_id))


def section_url(audit: Audit, section: Section | None) -> str:
    """Return the address of a section."""
    return reverse("section", args=(audit.pk, section.id if section else ""))


def question_url(audit: Audit, question_id: str) -> str:
    """Return the address of a question."""
    return reverse("question", args=(audit.pk, question_id))


def _section(framework: Framework, section_id: str) -> Section:
    for section in framework.sections:
        if section.id == section_id:
            return section
    message = "No such section"
    raise Http404(message)
