"""The first steps to take: the cards that can still change what is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.scoring.cards.card import BEGINS, Card
from audits.scoring.cards.moot import steps_to_take
from audits.scoring.cards.outcome_rows import OutcomeRow, as_clause, outcome_rows
from audits.scoring.cards.outcomes import CardOutcome
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.evidence import APPROVAL
from audits.scoring.money.words import Money
from audits.scoring.summary.changes_said import either
from audits.scoring.sums.asked.confirming import part_of_up_front
from audits.scoring.to_build import without_scores

STEPS = 3
_NAMED = 2  # verdicts that a line names
_RESULTS, _NAMED_ALONE = 2, 4  # results that it names: of each verdict, or of one
CONFIRMS = (
    "The test checks what is advised before you pay for it, and cannot change the "
    "verdict"
)
_AS_NOW = "the advice stays the same"
_NO_TARGET = "What follows is known once the target is set"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """A card, and in one line what each outcome would mean for the verdict.

    `within` says of which amount its cost is a part; empty if it is of none. `rows` are
    the outcomes one by one, where they differ and no step before it has the same.
    """

    card: Card
    then: str
    within: str = ""
    rows: tuple[OutcomeRow, ...] = ()

    @property
    def takes(self) -> str:
        """Its work with the price, what that covers, and the wait for others."""
        card = self.card
        covers = f" {card.covers}" if card.covers else ""
        price = card.cost.price if card.hours else ""
        said = ", ".join(filter(None, (card.time, price)))
        return ", ".join(filter(None, (said + covers, self.within, card.waiting)))

    @property
    def has_mark(self) -> bool:
        """Whether its mark says more than its rows, which name each count."""
        return bool(self.card.pass_mark and (self.card.kinds or not self.rows))

    @property
    def if_not(self) -> str:
        """What to do below the pass mark of a test that only confirms the advice."""
        said = stop_line(self.card).partition(", ")[2]
        return said[:1].upper() + said[1:]


def first_steps(
    assessment: Assessment, cards: tuple[Card, ...], money: Money | None = None
) -> tuple[FirstStep, ...]:
    """Return the first three steps that are not moot, in the order of the plan.

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
    for card in without_scores(cards):
        is_told = bool(card.together) and card.outcomes in told
        told.add(card.outcomes)
        then = _together(card) if is_told else then_line(card)
        part, alone = within(money, card), not (is_told or card.confirms)
        rows = outcome_rows(card) if alone else ()
        found.append(FirstStep(card=card, then=then, within=part, rows=rows))
    return tuple(found)


def within(money: Money | None, card: Card) -> str:
    """Say of which amount the cost of a step is a part; empty if it is of none.

    Args:
        money: The money behind the verdict, if it is known.
        card: One of its cards.
    """
    up_front = part_of_up_front(money, card)
    if not up_front:
        return ""
    return f"part of the ${written(up_front)} up front"


def then_line(card: Card) -> str:
    """Return what each outcome of a step would mean for the verdict, in one line."""
    if card.confirms:
        return f"{CONFIRMS}. {stop_line(card)}"
    others = [outcome for outcome in card.outcomes if not outcome.stays]
    if not others:
        said = f"{_NO_TARGET}." if card.needs_target else card.because
        begun, next_steps = tuple(_begun(card)), tuple(_next_steps(card))
        if card.because == APPROVAL and next_steps:
            said = ""  # it is said above the steps
        return " ".join(filter(None, begun or (said, *next_steps)))
    return " ".join((*_begun(card), _changes(card, others)))


def _begun(card: Card) -> Iterator[str]:
    """Yield what the step that the advice begins with brings, where it passes."""
    for outcome in card.outcomes:
        if card.because == BEGINS and outcome.stays and outcome.then.told:
            yield f"{_results(outcome.results, _RESULTS)}: {outcome.then.told}."


