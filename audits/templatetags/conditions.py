"""What is asked for while conditions of a sign-off are open."""

from collections.abc import Iterable
from typing import Protocol

from django import template

from audits.scoring.sums import of_verdict as sums

register = template.Library()


class _Asked(Protocol):
    """A condition of a sign-off."""

    @property
    def is_met(self) -> bool: ...


@register.filter
def if_met(asked: str, conditions: Iterable[_Asked]) -> str:
    """Say that an amount is asked for once the open conditions below are met."""
    return sums.if_met(asked, still_open(conditions), "below")


@register.filter
def still_open(conditions: Iterable[_Asked]) -> int:
    """Return how many conditions nobody has confirmed as met."""
    return sum(not each.is_met for each in conditions)
