"""What is asked for at once, and which of the first steps that sum contains."""

from collections.abc import Sequence, Set

from audits.frameworks.schema import Framework
from audits.scoring.cards.card import Card, price_of
from audits.scoring.cards.checks import work_before_part
from audits.scoring.cards.tests_of_results import ADVISED_TEST
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.summary.first_steps import within
from audits.scoring.summary.plan import Plan
from audits.scoring.sums.asked.confirming import asked_now, priced_apart

_APART = "; the training has no price here."
_START = " at the start"
_TEST_SET = "eval"  # the question whose step builds one
_NAMED = 2  # steps in a row that are named one by one


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
    tests = (n for n, card in enumerate(cards, 1) if card.id == ADVISED_TEST)
    paid = next((f"step {number}, a test" for number in tests), "a test first")
    said = asked_now(framework, assessment, money, paid)
    if not said and not (money and money.state == "stopped"):
        work = work_before_part(framework, assessment)
        is_apart = work and money and money.unpriced
        return f"{work.removesuffix('.')}{_APART}" if is_apart else work
    if not said or money is None or money.kind == "show":
        return said  # what shows answers is the sum itself
    is_told = paid in said or priced_apart(framework, assessment, money)
    told = {ADVISED_TEST} if is_told else set[str]()
    return " ".join(filter(None, (said, _beside(money, cards, told))))


def beside_sum(plan: Plan, money: Money | None) -> str:
    """Say that the sum asked for has no other step in it; empty where it has one.

    The price of a technique has only the labels of a test set, not its other work.

    Args:
        plan: The steps.
        money: The money behind the verdict, if it is known.
    """
    if money is None or not money.asks_now or money.role != "recommended":
        return ""
    if not plan.others or any(_is_in(money, card) for card in plan.others):
        return ""
    said = "The sum asked for pays for none of these hours."
    if all(card.id != _TEST_SET for card in plan.others):
        return said
    return f"{said} Its “Get right answers for the test set” (A4) pays for those alone."


def own_tests(money: Money | None, cards: Sequence[Card]) -> str:
    """Say what the team’s own work takes beside a sum, for page 1; empty without any.

    Args:
        money: The money behind the verdict, if it is known.
        cards: The steps to take, from `plan_of`.
    """
    if money is None or not money.asks_now or money.kind == "show":
        return ""
    beside = [card for card in cards if not _is_in(money, card)]
    hours, amount = sum(card.hours for card in beside), price_of(beside)
    if not hours:
        return ""
    work = f"{hours} hour{'s' * (hours != 1)}"
    price = "" if amount is None else f" (${written(amount)})"
    what = "work" if any(card.carries_out for card in beside) else "tests"
    return f"Not in the sum: {work} of the team’s own {what}{price}."


def _beside(money: Money, cards: Sequence[Card], told: Set[str]) -> str:
    """Name the steps in the sum, and the others, unless `told`, with their price."""
    work = [(number, x) for number, x in enumerate(cards, 1) if x.hours]
    numbered = [(number, x) for number, x in work if x.id not in told]
    inside = [(number, card) for number, card in numbered if _is_in(money, card)]
    beside = [(number, card) for number, card in numbered if not _is_in(money, card)]
    paid, own = _paid(money, inside), _own_work(money, beside)
    more, year = price_of(card for _, card in beside), _with_year(money, beside)
    if paid and year and more:
        # In one sentence, which the page has room for.
        paid = paid.removesuffix(".")
        return f"{paid}, not the other steps: ${written(more)} more, ${year} in all."
    return " ".join(filter(None, (paid, own)))


def _paid(money: Money, inside: Sequence[tuple[int, Card]]) -> str:
    """Name the steps that are in the sum, with their price where it is for more."""
    if not inside:
        return ""
    what = _at_start(money).removesuffix(_START) or "sum asked for"
    steps = named_steps([number for number, _ in inside])
    amount = price_of(card for _, card in inside)
    if amount is None or money.kind == "gather" or amount >= money.one_off:
        return f"The {what} pays for {steps}."
    return f"The {what} includes {steps} (${written(amount)})."


def _own_work(money: Money, beside: Sequence[tuple[int, Card]]) -> str:
    """Name the steps that the team does itself, and what all of them come to."""
    if not beside:
        return ""
    said = f"Not included: the team’s own work on {named_steps([x for x, _ in beside])}"
    amount = price_of(card for _, card in beside)
    if amount is None:
        return f"{said}."
    year = _with_year(money, beside)
    in_all = f" (${year} over 12 months with it)" if year else ""
    return f"{said}, ${written(amount)}{in_all}."


def _with_year(money: Money, beside: Sequence[tuple[int, Card]]) -> str:
    """Return what 12 months cost with the team’s own work; empty where none adds up."""
    amount = price_of(card for _, card in beside)
    if not (amount and _at_start(money) and money.recommended):
        return ""
    return written(money.recommended.year.expected + amount)


def _at_start(money: Money) -> str:
    """Name what is asked for at the start; empty where that is nothing."""
    first = f"${written(money.one_off)}{_START}"
    return first if money.one_off and first in money.asks_now else ""


def _is_in(money: Money, card: Card) -> bool:
    """Whether a step is paid from the sum: it is set up with it, or measured first."""
    if within(money, card):
        return True
    return card.comes_first and money.kind == "gather"


def named_steps(numbers: Sequence[int]) -> str:
    """Name steps by their numbers.

    >>> [named_steps(x) for x in ([2], [1, 3], [1, 2, 3, 4], [1, 3, 4])]
    ['step 2', 'steps 1 and 3', 'steps 1 to 4', 'steps 1, 3 and 4']
    """
    *others, last = numbers
    if not others:
        return f"step {last}"
    if len(numbers) > _NAMED and last - numbers[0] == len(others):
        return f"steps {numbers[0]} to {last}"
    return f"steps {', '.join(map(str, others))} and {last}"
