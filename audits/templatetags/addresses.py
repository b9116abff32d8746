"""Addresses of pages: each is put together once.

This takes the place of Django's tag of the same name, which looks for the pattern, and
for the thread's settings, each time.
"""

import re
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
_LINK = '<a href="{0}">{0}</a>'
_WEB = re.compile(r"(https?://\S*[^\s.,;:)”])")


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """Draw the address of a view."""
    node = parsed(parser, token)
    return _Address(node.view_name, node.args, node.kwargs, node.asvar)


@register.filter
def linked(sentence: str) -> SafeString:
    """Make a link of each web address in a sentence, without the stop after it.

    Note: Django's `urlize` makes links of names with a point in them, too.

    >>> linked("GPT-4.1 <b>: https://a.eu/?b&c.")
    'GPT-4.1 &lt;b&gt;: <a href="https://a.eu/?b&amp;c">https://a.eu/?b&amp;c</a>.'
    """
    parts = enumerate(_WEB.split(sentence))
    drawn = (format_html(_LINK, x) if at % 2 else x for at, x in parts)
    return format_html_join("", "{}", ((x,) for x in drawn))


class _Address(URLNode):
    def __init__(self, *said: Any) -> None:
        super().__init__(*said)
        view = self.view_name
        is_said = isinstance(view.var, str) and not view.filters
        self.name = view.var if is_said and ":" not in view.var else None

    def render(self, context: Any) -> str:
        name = self.name or self.view_name.resolve(context)
        if self.kwargs or self.asvar or ":" in name:
            return super().render(context)
        args = [arg.resolve(context) for arg in self.args]
        return _address(context.autoescape, *_site_of(context), name, *args)


def _site_of(context: Any) -> tuple[str, str]:
    """Return whatever an address depends on besides its arguments.

    It is the same for a request, which finds it for the first address.
    """
    request = context.get("request")
    if request is None:
        return _site_now()
    kept: tuple[str, str] | None = vars(request).get("addresses_of")
    if kept is None:
        kept = request.addresses_of = _site_now()
    return kept


def _site_now() -> tuple[str, str]:
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


@lru_cache(maxsize=1024, typed=True)
def _address(escaped: bool, site: str, prefix: str, name: str, *args: Any) -> str:
    address: str = reverse(name, site, args)
    return conditional_escape(address) if escaped else address
