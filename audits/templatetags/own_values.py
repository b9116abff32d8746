"""What a use case says in the fields that its organization added."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from audits.models import UseCase
from audits.services.portfolio.own_fields import own_fields
from audits.templatetags.parts import drawn

register = template.Library()


@register.simple_tag
def own_values(use_case: UseCase) -> SafeString:
    """Show the tags and the values of a use case; nothing where there are none."""
    said = tuple(
        (field.name, _said(cell))
        for field in own_fields()
        if (cell := field.cell(use_case.own.get(field.key))) is not None
    )
    return drawn("components/review/own_values.html", tags=use_case.tags, said=said)


def _said(cell: Any) -> str:
    if isinstance(cell, date):
        return date_format(cell, "j F Y")
    return str(cell) if isinstance(cell, str) else f"{cell:,f}"
