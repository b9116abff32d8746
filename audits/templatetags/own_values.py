"""What a use case says in the fields that its organization added, and its name."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from audits.models import Organization, UseCase
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
    """Return its name without the note at its end, and whether that calls it a sample.

    >>> with_sample_apart(Organization(name="Halden Mutual (sample, invented data)"))
    ('Halden Mutual', True)
    >>> with_sample_apart(Organization(name="Halden (UK)"))
    ('Halden (UK)', False)
    """
    name, note, _ = organization.name.partition(" (sample")
    return name, bool(note)


def _said(cell: Any) -> str:
    if isinstance(cell, date):
        return date_format(cell, "j F Y")
    return str(cell) if isinstance(cell, str) else f"{cell:,f}"
