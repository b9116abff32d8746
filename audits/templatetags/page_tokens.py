"""The tokens of a form: that it is ours, and whom its page was made for.

This takes the place of Django's tag of the same name, so that no form of a member's
page can leave out whose it is.
"""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from audits.access.opened_pages import ticket_of
from audits.access.sent_forms import PAGE_OF

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """Draw the hidden fields that every form of ours begins with."""
    token = SafeString(CsrfTokenNode().render(context))
    request = context.get("request")
    if getattr(request, "membership", None) is None:
        return token
    field = '{}<input type="hidden" name="{}" value="{}">'
    return format_html(field, token, PAGE_OF, ticket_of(request.user))
