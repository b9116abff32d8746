"""What page 1 of a board paper says would change the verdict."""

from typing import TypedDict

from audits.frameworks.schema import Framework
from audits.reports.one_page.evidence_said import UNKNOWNS
from audits.reports.one_page.to_find_out import to_find_out
from audits.scoring import Assessment
from audits.scoring.board.limits.falls_short import falls_short
from audits.scoring.deciding.flips import Change
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.for_board import for_board
from audits.scoring.money.words import Money
from audits.scoring.summary.actions import (
    ToldChange,
    actions,
    changes_in_order,
    changes_told,
    is_another_use_case,
)
from audits.scoring.summary.plan import plan_of
from audits.scoring.told.amounts.turning import dearer_from, turned_by
from audits.scoring.ways_to_test.untested_ways import tests_change_it
from audits.scoring.what_if.alone import changed_alone

# How a sentence begins that names one, and what is measured for one.
_EVENTS = ("If ", "Reconsider if", "Find out first", "A test ")
_TWO_LINES = 146  # characters on page 1
_NOBODY = "; no planned step tests this"
# What no step plans to test, and a test could still show.
_LATER_TEST = "a later test showed that "


class Changing(TypedDict):
    """What changes the verdict first and what else does, and what turns the plan."""

    changes: tuple[str, str]
    turned_by: str


def changing(
    framework: Framework, assessment: Assessment, money: Money | None
) -> Changing:
    """Return the events that change a verdict; each may be empty.

    Where no answer alone changes it, an amount that turns the cheaper plan comes first.

    Args:
        framework: The framework, which has the words.
        assessment: What was decided.
        money: The money behind it, if it is known.
    """
    first, others = changes_said(framework, assessment)
    turned = turned_by(assessment, money)
    is_event = first.startswith(_EVENTS)
    if event := "" if is_event else turned or dearer_from(money):
        return {"changes": (event, others), "turned_by": ""}
    if short := "" if is_event else falls_short(assessment, money):
        return {"changes": (short, first), "turned_by": turned}
    return {"changes": (first, others), "turned_by": turned}


def changes_said(framework: Framework, assessment: Assessment) -> tuple[str, str]:
    """Return what changes the verdict first, and what else does; both may be empty."""
    flip = with_target(_flip(framework, assessment), assessment)
    trigger = _trigger(assessment)
    if test := tests_change_it(assessment):
        return for_board(test), for_board(flip)
    return for_board(flip or trigger), for_board(trigger if flip else "")


def with_target(said: str, assessment: Assessment) -> str:
    """Return what would happen with the share that has to pass, where it is known."""
    found = assessment.candidates
    if found is None or not found.target:
        return said
    share = f"the target ({float(found.target) * 100:g} of 100)"
    return said.replace("the target", share, 1)


def in_two_lines(changes: tuple[str, str]) -> tuple[str, str]:
    """Return both changes if they have room, or else the one that may be seen.

    Args:
        changes: What changes the verdict first, and what else does.
    """
    first, other = changes
    if len(f"{first} {other}") <= _TWO_LINES:
        return changes
    return (other if other and first.endswith(f"{_NOBODY}.") else first), ""


def as_event(framework: Framework, change: Change) -> str:
    """Suppose that it happens, or the answer where no words say what would.

    Args:
        framework: The framework, which has the words.
        change: The answer that changes, and to what.
    """
    besides = f" {change.besides}" if isinstance(change, ToldChange) else ""
    words = framework.findings.get(change.question)
    event = words.answers.get(change.option, "") if words else ""
    if words and words.frame != "{}":
        event = ""  # one of several that can be picked
    return f"{event or _answered(change.label, change.then)}{besides}"


def _trigger(assessment: Assessment) -> str:
    """Say what would bring training back; empty where nothing would."""
    advice = assessment.advice
    if advice is None or not advice.triggers:
        return ""
    first, *others = advice.triggers
    return f"Reconsider if: {lower_first(first.says)}{_more(len(others))}"


def _more(number: int) -> str:
    if not number:
        return ""
    return f" A7 has {'one' if number == 1 else number} more."


def _flip(framework: Framework, assessment: Assessment) -> str:
    if assessment.prerequisite:
        return ""
    steps, told = (f(framework, assessment) for f in (actions, changes_told))
    is_gather = assessment.family == "gather"
    if not (told or is_gather) and (result := _of_a_step(framework, assessment)):
        return result
    happening = (
        flip
        for flip in changes_in_order(framework, assessment)
        if not is_another_use_case(framework, flip)
    )
    for flip in told or sorted(happening, key=lambda x: bool(x.depends_on)):
        changes = (as_event(framework, each) for each in flip.changes)
        by_whom = "" if steps or told else _NOBODY
        later = _LATER_TEST if told and not steps else ""
        events = " and ".join(changes)
        # What a test shows is so.
        said = f"If {later}{events.replace('” were “', '” is “') if later else events}"
        if flip.depends_on:
            others = " and ".join(f"“{label}”" for label in flip.depends_on[:UNKNOWNS])
            return f"{said}, the answer to {others} would decide{by_whom}."
        name = lower_first(flip.verdict_name)
        return f"{said}, the verdict would be “{name}”{by_whom}."
    if is_gather:
        return f"Find out first: {to_find_out(framework, assessment)}."
    return changed_alone(framework, assessment, more_in="A6")


def _of_a_step(framework: Framework, assessment: Assessment) -> str:
    """Say which result of the first such step changes the verdict; may be empty."""
    outcomes = (
        (card, outcome)
        for card in plan_of(framework, assessment).deciding
        for outcome in card.outcomes
        if not (outcome.stays or outcome.opens)
    )
    for card, outcome in outcomes:
        result = outcome.results[0]
        if not card.kinds and card.answers:
            result = _answered(card.answers[0].label, result)
        name = lower_first(outcome.verdict_name)
        return f"If {result}, the verdict would be “{name}”."
    return ""


def _answered(label: str, answer: str) -> str:
    """Suppose an answer; a reader of page 1 does not know the names of questions."""
    return f"the answer to “{label}” were “{answer}”"
