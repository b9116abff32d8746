"""What a form says of itself: that it is ours, whose page it is, how it has numbers.

`csrf_token` takes the place of Django's tag of the same name, so that no form of a
member's page can leave out whose it is.
"""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from audits.access.opened_pages import ticket_of
from audits.access.sent_forms import PAGE_OF, WRITTEN_AS

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString:
    """Draw the hidden fields that every form of ours begins with.

    The forms of one page have the same ones, which are drawn for the first.
    """
    request = context.get("request")
    if getattr(request, "membership", None) is None:
        return SafeString(CsrfTokenNode().render(context))
    drawn = vars(request).setdefault("drawn_tokens", {})
    of = str(context.get("csrf_token")), request.user.pk
    if of not in drawn:
        token = SafeString(CsrfTokenNode().render(context))
        field = '{}<input type="hidden" name="{}" value="{}">'
        ticket = ticket_of(request.user, request.membership)
        drawn[of] = format_html(field, token, PAGE_OF, ticket)
    found: SafeString = drawn[of]
    return found


@register.simple_tag
def written_as(form: Any) -> SafeString:
    """Draw the hidden field that says how the numbers of a form are written."""
    field = '<input type="hidden" name="{}" value="{}">'
    return format_html(field, WRITTEN_AS, form.notation.sample)
