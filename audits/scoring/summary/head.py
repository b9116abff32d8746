"""The text below a headline: what the ways cost, and why in a sentence or two."""

import re
from dataclasses import dataclass
from decimal import Decimal

from audits.frameworks.schema import Framework
from audits.scoring.chances.met import BY_CHANCE
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.names.named_amounts import plan_in_words
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.sentences.once_resumed import without_meantime
from audits.scoring.sums.asked.confirming import priced_apart
from audits.scoring.sums.asked.pays_back import pays_back_line
from audits.scoring.sums.year_parts import for_how_long

# Two to three lines of the card with both sums.
_ROOM = 190
_NOTHING = Decimal(0)
_ENDS = re.compile(r"(?<=[.?!]) (?=[A-Z“])")
_TITLE_WORDS, _TITLE_LETTERS = 13, 68  # a verdict and one clause, in two lines
_FEW_DAYS = 15  # of service, which the text below a headline says
_BELOW = 120  # a line and a half
# Before what one does, and not in a name between quotation marks.
_CLAUSE = re.compile(r": (?![^“]*”)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The sums of a verdict, why it is so, and the sentences that have no room there.

    `sums` is empty where nothing has a price, `rest` where all have room.
    """

    sums: str
    why: str
    rest: str
    pays_back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A headline on a page: the verdict in a few words, and the rest of its sentences.

    `rest` is empty where all have room.
    """

    says: str
    rest: str

    @property
    def below(self) -> str:
        """The rest, where it is short enough to come right below the title."""
        return "" if len(self.rest) > _BELOW else self.rest

    @property
    def beside_steps(self) -> str:
        """The rest, where it is so long that it comes beside what to do next."""
        return self.rest if len(self.rest) > _BELOW else ""


def title_of(headline: str) -> Title:
    """Return a headline as the title of a page, and what is said below it.

    A sentence that is too long ends before its colon; what follows it is said below.

    >>> found = title_of("Use retrieval: search for the page. Do not start training.")
    >>> (found.says, found.rest)
    ('Use retrieval: search for the page. Do not start training.', '')

    Args:
        headline: The sentences that say a verdict.
    """
    first, *others = _ENDS.split(headline)
    said, below = _parted(first)
    while others and _has_room(f"{said} {others[0]}"):
        said = f"{said} {others.pop(0)}"
    return Title(says=said, rest=" ".join([*filter(None, [below]), *others]))


def _has_room(title: str) -> bool:
    return len(title.split()) <= _TITLE_WORDS and len(title) <= _TITLE_LETTERS


def _parted(sentence: str) -> tuple[str, str]:
    """Return a sentence as far as a title has room, and the rest as another one."""
    if _has_room(sentence):
        return sentence, ""
    said, *clause = _CLAUSE.split(sentence, maxsplit=1)
    if not clause:
        return sentence, ""
    return f"{said}.", f"{clause[0][:1].upper()}{clause[0][1:]}"


def head_of(lead: str, money: Money | None, apart: Decimal = _NOTHING) -> Head:
    """Return the text below a headline; the rest is for “Why”.

    Args:
        lead: Why the verdict is so, in sentences.
        money: The money behind the verdict, in US dollars; None where none is known.
        apart: What the test of the advice costs on top of it.
    """
    sums, pays_back = (_sums(money), pays_back_line(money)) if money else ("", "")
    first, *others = _ENDS.split(BY_CHANCE.sub("", lead))
    while others and len(f"{sums} {first} {others[0]}") <= _ROOM:
        first = f"{first} {others.pop(0)}"
    if money and apart:
        sums = _sums(money, apart)
    return Head(sums=sums, why=first, rest=" ".join(others), pays_back=pays_back)


def head_beside(
    framework: Framework, assessment: Assessment, money: Money | None
) -> Head:
    """Return the text below the headline of a verdict.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        money: The money behind it; None where none is known.
    """
    apart = priced_apart(framework, assessment, money)
    return head_of(assessment.lead, money, apart)


def _sums(money: Money, apart: Decimal = _NOTHING) -> str:
    """Say what is advised and today's plan cost over 12 months."""
    plan, chosen = money.today, money.picked
    if chosen is None or chosen == plan:
        return _of_plan(money, plan) if plan else ""
    name = f"“{SHORT_NAMES[chosen.technique]}”"
    notes = []
    if money.move:
        name = f"The move to {name}"
    elif money.recommended is None:
        notes.append(money.standing.lower())
    if money.documents == "left_out":
        notes.append("without documents")
    if notes:
        name = f"{name} ({', '.join(notes)})"
    said = f"{name} costs {_year(chosen)}"
    if apart:
        said += f", ${written(chosen.year.expected + apart)} with its test"
    if plan is None:
        return f"{said}."
    amount = f"${written(plan.year.expected)}"
    serves = for_how_long(plan, _FEW_DAYS).replace(" for ", " (would serve ")
    name = f"“{SHORT_NAMES[plan.technique]}”{serves}{')' if serves else ''}"
    return f"{said}; the {plan_in_words(money)}, {name}, {amount}."


def _of_plan(money: Money, plan: MoneyRow) -> str:
    """Say what the plan costs, which is no price of a training that is advised."""
    name = f"“{SHORT_NAMES[plan.technique]}”"
    if money.role == "meanwhile" and money.unpriced:
        said = f"The training has no price here; meanwhile {name} costs {_year(plan)}."
        return without_meantime(said) if money.state == "stopped" else said
    return f"{name} costs {_year(plan)}."


def _year(row: MoneyRow) -> str:
    return f"${written(row.year.expected)} over 12 months"