def _changes(card: Card, others: Sequence[CardOutcome]) -> str:
    """Return where the results lead that give other verdicts, and whether all do."""
    if said := _but_for_few(card, others):
        return said
    said = ", ".join(_leads(others[:_NAMED], _RESULTS if others[1:] else _NAMED_ALONE))
    more = len(others) - _NAMED
    if more > 0:
        is_plain = not any(outcome.opens for outcome in others)
        verdicts = f"{more} other verdicts" if more > 1 else "another verdict"
        to_others = f", and other results to {verdicts}"
        said += to_others if is_plain else "; others may open questions"
    if len(others) + len([*_begun(card)]) == len(card.outcomes):
        return f"{said}."
    return f"{said}; other results keep the verdict."


def _but_for_few(card: Card, others: Sequence[CardOutcome]) -> str:
    """Say which few results change nothing, where many lead to one verdict."""
    stay = [result for each in card.outcomes if each.stays for result in each.results]
    many = len(others) == 1 and len(others[0].results) > _NAMED_ALONE
    if not many or len(stay) not in range(1, _RESULTS + 1):
        return ""
    named = either([_quoted(each) for each in stay])
    leads = _leads_to(others[0], is_led=False)
    return f"{named} would not change the verdict; every other result {leads}."


def _next_steps(card: Card) -> Iterator[str]:
    """Yield what each result does to what is done next, where none has another verdict.

    Of a test, none is left out: one that changes nothing keeps the advice.
    """
    before, others = "", ""
    is_told = bool(card.kinds) and any(x.next_step for x in card.outcomes)
    for outcome in card.outcomes:
        if not (outcome.next_step or is_told):
            continue
        if not outcome.next_step and outcome.results[1:]:
            others = f"Else, {_AS_NOW}."
            continue
        result = as_clause(outcome.results[0])
        name, _, rest = result.partition("” ")
        result = f"it {rest}" if rest and name == before else result
        yield f"If {result}: {outcome.next_step or _AS_NOW}."
        before = name
    yield from filter(None, [others])


def stop_line(card: Card) -> str:
    """Say below which result not to go on with what is advised, and what to do then."""
    # The last outcome is that which misses the target by most.
    step = card.outcomes[-1].next_step
    then = f" yet: {step}" if step else " with it"
    below = f"fewer than {card.pass_mark}"
    if card.lacks_target:
        below = "it misses your target"
    return f"If {below}, do not go on{then}."


def _leads(outcomes: Sequence[CardOutcome], named: int) -> Iterator[str]:
    """Yield where each outcome leads, by what its results are."""
    is_led = False
    for outcome in outcomes:
        leads = _leads_to(outcome, is_led=is_led)
        is_led = not outcome.opens
        yield f"{_results(outcome.results, named)} {leads}"


def _leads_to(outcome: CardOutcome, *, is_led: bool) -> str:
    """Say where an outcome leads; where one before it `is_led`, without the verb."""
    if outcome.opens:
        return f"would open {_questions(*outcome.opens)}"
    name = lower_first(outcome.verdict_name)
    step = f" ({outcome.next_step})" if outcome.next_step else ""
    return f"{'' if is_led else 'would lead '}to “{name}”{step}"


def _questions(first: str, *others: str) -> str:
    """Name the first of the questions that are opened, and count the others.

    >>> _questions("Which approach passes"), _questions("Volume", "Task", "Hosting")
    ('the question “Which approach passes”', 'the question “Volume” and 2 more')
    """
    more = f" and {len(others)} more" if others else ""
    return f"the question “{first}”{more}"


def _results(results: Sequence[str], named: int) -> str:
    """Name results, or the first where they are too many.

    >>> _results(["None", "Logs"], 2), _results(["None", "1 to 9", "Logs"], 2)
    ('“None” or “Logs”', '“None” or one of 2 other results')
    """
    if len(results) > named:
        return f"{_quoted(results[0])} or one of {len(results) - 1} other results"
    return either([_quoted(each) for each in results])


def _quoted(result: str) -> str:
    """Quote a result; the names in it have no marks of their own.

    >>> _quoted("Only “Current prompt” meets the target")
    '“Only Current prompt meets the target”'
    """
    return "“" + result.replace("“", "").replace("”", "") + "”"


def _together(card: Card) -> str:
    """Say that the outcomes of a step before it are those of both."""
    return f"It decides together with “{card.together[0]}”."
