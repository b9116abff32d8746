"""The one thing to do first after a verdict, and what can wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from audits.frameworks.schema import Framework
from audits.scoring.cards.card import Card
from audits.scoring.cards.checks import price_of_check
from audits.scoring.cards.closing import card_of_check
from audits.scoring.cards.target import SET_TARGET
from audits.scoring.explaining.advice import TO_SHOW, Advice
from audits.scoring.explaining.advice_rows import (
    FIRST,
    AdvisedRow,
    advised_rows,
    asked,
    conditions,
    in_a_row,
    lower_first,
)
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.completeness import named
from audits.scoring.explaining.evidence import LOOKED_UP
from audits.scoring.explaining.meantime import MEANWHILE, ONCE_RESUMED
from audits.scoring.money.states import PlanState
from audits.scoring.results_behind.approved_on import (
    NOT_SIGNED_OFF,
    AfterSignOff,
    approved_on,
)
from audits.scoring.told.result.asked_sum import named_steps

_STEPS = ("Next step", MEANWHILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAction:
    """What to do first: one title, its parts, and the advice that can wait.

    `names_parts` are the checks, or the models to choose from, as a sentence beside the
    title; empty where the parts are said elsewhere. `with_steps` are checks with the
    number of the step that answers each, so that a list of them needs no numbers. It
    `is_for_board` where the title is what the board is asked to agree to.
    """

    title: str
    parts: tuple[str, ...]
    rest: tuple[AdvisedRow, ...]
    names_parts: str = ""
    with_steps: tuple[str, ...] = ()
    is_for_board: bool = False


def first_action(
    framework: Framework,
    assessment: Assessment,
    cards: Sequence[Card] = (),
    *,
    after: AfterSignOff = NOT_SIGNED_OFF,
    state: PlanState = "running",
) -> FirstAction | None:
    """Return what to do first; None where the framework gives no advice.

    It is a step that comes before all others, then a measurement that could change the
    verdict, then the checks before training, then to stop or to move a tuned model,
    then the next step.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        cards: The steps that are listed below it, from `plan_of`, as it names some by
            their number.
        after: What the sign-off says, if there is one.
        state: The state of the current plan's money.
    """
    advice = assessment.advice
    if advice is None:
        return None
    # What is stopped for good has nothing to wait for.
    serves = ONCE_RESUMED if state == "stopped" else MEANWHILE
    step = "Instead" if assessment.family == "stop" else serves
    rows = tuple(_renamed(row, step) for row in advised_rows(framework, assessment))
    if advice.prerequisite:
        later = tuple(row for row in rows if row.label != FIRST)
        return FirstAction(title=advice.prerequisite.ask, parts=(), rest=later)
    if plan := assessment.measurements:
        parts = [f"{each.name}: {each.hours} hours" for each in plan.experiments]
        title = _measuring(cards, len(parts), plan.hours)
        return FirstAction(title=title, parts=tuple(parts), rest=rows)
    if advice.standing:
        said = approved_on(framework, assessment, after=after)
        return _before_training(framework, assessment, advice, rows, cards, said=said)
    moves = [row for row in rows if row.label == "Move to"]
    steps = [row for row in rows if row.label == serves]
    if assessment.family == "stop" or not (moves or steps):
        title = asked(framework, assessment)
        return FirstAction(title=title, parts=(), rest=rows, is_for_board=True)
    first = (moves or steps)[0]
    title, rest = f"{first.says}.", tuple(row for row in rows if row != first)
    if before := _before(framework, cards):  # as the steps say it
        title = f"First {before}, then {lower_first(title)}"
    return FirstAction(title=title, parts=(), rest=rest)


def _before(framework: Framework, cards: Sequence[Card]) -> str:
    """Name what nothing can be tested or written without; empty if all is there."""
    needed = (SET_TARGET, framework.faults_question)
    known = takewhile(lambda card: card.id in needed, cards)
    return " and ".join(lower_first(card.name) for card in known)


def _measuring(cards: Sequence[Card], count: int, hours: int) -> str:
    """Ask for what measures, after what may save it."""
    before = [*takewhile(lambda card: not card.comes_first, cards)] if cards else []
    read = [card for card in before if card.because == LOOKED_UP]
    at, together = len(before), " together" if count > 1 else ""
    measure = f"{named_steps(range(at + 1, at + count + 1))}, {hours} hours{together}"
    if not read:
        return f"Measure first: {measure}"
    first, spent = range(at + 1 - len(read), at + 1), sum(card.hours for card in read)
    work = f"{spent} hour{'s' * (spent > 1)}"
    saves = f"First {named_steps(first)} ({work}): an answer may save the tests."
    return f"{saves} Then measure: {measure}"


def _before_training(
    framework: Framework,
    assessment: Assessment,
    advice: Advice,
    rows: tuple[AdvisedRow, ...],
    cards: Sequence[Card],
    *,
    said: str,
) -> FirstAction:
    """Return what has to be done before training is approved."""
    is_one_list = advice.standing == "not_shown" and bool(advice.subject_to)
    if advice.standing == "subject_to" or is_one_list:
        title = said.rstrip(".") if is_one_list else "Before training can be approved"
        checks = conditions(assessment)
        by_step = [
            f"{check} ({_step_of(framework, assessment, gate.id, cards)})"
            if cards and gate.id != TO_SHOW
            else check
            for check, gate in zip(checks, advice.subject_to, strict=True)
        ]
        names = f"{in_a_row(by_step)}." if checks else ""
        return FirstAction(
            title=title,
            parts=checks,
            rest=rows,
            names_parts=names,
            with_steps=tuple(by_step),
        )
    if advice.standing == "closing":
        models = tuple(f"{name} stays open" for name in advice.stay_open)
        names = named(advice.stay_open) if models else ""
        return FirstAction(
            title=said,
            parts=models,
            rest=rows,
            names_parts=f"Models that stay open: {names}." if names else "",
        )
    # Each answer is one to show before training is approved.
    return FirstAction(title=said, parts=advice.unproven_answers, rest=rows)


def _step_of(
    framework: Framework, assessment: Assessment, gate: str, cards: Sequence[Card]
) -> str:
    """Name the first step that answers what a check reads; few checks have none."""
    if card := card_of_check(framework, assessment, gate, cards):
        return f"step {[*cards].index(card) + 1}"
    price = price_of_check(framework, assessment, gate)
    return f"no step below, {price}" if price else "no step below"


def _renamed(row: AdvisedRow, label: str) -> AdvisedRow:
    """Call the step what it is beside a first action."""
    return AdvisedRow(label=label, says=row.says) if row.label in _STEPS else row
