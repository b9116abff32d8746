"""What is asked for at once, and which of the first steps that sum contains."""

from collections.abc import Sequence

from audits.frameworks.schema import Framework
from audits.scoring.cards.card import Card, price_of
from audits.scoring.cards.checks import work_before_part
from audits.scoring.cards.confirming import asked_now
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.summary.first_steps import within


def asked_sum(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    cards: tuple[Card, ...],
) -> str:
    """Return what is asked for at once, and what all steps to take add to it.

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
    return " ".join(filter(None, (said, _beside(money, cards))))


def _beside(money: Money, cards: Sequence[Card]) -> str:
    """Name the steps that are in the sum, and those that are not with their price."""
    numbered = [*enumerate(cards, 1)]
    inside = [f"step {number}" for number, card in numbered if _is_in(money, card)]
    beside = [(number, card) for number, card in numbered if not _is_in(money, card)]
    own = _own_work(money, beside) if beside else ""
    if not inside:
        return f"It does not pay for {own}." if own else ""
    return f"It pays for {_listed(inside)}{f', but not for {own}' if own else ''}."


def _own_work(money: Money, beside: Sequence[tuple[int, Card]]) -> str:
    """Name the steps that the team does itself, and what all of them come to."""
    priced = [
        f"step {number}{f' ({card.price})' if card.price else ''}"
        for number, card in beside
    ]
    said = f"{_listed(priced)}, the team’s own work"
    amount = price_of(card for _, card in beside)
    if amount is None:
        return said
    if beside[1:]:
        said += f" of ${written(amount)}"
    first = f"${written(money.one_off)} at the start"
    if not (money.one_off and first in money.asks_now):
        return said
    return f"{said}: ${written(money.one_off + amount)} with the {first}"


def _is_in(money: Money, card: Card) -> bool:
    """Whether a step is paid from the sum: it is set up with it, or measured first."""
    if within(money, card):
        return True
    return card.comes_first and money.kind == "gather"


def _listed(steps: Sequence[str]) -> str:
    *others, last = steps
    return f"{', '.join(others)} and {last}" if others else last
