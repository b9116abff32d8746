"""Amounts in an author's words that page 1 computes nowhere."""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from audits.frameworks.schema import Framework
from audits.scoring.decision_words import Asking
from audits.scoring.exchange.page_one import page_one_says
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.options.if_nothing import if_nothing
from audits.scoring.options.main_risk import main_risks
from audits.scoring.summary.plan import plan_of
from audits.scoring.told.result.asked_sum import asked_sum

_MOST_NAMED = 3
_OWN = " is the author’s figure, not computed here"
_OWNS = " are the author’s figures, not computed here"
_CURRENCY = r"(?:US\$|[$€£]|USD|EUR|GBP|CHF)"
_NUMBER = r"\d(?:[\d,.’' ]*\d)?"
_SIZE = r"(?:\s?(?:k|m|bn|thousand|million|billion)\b)?"
_AMOUNT = re.compile(
    rf"{_CURRENCY}\s?(?P<first>{_NUMBER}{_SIZE})"
    rf"|(?P<last>{_NUMBER}{_SIZE})\s?(?:{_CURRENCY}|dollars?\b|euros?\b|pounds?\b)",
    re.IGNORECASE,
)
_ANY = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SIZES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_THOUSAND, _CLOSE = 1000, Decimal("0.01")


def own_amounts(
    framework: Framework,
    assessment: Assessment,
    words: Iterable[str],
    state: PlanState = "running",
    asking: Asking = "asked",
) -> str:
    """Return which amounts of an author page 1 computes nowhere; empty if none.

    An amount is computed if a sum of page 1 is the same, or rounds to it.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        words: What an author wrote on page 1.
        state: The state of the current plan's money.
        asking: Whether the paper asks for a decision, or informs of one.
    """
    named = dict.fromkeys(each for text in words for each in amounts_in(text))
    if not named:
        return ""
    computed = [*_computed(framework, assessment, state, asking)]
    own = [name for name in named if not _is_among(named_amount(name), computed)]
    if not own:
        return ""
    more = len(own) - _MOST_NAMED
    said = ", ".join(own[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{said}{_OWNS if own[1:] else _OWN}"


def told_beside_sums(own: str) -> str:
    """Say on a page of computed sums whose the amounts of an author are.

    >>> told_beside_sums("$9,123 is the author’s figure, not computed here")
    'Page 1 names $9,123. The author wrote this; Attune did not compute it.'

    Args:
        own: What `own_amounts` says; empty if there are none.
    """
    if not (named := own.removesuffix(_OWN).removesuffix(_OWNS)):
        return ""
    return f"Page 1 names {named}. The author wrote this; Attune did not compute it."


def risk_with(own: str, risks: Iterable[tuple[str, str]]) -> str:
    """Return the risk that names all amounts of an author; empty if none does.

    >>> own = "$5,000 is the author’s figure, not computed here"
    >>> risk_with(own, [("A delay.", "Ann"), ("It costs $5,000.", "Ben")])
    'It costs $5,000.'
    >>> risk_with("", [("It costs $5,000.", "Ben")])
    ''

    Args:
        own: What `own_amounts` says; empty if there are none.
        risks: The risks that an author wrote, each with its owner.
    """
    named = {*amounts_in(own)}
    found = (text for text, _ in risks if named <= {*amounts_in(text)})
    return next(found, "") if named and " more " not in own else ""


def amounts_in(text: str) -> Iterator[str]:
    """Yield the amounts of money in a text, as they are written.

    >>> [*amounts_in("Approve $9,000 once, then 19k EUR; 12 months, 200 cases.")]
    ['$9,000', '19k EUR']
    """
    yield from (found[0].strip() for found in _AMOUNT.finditer(text))


def named_amount(name: str) -> tuple[Decimal, Decimal]:
    """Return an amount, and by how much what it rounds may differ.

    >>> named_amount("$19k"), named_amount("€9.000,50")[0]
    ((Decimal('19000'), Decimal('190.00')), Decimal('9000.50'))
    """
    [number] = re.findall(_NUMBER, name)[:1]
    letters = name.partition(number)[2].strip().casefold()
    size = next((x for x in _SIZES if re.match(rf"{x}\b", letters)), "")
    parts = re.match(r"(.*?)(?:[.,](\d{1,2}))?$", number, re.DOTALL)
    whole, cents = parts.groups() if parts else (number, None)
    digits = re.sub(r"\D", "", whole) or "0"
    amount = Decimal(f"{digits}.{cents or 0}").normalize() + 0
    if cents and not size:
        amount = Decimal(f"{digits}.{cents}")
    amount *= 10 ** _SIZES.get(size, 0)
    shown = f"{amount:f}".partition(".")[0]
    zeros = len(shown) - len(shown.rstrip("0"))
    rounded = Decimal(10) ** (0 if cents and not size else zeros) / 2
    return amount, min(rounded, max(amount * _CLOSE, Decimal("0.5")))


def _is_among(named: tuple[Decimal, Decimal], computed: Iterable[Decimal]) -> bool:
    amount, may_differ = named
    return any(abs(amount - each) <= may_differ for each in computed)


def _computed(
    framework: Framework, assessment: Assessment, state: PlanState, asking: Asking
) -> Iterator[Decimal]:
    """Yield the numbers of page 1 that nobody wrote."""
    money = money_of(assessment, state)
    says = page_one_says(framework, assessment, "", state, asking)
    unwritten = page_one_says(framework, assessment, "-", state, asking).note
    cards = plan_of(framework, assessment).first
    texts = (
        json.dumps(says.values, ensure_ascii=False),
        unwritten,
        money.note if money else "",
        asked_sum(framework, assessment, money, cards),
        if_nothing(framework, assessment, money, state),
        *main_risks(framework, assessment, money),
        assessment.lead,
    )
    if money and money.at_risk is not None:
        yield money.at_risk  # A4 has what a failed test loses
    in_thousands = says.unit != "US dollars"
    for text in texts:
        for number in _ANY.findall(text):
            amount = Decimal(number.replace(",", ""))
            yield amount
            if in_thousands:
                yield amount * _THOUSAND
