"""Repeated parts of pages, rendered once and cached."""

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def part(template: str, **context: Hashable) -> SafeString:
    """Render a template from these values only, like `include … only`."""
    return drawn(template, **context)


@lru_cache(maxsize=1024, typed=True)
def drawn(template: str, **context: Hashable) -> SafeString:
    """Return a rendered template; equal values give the cached result.

    The values contain everything that it shows and are plain: no request, no text
    marked as safe, nothing whose words depend on the time.
    """
    return render_to_string(template, context)


@register.simple_tag
def passage(template: str, **context: Hashable) -> SafeString:
    """Render a large part of one page in the same way: fewer of them are kept."""
    return _read(template, **context)


@lru_cache(maxsize=64, typed=True)
def _read(template: str, **context: Hashable) -> SafeString:
    return render_to_string(template, context)


@register.simple_block_tag
def kept(content: SafeString) -> SafeString:
    """Store the rendered content under the name after `as`, to use it in two places."""
    return content
