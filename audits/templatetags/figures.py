"""Numbers and links as pages print them."""

import re
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from audits.frameworks.questions import Technique
from audits.frameworks.schema import Framework

register = template.Library()

_LINK = re.compile(r"https://[^\s;]+|arXiv:(?P<arxiv>\d{4}\.\d{4,5})")


@register.filter
def signed(number: int) -> str:
    """Write a number with its sign; minus is the minus sign, not a hyphen."""
    return f"+{number}" if number > 0 else f"{number}".replace("-", "\u2212")


@register.filter
def dollars(amount: Decimal | None) -> str:
    """Write US dollars: whole from 10 on, with cents below.

    >>> dollars(Decimal("10057.4")), dollars(Decimal("0.85")), dollars(None)
    ('$10,057', '$0.85', 'Not known')
    """
    if amount is None:
        return "Not known"
    sign = "\u2212" if amount < 0 else ""
    size = abs(amount)
    return f"{sign}${size:,.0f}" if size >= _WHOLE_FROM else f"{sign}${size:,.2f}"


_WHOLE_FROM = 10


@register.filter
def links(text: str) -> SafeString:
    """Link the https addresses and arXiv numbers in a text; the rest is plain text.

    Only https is linked, so no other scheme ever reaches a href.
    """
    parts: list[tuple[str]] = []
    end = 0
    for found in _LINK.finditer(text):
        parts.append((text[end : found.start()],))
        arxiv = found["arxiv"]
        href = f"https://arxiv.org/abs/{arxiv}" if arxiv else found.group()
        parts.append((format_html('<a href="{}">{}</a>', href, found.group()),))
        end = found.end()
    parts.append((text[end:],))
    return format_html_join("", "{}", parts)


@register.filter
def family_fill(technique: str) -> str:
    """Return the fill class of a technique's bar."""
    families = {"distil": "distil", "fine_tune": "tune"}
    return f"f-{families.get(technique, 'rebuild')}"


@register.filter
def technique_name(technique: Technique, framework: Framework) -> str:
    """Return a technique's name."""
    return framework.techniques[technique]
