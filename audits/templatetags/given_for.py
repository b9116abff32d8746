"""Whether a link or file belongs to the answer that counts."""

from django import template

from audits.models import Audit, Evidence

register = template.Library()


@register.filter
def is_for_another_answer(evidence: Evidence, audit: Audit) -> bool:
    """Return whether it was given for an earlier answer."""
    return evidence.is_for_another_answer(audit)
