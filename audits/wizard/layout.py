"""How crispy-forms lays out a question of the wizard."""

from typing import Any, cast

from crispy_forms.layout import Field
from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BoundField, ChoiceField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from audits.frameworks.questions import Question


def choices_of(bound: BoundField) -> tuple[tuple[str, Any, bool], ...]:
    """Return the choices of a field: value, label, and whether it is chosen.

    With plain values, the rendered result can be cached, unlike a field's widget.
    """
    choices = cast("list[tuple[str, str]]", cast("ChoiceField", bound.field).choices)
    value = bound.value()
    chosen = value if isinstance(value, list) else [value]
    return tuple((each, label, each in chosen) for each, label in choices)


class QuestionSlot(Field):  # type: ignore[misc]
    """The place of a question on the page, empty while it does not apply.

    Every slot exists from the start, so a question that becomes applicable appears in
    place and the focused element is not rendered again.
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
            "cards": choices_of(bound),
            "levels": choices_of(self.slot["level"]),
        }
        html: SafeString = super().render(
            form, context, template_pack, extra_context=extra, **kwargs
        )
        return html
