"""How crispy-forms lays out a question of the wizard."""

from dataclasses import dataclass
from typing import Any, cast

from crispy_forms.layout import Field
from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BoundField, ChoiceField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from audits.frameworks.questions import Question


@dataclass(frozen=True, slots=True)
class Group:
    """Options that stand together: number on the page, value, card, whether chosen."""

    id: str
    name: str | None
    choices: tuple[tuple[int, str, Any, bool], ...]


def choices_of(bound: BoundField) -> tuple[tuple[str, Any, bool], ...]:
    """Return the choices of a field: value, label, and whether it is chosen.

    As plain values, what was drawn of equal ones can be drawn again, which a field's
    widget cannot.
    """
    choices = cast("list[tuple[str, str]]", cast("ChoiceField", bound.field).choices)
    value = bound.value()
    chosen = value if isinstance(value, list) else [value]
    return tuple((each, label, each in chosen) for each, label in choices)


def grouped(
    question: Question, choices: tuple[tuple[str, Any, bool], ...]
) -> tuple[Group, ...]:
    """Return the choices by the groups of their options, which keep their order.

    Choices without a group, such as "I don't know yet", stand where they are first.
    """
    found: dict[str | None, list[tuple[int, str, Any, bool]]] = {}
    for number, (value, card, chosen) in enumerate(choices):
        option = question.option(value)
        name = option.group if option else None
        found.setdefault(name, []).append((number, value, card, chosen))
    return tuple(
        Group(id=f"{question.id}-group-{place}", name=name, choices=tuple(here))
        for place, (name, here) in enumerate(found.items())
    )


class QuestionSlot(Field):  # type: ignore[misc]
    """The place of a question on the page, empty while it does not apply.

    Every slot is there from the start, so a question that comes to apply appears
    in place and nothing that has the focus is drawn again.
    """

    template = "wizard/question.html"

    def __init__(
        self, question: Question, parts: dict[str, Any] | None, *, swapped: bool
    ) -> None:
        super().__init__(question.id)
        self.asked = parts is not None
        self.slot = {
            "question": question,
            "asked": self.asked,
            "swapped": swapped,
            **(parts or {}),
        }

    def render(
        self,
        form: Any,
        context: Any,
        template_pack: Any = TEMPLATE_PACK,
        extra_context: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> SafeString:
        extra = {**(extra_context or {}), **self.slot}
        if not self.asked:
            return render_to_string(self.template, extra)
        bound = form[self.slot["question"].id]
        extra |= {
            "type": bound.field.widget.input_type,
            "groups": grouped(self.slot["question"], choices_of(bound)),
            "levels": choices_of(self.slot["level"]),
        }
        html: SafeString = super().render(
            form, context, template_pack, extra_context=extra, **kwargs
        )
        return html
