"""What is asked for at once, and which of the first steps that sum contains."""

from collections.abc import Sequence

from audits.frameworks.schema import Framework
from audits.scoring.cards.card import Card
from audits.scoring.cards.checks import work_before_part
from audits.scoring.cards.confirming import asked_now
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.summary.first_steps import first_steps, within


def asked_sum(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    cards: tuple[Card, ...],
) -> str:
    """Return what is asked for at once, and what the first steps add to it.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        money: The money behind it; empty without any.
        cards: The steps to take, from `plan_of`.
    """
    said = asked_now(framework, assessment, money)
    if not said and not (money and money.state == "stopped"):
        return work_before_part(framework, assessment)
    if not said or money is None or money.kind == "show":
        return said  # what shows answers is the sum itself
    found = [step.card for step in first_steps(assessment, cards, money)]
    return " ".join(filter(None, (said, _beside(money, found))))


def _beside(money: Money, cards: Sequence[Card]) -> str:
    """Name the steps that are in the sum, and those that are not with their price."""
    inside: list[str] = []
    beside: list[str] = []
    for number, card in enumerate(cards, 1):
        is_in = _is_in(money, card)
        price = f" ({card.price})" if card.price and not is_in else ""
        (inside if is_in else beside).append(f"step {number}{price}")
    own = f"{_listed(beside)}, the team’s own work" if beside else ""
    if not inside:
        return f"It does not pay for {own}." if own else ""
    return f"It pays for {_listed(inside)}{f', but not for {own}' if own else ''}."


def _is_in(money: Money, card: Card) -> bool:
    """Whether a step is paid from the sum: it is set up with it, or measured first."""
    if within(money, card):
        return True
    return card.comes_first and money.kind == "gather"


def _listed(steps: Sequence[str]) -> str:
    *others, last = steps
    return f"{', '.join(others)} and {last}" if others else last
