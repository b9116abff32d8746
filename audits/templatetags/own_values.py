"""What a use case says in the fields that its organization added."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format

from audits.models import UseCase
from audits.services.portfolio.own_fields import own_fields

register = template.Library()


@register.inclusion_tag("components/own_values.html")
def own_values(use_case: UseCase) -> dict[str, Any]:
    """Show the tags and the values of a use case; nothing where there are none."""
    said = [
        (field.name, _said(cell))
        for field in own_fields()
        if (cell := field.cell(use_case.own.get(field.key))) is not None
    ]
    return {"tags": use_case.tags, "said": said}


def _said(cell: Any) -> str:
    if isinstance(cell, date):
        return date_format(cell, "j F Y")
    return str(cell) if isinstance(cell, str) else f"{cell:,f}"
