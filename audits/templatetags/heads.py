"""The text below the headline of a result."""

from django import template

from audits.scoring.money.words import Money
from audits.scoring.summary.head import Head, Title, head_of, title_of

register = template.Library()


@register.filter
def beside_money(lead: str, money: Money | None) -> Head:
    """Return the sums and the sentences of a lead, and what is left for “Why”."""
    return head_of(lead, money)


@register.filter
def as_title(headline: str) -> Title:
    """Return a headline in a few words, and the rest of its sentences."""
    return title_of(headline)
