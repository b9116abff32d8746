"""Questions of the framework as a form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN, Question
from audits.models import Audit
from audits.models.text import TypedText, fitting_text
from audits.services.answers.comments import MOST_CHARACTERS
from audits.services.answers.entry_checks import NOTE_MAX, Key
from audits.services.answers.merging import Sent, Stored
from audits.services.verdicts.assessments import framework_of
from audits.wizard.layout import QuestionSlot
from audits.wizard.senders import whole

DONT_KNOW = "I don\u2019t know yet"
NONE_OF_THESE = "none_of_these"
# No id of a question has a hyphen.
COMMENT = "comment-text"
ADD_COMMENT = "add-comment"
_RECORDED = "recorded:"
_AT_MOST = f"{NOTE_MAX:,} characters or fewer."
TOO_LONG = f"The note must be {NOTE_MAX:,} characters or fewer"
LEVELS = (
    ("asserted", "Asserted"),
    ("documented", "Documented"),
    ("measured", "Measured"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """What an option card says."""

    name: str
    text: str
    unsure: bool = False

    def __str__(self) -> str:
        return self.name


class BothForm(forms.Form):
    """A note that was put together from two."""

    text = TypedText(
        required=False, max_length=NOTE_MAX, error_messages={"max_length": TOO_LONG}
    )


class _CommentField(TypedText):
    """A comment; without a word none is added, unless that is what was asked for."""

    def clean(self, value: Any) -> str:
        return fitting_text(super().clean(value), MOST_CHARACTERS)


class AnswersForm(forms.Form):
    """The questions of a page that apply, each with how its answer is known.

    Every question may stay open. A question that does not apply has no field, so
    its stored answer is neither shown nor touched.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        applicable: Iterable[str],
        audit: Audit,
        data: Any = None,
        *,
        swapped: bool = False,
        with_notes: bool = False,
        with_comment: bool = False,
    ) -> None:
        self.questions = {question.id: question for question in questions}
        self.applicable = [q for q in self.questions if q in set(applicable)]
        codes = audit.codes
        super().__init__(data, initial=_initial(self.questions, codes))
        # What was sent is shown again on the versions that its page showed: nobody has
        # seen a newer one yet.
        versions = self._versions_sent if self.is_bound else partial(versions_of, audit)
        self.versions = {question: versions(question) for question in self.applicable}
        for question in self.applicable:
            self._add(self.questions[question], codes.get(question), audit, with_notes)
        if with_comment:
            self.fields[COMMENT] = _CommentField(
                required=self.is_bound and ADD_COMMENT in self.data,
                error_messages={"required": "Enter a comment"},
            )
        self.audit, self.swapped = audit, swapped

    @cached_property
    def helper(self) -> FormHelper:
        """How the form is drawn; a save that only reads it has no need of it."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(
            *(
                QuestionSlot(question, self._parts_of(question), swapped=self.swapped)
                for question in self.questions.values()
            )
        )
        return helper

    def _add(
        self, question: Question, code: Code | None, audit: Audit, with_notes: bool
    ) -> None:
        self.fields[question.id] = _field(question, code)
        self.fields[f"level-{question.id}"] = forms.ChoiceField(
            choices=LEVELS,
            widget=forms.RadioSelect,
            required=False,
            label="How do you know?",
            initial=value_of(audit.levels, question.id),
        )
        if with_notes:
            self.fields[f"note-{question.id}"] = TypedText(
                widget=forms.Textarea({"rows": 5, "class": "form-control"}),
                required=False,
                max_length=NOTE_MAX,
                error_messages={"max_length": TOO_LONG},
                label="Note (optional)",
                help_text=f"What you know and where you know it from. {_AT_MOST}",
                initial=value_of(audit.notes, question.id),
            )

    def _parts_of(self, question: Question) -> dict[str, Any] | None:
        """Return what the slot of a question needs; None while it does not apply."""
        if question.id not in self.applicable:
            return None
        return {
            "level": self[f"level-{question.id}"],
            "proves": question.is_measurement
            and framework_of(self.audit).asserted_unless_marked,
            "note": self[f"note-{question.id}"]
            if f"note-{question.id}" in self.fields
            else None,
            "versions": self.versions[question.id],
            "audit": self.audit,
        }

    @property
    def comment(self) -> forms.BoundField:
        """The room for a comment; the page draws it among the comments."""
        return self[COMMENT]

    @property
    def problems(self) -> list[str]:
        """What is wrong, each with the question that it is about."""
        return [
            f"{error} (“{self.questions[name.rpartition('-')[2]].label}”)"
            for name, errors in self.errors.items()
            for error in errors
        ]

    def sent(self) -> dict[Key, Sent]:
        """Return the valid entries as they are saved, on the versions the page showed.

        A level is never taken back: radio buttons cannot be.
        """
        sent: dict[Key, Sent] = {}
        for name, value in self.cleaned_data.items():
            if name == COMMENT:
                continue
            kind, _, item = name.rpartition("-")
            kind = kind or "answer"
            seen = self.seen(item)[VERSIONED.index(kind)]
            if kind == "answer":
                kept = _stored(self.questions[item], value)
                sent[kind, item] = Sent(value=kept, seen=seen)
            elif value or kind == "note":
                sent[kind, item] = Sent(value=value or None, seen=seen)
        return sent

    def _versions_sent(self, question: str) -> str:
        return ".".join(map(str, self.seen(question)))

    def seen(self, question: str) -> tuple[int, ...]:
        """Return the versions that the page showed, or none of what it cannot say."""
        said = self.data.get(f"v-{question}", "").split(".")
        return (*map(whole, said), 0, 0, 0)[:3]


VERSIONED = ("answer", "level", "note")


def field_name(kind: str, question: str) -> str:
    """Return the name of the field of an entry."""
    return question if kind == "answer" else f"{kind}-{question}"


def value_of(entries: Mapping[str, Any], item: str) -> Any:
    """Return what an entry says, or None."""
    entry = entries.get(item)
    return entry["value"] if entry else None


def versions_of(audit: Audit, question: str) -> str:
    """Return the versions of an answer, its level and its note, as a page has them."""
    numbers = [
        Stored.of(audit.entries(kind).get(question)).version for kind in VERSIONED
    ]
    return ".".join(str(number) for number in numbers)


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
        self.alone |= {
            option.id: Card(option.name, option.text)
            for option in question.options
            if option.alone and question.kind == "several"
        }
        if question.kind == "ticks":
            self.alone[NONE_OF_THESE] = Card("None of these", "")
            cards.append((NONE_OF_THESE, self.alone[NONE_OF_THESE]))
            if isinstance(code, str) and (option := question.option(code)):
                text = "Recorded before. Tick single points to replace it."
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
        if len(set(value)) < len(value):
            message = "Pick each option once"
            raise forms.ValidationError(message, code="twice")
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
