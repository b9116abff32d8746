"""Parts of pages that say the same again and again, drawn once and kept."""

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def part(template: str, **context: Hashable) -> SafeString:
    """Draw a template that depends on these values alone, as `include … only` does."""
    return drawn(template, **context)


@lru_cache(maxsize=1024, typed=True)
def drawn(template: str, **context: Hashable) -> SafeString:
    """Return a template with these values; equal values give what was drawn before.

    All that it shows is among the values, which are plain: no request, no text that is
    marked as safe, nothing whose words depend on the time.
    """
    return render_to_string(template, context)


@register.simple_block_tag
def kept(content: SafeString) -> SafeString:
    """Keep what is drawn in here, by `as`, so that it can stand in two places."""
    return content
