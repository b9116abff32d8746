"""One section of the framework as a form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN, Question
from audits.wizard.layout import QuestionSlot

DONT_KNOW = "I don\u2019t know yet"
NONE_OF_THESE = "none_of_these"
_RECORDED = "recorded:"


@dataclass(frozen=True, slots=True)
class Card:
    """What an option card says."""

    name: str
    text: str
    unsure: bool = False

    def __str__(self) -> str:
        return self.name


class SectionForm(forms.Form):
    """The questions of a section that apply.

    Every question may stay open. A question that does not apply has no field, so
    its stored answer is neither shown nor touched.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        asked: Iterable[str],
        codes: Mapping[str, Code],
        data: Any = None,
        *,
        swapped: bool = False,
    ) -> None:
        self.questions = {question.id: question for question in questions}
        self.asked = set(asked) & set(self.questions)
        super().__init__(data, initial=_initial(self.questions, codes))
        for question in self.questions.values():
            if question.id in self.asked:
                self.fields[question.id] = _field(question, codes.get(question.id))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *(
                QuestionSlot(question, asked=question.id in self.asked, swapped=swapped)
                for question in self.questions.values()
            )
        )

    @property
    def answers(self) -> dict[str, Any]:
        """The valid answers as they are stored; None takes one back."""
        return {
            question_id: _stored(self.questions[question_id], value)
            for question_id, value in self.cleaned_data.items()
        }


def _field(question: Question, code: Code | None) -> forms.Field:
    unsure = (UNKNOWN, Card(DONT_KNOW, question.find_out, unsure=True))
    if question.kind == "one":
        cards = [(o.id, Card(o.name, o.text)) for o in question.options]
        return forms.ChoiceField(
            choices=[*cards, unsure],
            widget=forms.RadioSelect,
            required=False,
            label=question.text,
        )
    return _SeveralField(question, code, unsure)


class _SeveralField(forms.MultipleChoiceField):
    """Several options, or ticks; the two that stand for themselves stand alone."""

    def __init__(
        self, question: Question, code: Code | None, unsure: tuple[str, Card]
    ) -> None:
        parts = question.ticks or question.options
        cards = [(part.id, Card(part.name, part.text)) for part in parts]
        self.most = question.most if question.kind == "several" else len(parts)
        self.alone = {UNKNOWN: unsure[1]}
        if question.kind == "ticks":
            self.alone[NONE_OF_THESE] = Card("None of these", "")
            cards.append((NONE_OF_THESE, self.alone[NONE_OF_THESE]))
            if isinstance(code, str) and (option := question.option(code)):
                text = "As recorded before. Tick the single points to replace it."
                recorded = _RECORDED + code
                self.alone[recorded] = Card(option.name, text)
                cards.insert(0, (recorded, self.alone[recorded]))
        super().__init__(
            choices=[*cards, unsure],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=question.text,
        )

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for alone, card in self.alone.items():
            if alone in value and len(value) > 1:
                message = f"Choose “{card}” alone, or leave it out"
                raise forms.ValidationError(message, code="alone")
        if len(value) > self.most:
            message = f"Pick up to {self.most}; {len(value)} are picked"
            raise forms.ValidationError(message, code="too_many")


def _initial(
    questions: Mapping[str, Question], codes: Mapping[str, Code]
) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for question_id, question in questions.items():
        code = codes.get(question_id)
        if code is None or question.kind == "one":
            initial[question_id] = code
        elif isinstance(code, tuple):
            initial[question_id] = list(code) or [NONE_OF_THESE]
        else:
            recorded = code if code == UNKNOWN else _RECORDED + code
            initial[question_id] = [recorded]
    return initial


def _stored(question: Question, value: Any) -> Any:
    if not value:
        return None
    if question.kind == "one":
        return value
    first = value[0]
    if first == UNKNOWN:
        return UNKNOWN
    if first == NONE_OF_THESE:
        return []
    return first.removeprefix(_RECORDED) if first.startswith(_RECORDED) else value
