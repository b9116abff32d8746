"""The first steps to take: the cards that can still change what is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.scoring.cards.card import Card
from audits.scoring.cards.confirming import part_of_up_front
from audits.scoring.cards.moot import steps_to_take
from audits.scoring.cards.outcomes import CardOutcome
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money

STEPS = 3
_NAMED = 2  # verdicts that a line names
CONFIRMS = (
    "It confirms the advice before you spend on it, and cannot change the verdict"
)
_NO_TARGET = "What follows depends on the target"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """A card, and in one line what each outcome would mean for the verdict.

    `within` says of which amount its cost is a part; empty if it is of none.
    """

    card: Card
    then: str
    within: str = ""

    @property
    def takes(self) -> str:
        """Its work with the price, what that covers, and the wait for others."""
        card = self.card
        hours = f"{card.hours} hour{'s' * (card.hours != 1)}"
        covers = f" {card.covers}" if card.covers else ""
        said = ", ".join(filter(None, (hours, card.cost.price)))
        return ", ".join(filter(None, (said + covers, self.within, card.waiting)))


def first_steps(
    assessment: Assessment, cards: tuple[Card, ...], money: Money | None = None
) -> tuple[FirstStep, ...]:
    """Return the first three steps that are not moot, in the order of the plan.

    The plan puts first what everything else depends on, then what could change the
    verdict most.

    Args:
        assessment: What was decided.
        cards: Its cards, from `cards_of`.
        money: The money behind the verdict, if it is known.
    """
    return told_steps(steps_to_take(assessment, cards)[:STEPS], money)


def told_steps(
    cards: tuple[Card, ...], money: Money | None = None
) -> tuple[FirstStep, ...]:
    """Return steps with what each outcome would mean, as `first_steps` tells three.

    Args:
        cards: The steps to tell, in their order.
        money: The money behind the verdict, if it is known.
    """
    told: set[tuple[CardOutcome, ...]] = set()
    found = []
    for card in cards:
        is_told = bool(card.together) and card.outcomes in told
        told.add(card.outcomes)
        then = _together(card) if is_told else then_line(card)
        found.append(FirstStep(card=card, then=then, within=within(money, card)))
    return tuple(found)


def within(money: Money | None, card: Card) -> str:
    """Say of which amount the cost of a step is a part; empty if it is of none.

    Args:
        money: The money behind the verdict, if it is known.
        card: One of its cards.
    """
    up_front = part_of_up_front(money, card)
    return f"part of the ${written(up_front)} up front" if up_front else ""


def then_line(card: Card) -> str:
    """Return what each outcome of a step would mean for the verdict, in one line."""
    if card.confirms:
        return f"{CONFIRMS}. {stop_line(card)}"
    others = [outcome for outcome in card.outcomes if not outcome.stays]
    if not others:
        said = f"{_NO_TARGET}." if card.needs_target else card.because
        return " ".join((said, *_next_steps(card)))
    said = ", ".join(_leads(others[:_NAMED]))
    more = len(others) - _NAMED
    if more > 0:
        is_plain = not any(outcome.opens for outcome in others)
        others_lead = f"to {more} more" if is_plain else "lead elsewhere"
        said += f", and other results {others_lead}"
    if len(others) == len(card.outcomes):
        return f"{said}."
    return f"{said}; the rest would not change the verdict."


def _next_steps(card: Card) -> Iterator[str]:
    """Yield which results change what is done next, where none changes the verdict."""
    for outcome in card.outcomes:
        if outcome.next_step:
            yield f"If {outcome.results[0]}: {outcome.next_step}."


def stop_line(card: Card) -> str:
    """Say below which result not to go on with what is advised, and what to do then."""
    # The last outcome is that which misses the target by most.
    step = card.outcomes[-1].next_step
    then = f": {step}" if step else ""
    return f"If fewer than {card.pass_mark}, do not go on with it{then}."


def _leads(outcomes: Sequence[CardOutcome]) -> Iterator[str]:
    """Yield where each outcome leads: its first result by name, the others counted."""
    is_led = False
    for outcome in outcomes:
        first, *others = outcome.results
        more = f" or {_others(others)}" if others else ""
        if outcome.opens:
            leads = f"would open {_questions(*outcome.opens)}"
        else:
            name = lower_first(outcome.verdict_name)
            leads = f"to “{name}”" if is_led else f"would lead to “{name}”"
            leads += f" ({outcome.next_step})" if outcome.next_step else ""
        is_led = not outcome.opens
        yield f"{_quoted(first)}{more} {leads}"


def _questions(first: str, *others: str) -> str:
    """Name the first of the questions that are opened, and count the others.

    >>> _questions("What meets the target"), _questions("Volume", "Task", "Hosting")
    ('the question “What meets the target”', 'the question “Volume” and 2 more')
    """
    more = f" and {len(others)} more" if others else ""
    return f"the question “{first}”{more}"


def _others(results: Sequence[str]) -> str:
    """Name the one other result, or count several."""
    one, *more = results
    return f"{len(results)} more results" if more else _quoted(one)


def _quoted(result: str) -> str:
    """Quote a result; a quotation within one has single marks."""
    return "“" + result.replace("“", "\u2018").replace("”", "\u2019") + "”"


def _together(card: Card) -> str:
    """Say that the outcomes of a step before it are those of both."""
    return f"It decides together with “{card.together[0]}”."
