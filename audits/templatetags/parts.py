"""Repeated parts of pages, rendered once and cached."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from audits.landscape.in_turn import in_turn
from audits.page_pieces import Passage, Passages
from audits.services.people.times_of_day import zone_in_use

register = template.Library()


@register.simple_tag
def part(template: str, **context: Hashable) -> SafeString:
    """Render a template from these values only, like `include … only`."""
    return drawn(template, **context)


def drawn(template: str, **context: Hashable) -> SafeString:
    """Return a rendered template; equal values give the cached result.

    The values contain everything that it shows and are plain: no request, no text
    marked as safe, nothing whose words depend on the time. Each time zone of readers
    has its own result, because times of day are in it.
    """
    return _drawn(zone_in_use(), template, **context)


@lru_cache(maxsize=1024, typed=True)
def _drawn(_zone: str, _template: str, /, **context: Hashable) -> SafeString:
    return render_to_string(_template, context)


@register.simple_tag(takes_context=True)
def passage(context: Any, template: str, **values: Hashable) -> SafeString:
    """Render a large part of one page in the same way: fewer of them are kept.

    In a page of `pages.render_in_pieces`, a mark takes its place.
    """
    return _placed(context, _read(zone_in_use(), template, **values))


@in_turn
@lru_cache(maxsize=64, typed=True)
def _read(_zone: str, _template: str, /, **values: Hashable) -> Passage:
    return Passage.of(render_to_string(_template, values))


@register.simple_tag(takes_context=True)
def piece(context: Any, template: str, **values: Hashable) -> SafeString:
    """Render a passage that is most of its page: even fewer of them are kept."""
    return _placed(context, _piece(zone_in_use(), template, **values))


@in_turn
@lru_cache(maxsize=32, typed=True)
def _piece(_zone: str, _template: str, /, **values: Hashable) -> Passage:
    return Passage.of(render_to_string(_template, values))


def _placed(context: Any, found: Passage) -> SafeString:
    passages: Passages | None = context.get("passages")
    return SafeString(
        passages.mark(found) if passages is not None else found.text.decode()
    )


@register.simple_block_tag
def kept(content: SafeString) -> SafeString:
    """Store the rendered content under the name after `as`, to use it in two places."""
    return content
