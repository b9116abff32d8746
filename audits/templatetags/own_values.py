"""What a use case says in the fields that its organization added, and its name."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from audits.models import Organization, UseCase
from audits.services.demo.sample import is_invented
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


@register.filter
def with_sample_apart(organization: Organization) -> tuple[str, bool]:
    """Return its name, and whether it is the sample company: then without the note."""
    if not is_invented(organization):
        return organization.name, False
    return organization.name.partition(" (sample")[0], True


def _said(cell: Any) -> str:
    if isinstance(cell, date):
        return date_format(cell, "j F Y")
    return str(cell) if isinstance(cell, str) else f"{cell:,f}"
