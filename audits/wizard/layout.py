"""The place of a question on its page."""

from dataclasses import dataclass
from typing import Any, cast

from django.forms import BoundField, ChoiceField

from audits.frameworks.questions import Question

type Choices = tuple[tuple[str, Any, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The place of a question, with its fields if it applies.

    Every slot is there from the start, so a question that comes to apply appears
    in place and nothing that has the focus is drawn again.
    """

    question: Question
    answer: BoundField | None = None
    cards: Choices = ()
    type: str = ""
    level: BoundField | None = None
    levels: Choices = ()
    note: BoundField | None = None
    versions: str = ""


def choices_of(bound: BoundField) -> Choices:
    """Return the choices of a field: value, label, and whether it is chosen.

    With plain values, the rendered result can be cached, unlike a field's widget.
    """
    choices = cast("list[tuple[str, str]]", cast("ChoiceField", bound.field).choices)
    value = bound.value()
    chosen = value if isinstance(value, list) else [value]
    return tuple((each, label, each in chosen) for each, label in choices)
