"""The fields of a question: how its answer is picked, and how it is stored."""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import dropwhile
from typing import Any

from django import forms

from audits.frameworks.evaluation import Code
from audits.frameworks.loading import loader
from audits.frameworks.questions import UNKNOWN, Option, Question
from audits.models.fields.text import TypedText
from audits.services.answers.entry_checks import NOTE_MAX

DONT_KNOW = "I don\u2019t know yet"
NONE_OF_THESE = "none_of_these"
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
    """The text of an option card."""

    name: str
    text: str
    unsure: bool = False

    def __str__(self) -> str:
        return self.name


# Fields that are alike are one, which no form changes: it takes long to make them.
@lru_cache(maxsize=512)
def field_of(
    framework: str, version: int, question_id: str, code: str | None
) -> forms.Field:
    """Return the field of a question; its stored code may be one from before ticks."""
    question = loader.published(framework, version).question_by_id[question_id]
    unsure = (UNKNOWN, Card(DONT_KNOW, question.find_out, unsure=True))
    if question.kind == "one":
        cards = [(o.id, Card(o.name, o.text)) for o in _in_order(question.options)]
        return forms.ChoiceField(
            choices=[*cards, unsure],
            widget=forms.RadioSelect,
            required=False,
            label=question.text,
        )
    return _SeveralField(question, code, unsure)


def _in_order(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Return options as they are read: what nobody has checked parts no two others."""
    rest = tuple(dropwhile(lambda option: option.not_yet, options))
    first = options[: len(options) - len(rest)]
    return (*first, *sorted(rest, key=lambda option: option.not_yet))


@cache
def level_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=LEVELS,
        widget=forms.RadioSelect,
        required=False,
        label="How do you know?",
    )


@cache
def note_field() -> forms.Field:
    return TypedText(
        widget=forms.Textarea({"rows": 5, "class": "form-control"}),
        required=False,
        max_length=NOTE_MAX,
        error_messages={"max_length": TOO_LONG},
        label="Note (optional)",
        help_text=f"What you know and where you know it from. {_AT_MOST}",
    )


class _SeveralField(forms.MultipleChoiceField):
    """Several options, or ticks; what says that nothing is, or is known, goes alone."""

    def __init__(
        self, question: Question, code: str | None, unsure: tuple[str, Card]
    ) -> None:
        parts = question.ticks or question.options
        cards = [(part.id, Card(part.name, part.text)) for part in parts]
        self.most = question.most if question.kind == "several" else len(parts)
        self.alone = {UNKNOWN: unsure[1]}
        self.alone |= {
            option.id: Card(option.name, option.text)
            for option in question.options
            if (option.alone or option.not_yet) and question.kind == "several"
        }
        if question.kind == "ticks":
            self.alone[NONE_OF_THESE] = Card("None of these", "")
            cards.append((NONE_OF_THESE, self.alone[NONE_OF_THESE]))
            if code and (option := question.option(code)):
                text = "Your earlier answer. To replace it, tick what applies."
                recorded = _RECORDED + code
                self.alone[recorded] = Card(option.name, text)
                cards.insert(0, (recorded, self.alone[recorded]))
        choices = [*cards, unsure]
        # In the order of the page, as its script names them.
        self.alone = {k: self.alone[k] for k, _ in choices if k in self.alone}
        super().__init__(
            choices=choices,
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
            message = f"Pick up to {self.most}; you picked {len(value)}"
            raise forms.ValidationError(message, code="too_many")


def picked_of(question: Question, code: Code | None) -> Code | list[str] | None:
    """Return what the field of a question shows as picked for a stored code."""
    if code is None or question.kind == "one":
        return code
    if isinstance(code, tuple):
        return list(code) or [NONE_OF_THESE]
    return [code if code == UNKNOWN else _RECORDED + code]


def stored_of(question: Question, value: Any) -> Any:
    """Return what is stored of a picked value; None for none."""
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
