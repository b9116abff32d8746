"""The test that confirms what is advised, beside the money that it is asked with.

Its work is the first part of setting up what it tests, so it is paid with that and not
on top of it, as long as setting up costs that much.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.cards.by_results import is_decided_alike
from audits.scoring.cards.card import Card
from audits.scoring.cards.checks import work_before_part
from audits.scoring.cards.tests_of_results import (
    ADVISED_TEST,
    asks_for_tests,
    tests_of_results,
)
from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.costs.rounding import written
from audits.scoring.decision_words import Asking, decision_words, money_note
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.for_board import for_board
from audits.scoring.money.words import Money
from audits.scoring.scored.candidates import ScoredKind

# The step that writes a prompt out, and one with examples, and what it sets up so.
_MADE_BY = "tried"
_MADE: Mapping[PricedTechnique, ScoredKind] = {
    "prompt": "prompt",
    "few_shot": "examples",
}


def confirming_test(framework: Framework, assessment: Assessment) -> Card | None:
    """Return the test of the advice, if no result of it changes the verdict.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    if assessment.on is None:
        return None
    given, _ = given_to(assessment)
    if not asks_for_tests(assessment, given):
        return None
    if not is_decided_alike(framework, assessment, given):
        return None
    found = tests_of_results(framework, assessment, given)
    return next((x for x in found if x.id == ADVISED_TEST and x.confirms), None)


def part_of_up_front(money: Money | None, card: Card) -> Decimal | None:
    """Return what is asked for up front, if the cost of a step is a part of it.

    It is one of the test that makes what the sum sets up, whatever else that compares.

    Args:
        money: The money behind the verdict, if it is known.
        card: One of its steps.
    """
    amount = card.cost.amount
    if money is None or amount is None or not _makes(card, money):
        return None
    is_asked = bool(money.asks_now) and money.role == "recommended"
    return money.one_off if is_asked and money.one_off >= amount.expected else None


def _makes(card: Card, money: Money) -> bool:
    """Whether a step makes what is recommended, to test it."""
    is_made = card.id == _MADE_BY and _MADE.get(money.chosen.technique) in card.kinds
    return is_made or card.id == ADVISED_TEST


def decision_said(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    asking: Asking = "asked",
) -> str:
    """Return what page 1 asks for: first the test of the advice, then the rest.

    Before a small part is trained, it is the work of the steps that come first.

    Args:
        framework: The framework, which has the words.
        assessment: The assessment.
        money: The money behind the verdict, in US dollars; None to leave it out.
        asking: Whether the paper asks for a decision.
    """
    first = work_before_part(framework, assessment)
    if test := _test_first(framework, assessment, money):
        of = "of the sum" if test.up_front else "more"
        price = f", for {test.price} {of}" if test.price else ""
        first = f"First test it{price}: {test.go_on}"
    return for_board(decision_words(framework, assessment, money, asking, first=first))


def note_said(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    *,
    is_asked: bool = True,
    asking: Asking = "asked",
) -> str:
    """Return the sentences below the amounts of page 1, or in their place.

    They say how what the decision asks for is made up, and how much of it is for the
    test that comes first.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        money: The money behind the verdict.
        is_asked: Whether the decision says what is asked for; else it is said here.
        asking: Whether the paper asks for a decision.
    """
    test, tested = _test_first(framework, assessment, money), ""
    if test and test.price:
        of = f" of the {test.up_front} up front" if test.up_front else " more"
        tested = f"The test before it takes {test.price}{of}."
    return money_note(
        assessment, money, is_asked=is_asked, asking=asking, tested=tested
    )


def asked_now(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    paid: str = "a test first",
) -> str:
    """Return what is asked for at once, and how much of it is for the test.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        money: The money behind it; empty without any.
        paid: What the test is called that a part of it pays for.
    """
    said = money.asks_now if money else ""
    test = _test_first(framework, assessment, money)
    if test is None:
        return said
    if not test.price:
        return f"{said} Test it first: {test.go_on}"
    if not test.up_front and money and not money.one_off:
        # What was tested is not what the advice would set up, so nothing is there yet.
        year, in_all = money.chosen.year.expected, test.amount
        name = SHORT_NAMES[money.chosen.technique]
        return (
            f"Running “{name}” costs ${written(year)} over 12 months. Making and "
            f"testing what is advised costs {test.price} before that, "
            f"${written(year + in_all)} in all: {test.go_on}"
        )
    if not test.up_front:
        return f"{said} Test it first, for {test.price} more: {test.go_on}"
    return f"{said} {test.price} of the {test.up_front} pays for {paid}: {test.go_on}"


def priced_apart(
    framework: Framework, assessment: Assessment, money: Money | None
) -> Decimal:
    """Return what the test costs that comes on top of the sum; 0 if it is part of it.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        money: The money behind it; None without any.
    """
    test = _test_first(framework, assessment, money)
    return Decimal(0) if test is None or test.up_front else test.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """When to go on after the test, its price, and of what up front that is a part.

    The words may be empty.
    """

    go_on: str
    price: str
    amount: Decimal
    up_front: str


def _test_first(
    framework: Framework, assessment: Assessment, money: Money | None
) -> _Test | None:
    """Return the test that comes before the money that is asked for; or None."""
    if money is None or not money.asks_now:
        return None
    card = confirming_test(framework, assessment)
    if card is None:
        return None
    up_front, amount = part_of_up_front(money, card), card.cost.amount
    mark = "it reaches your target" if card.lacks_target else card.pass_mark
    return _Test(
        go_on=f"go on only if {mark}.",
        price=f"${written(amount.expected)}" if amount else "",
        amount=amount.expected if amount else Decimal(0),
        up_front="" if up_front is None else f"${written(up_front)}",
    )
