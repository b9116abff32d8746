"""What is asked for while conditions of a sign-off are open."""

from collections.abc import Iterable
from typing import Protocol

from django import template

from audits.scoring.money.words import Money
from audits.scoring.sums import of_verdict as sums

register = template.Library()


class _Asked(Protocol):
    """A condition of a sign-off."""

    @property
    def is_met(self) -> bool: ...

    @property
    def is_said(self) -> bool: ...

    @property
    def is_holding(self) -> bool: ...

    @property
    def holds_money(self) -> bool: ...


@register.filter
def if_met(asked: str, conditions: Iterable[_Asked]) -> str:
    """Say that an amount is asked for once what it waits for below is met."""
    asks = [each for each in conditions if each.is_holding]
    said = only_unconfirmed(asks)
    return sums.if_met(asked, still_open(asks), "below", is_said=said)


@register.filter
def still_open(conditions: Iterable[_Asked]) -> int:
    """Return how many conditions nobody has confirmed as met."""
    return sum(not each.is_met for each in conditions)


@register.filter
def only_unconfirmed(conditions: Iterable[_Asked]) -> bool:
    """Return whether all that is left of conditions is that somebody confirms them."""
    return all(each.is_said for each in conditions if not each.is_met)


@register.filter
def when_met(condition: _Asked, money: Money | None) -> str:
    """Return until when a condition must be met; empty where no money waits."""
    return sums.when_met(money, holds_money=condition.holds_money)
