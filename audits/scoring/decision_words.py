"""The sentence with which page 1 asks for a decision, if the author writes none.

A paper for information asks for nothing: it tells what is proposed, or was decided.
"""

from collections.abc import Mapping
from typing import Literal

from audits.frameworks.schema import Framework
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.days import in_words
from audits.scoring.explaining.advice_rows import asked, lower_first, model_end
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.currency import money_line
from audits.scoring.money.earned import is_never, pays_too_little
from audits.scoring.money.may_be_there import may_be_there
from audits.scoring.money.of_assessment import is_plan_missing
from audits.scoring.money.over_time.changes import step
from audits.scoring.money.words import NO_AMOUNT, Money
from audits.scoring.moving.successor import with_successor
from audits.scoring.numbers.replaced_words import replaced_in_brief
from audits.scoring.proposals.declined import not_accepted
from audits.scoring.proposals.proposal_words import worded

type Asking = Literal["asked", "told", "decided"]

ASKINGS: tuple[Asking, ...] = ("asked", "told", "decided")
# What the sentence is called. Only what a board has decided is decided.
ASKED: Mapping[Asking, str] = {
    "asked": "Decision needed",
    "told": "What is proposed",
    "decided": "Signed off",
}
_DECIDED, _DEFERRED = "Decided", "Deferred"
_AS_TOLD = ("This asks for", "It asks for")
_APPROVE = " to approve"
_ASKED_FOR, _MADE_OF, _RESUMED_FOR = "Asked for: ", "It takes ", "Resuming it takes "
_NOT_YET_PAID = "Not paid back within 12 months."
_STAYS = (
    "There is nothing to decide: it has stopped, and nothing is spent. "
    "If it is resumed: "
)
_UNNAMED = (
    "The use case is live, but nobody entered what runs today: some of this may be "
    "paid already."
)
_AS_DECIDED: Mapping[str, str] = {"Agree ": "Agreed ", "Approve ": "Approved: "}


def asked_as(asking: Asking, *, is_decided: bool) -> str:
    """Return what the sentence of the decision is called.

    Args:
        asking: Whether the paper asks for a decision, or tells what was signed.
        is_decided: Whether the board has decided.

    >>> asked_as("decided", is_decided=False), asked_as("decided", is_decided=True)
    ('Signed off', 'Decided')
    >>> asked_as("asked", is_decided=False), asked_as("asked", is_decided=True)
    ('Decision needed', 'Deferred')
    """
    if asking == "asked" and is_decided:
        return _DEFERRED
    return _DECIDED if asking == "decided" and is_decided else ASKED[asking]


def decision_words(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    asking: Asking = "asked",
    *,
    first: str = "",
) -> str:
    """Return what the decision asks for, with its amounts if they are known.

    Args:
        framework: The framework, which has the words.
        assessment: The assessment.
        money: The money behind the verdict, in US dollars; None to leave it out.
        asking: Whether the paper asks for a decision, or tells what is proposed or
            decided.
        first: What comes before the amounts.
    """
    lead = asked(framework, assessment)
    lead = with_successor(lead, framework, assessment, money)
    words = _as_decided(lead, asking)
    if money is None:
        return words
    if money.state == "stopped" and asking != "asked":
        words = f"{_STAYS}{lower_first(lead)}"
    offer = worded(assessment.proposal)
    declined = not_accepted(offer) if offer and not assessment.prerequisite else ""
    lawful = once_lawful(assessment, money)
    said = (words, first, as_told(money, asking), declined, lawful)
    return " ".join(filter(None, said))


def once_lawful(assessment: Assessment, money: Money | None) -> str:
    """Say when a set-up for the time of the measurements may serve; may be empty."""
    is_risky = assessment.codes.get("regulatory") == "high_risk"
    if not (
        money
        and is_risky
        and money.role == "meanwhile"
        and money.at_once
        and money.one_off
    ):
        return ""
    name = SHORT_NAMES[money.chosen.technique]
    return (
        f"The law classes the use as high risk: “{name}” serves only once its legal "
        "checks are done."
    )


def money_brief(
    assessment: Assessment,
    money: Money | None,
    *,
    is_asked: bool = True,
    asking: Asking = "asked",
) -> str:
    """Return what page 1 says below its amounts, in a line; the appendix has the rest.

    Where no amounts are stated, the options still have an offer at the team's own rate.

    Args:
        assessment: The assessment.
        money: The money behind the verdict.
        is_asked: Whether the decision says what is asked for; else it is said here.
        asking: Whether the paper asks for a decision.
    """
    none = f"{NO_AMOUNT}." if assessment.prerequisite else ""
    replaced = replaced_in_brief(assessment.replaced)
    if money is None or not money.stated:
        return _joined(none, replaced)
    return _joined(
        none,
        "" if is_asked else as_told(money, asking),
        parts_told(money.net, money, asking),
        _UNNAMED if is_plan_missing(assessment, money.state) else "",
        may_be_there(assessment, money),
        money.caveats,
        pays_too_little(assessment, money),
        replaced,
    )


def money_note(
    assessment: Assessment,
    money: Money | None,
    *,
    is_asked: bool = True,
    asking: Asking = "asked",
    tested: str = "",
) -> str:
    """Return all sentences about the amounts of page 1, for its file and the appendix.

    Args:
        assessment: The assessment.
        money: The money behind the verdict.
        is_asked: Whether the decision says what is asked for; else it is said here.
        asking: Whether the paper asks for a decision.
        tested: What the test before it costs, which is said beside what is asked for.
    """
    if money is None or not money.stated:
        return money_brief(assessment, money)
    too_little, brief = pays_too_little(assessment, money), money.brief
    if is_never(too_little):
        brief = brief.replace(_NOT_YET_PAID, "").strip()
    return _joined(
        f"{NO_AMOUNT}." if assessment.prerequisite else "",
        "" if is_asked else as_told(money, asking),
        parts_told(money.parts, money, asking),
        tested,
        step(money.today),
        _UNNAMED if is_plan_missing(assessment, money.state) else "",
        may_be_there(assessment, money),
        brief,
        too_little,
        replaced_in_brief(assessment.replaced),
        money_line(assessment, money),
    )


def _joined(*said: str) -> str:
    return " ".join(filter(None, said))


def further_note(assessment: Assessment, money: Money) -> str:
    """Return the notes of the appendix; what a tuned model answers is at risk.

    Args:
        assessment: The assessment.
        money: The money behind the verdict.
    """
    end = model_end(assessment) if assessment.family == "move" else None
    is_told = money.at_risk is not None or money.state == "stopped"
    if end is None or is_told:
        return money.further
    stops = (
        "At risk if nobody moves it: how well the service answers from "
        f"{in_words(end[1])}."
    )
    return f"{money.further} {stops}".strip()


def parts_told(parts: str, money: Money, asking: Asking) -> str:
    """Say how an amount is made up, and not that it is asked for where nobody is.

    Args:
        parts: How it is made up where somebody is asked.
        money: The money behind the verdict.
        asking: Whether anybody is asked for a decision.
    """
    if asking == "asked":
        return parts
    for_it = _RESUMED_FOR if money.state == "stopped" else _MADE_OF
    return parts.replace(_APPROVE, "").replace(_ASKED_FOR, for_it)


def as_told(money: Money, asking: Asking) -> str:
    """Say what money is for, and only what it costs where nobody is asked for it.

    Args:
        money: The money behind the verdict.
        asking: Whether anybody is asked for a decision.
    """
    said = money.asks
    if asking == "asked":
        return said
    has_stopped = money.state == "stopped"
    costs = "Resuming it costs" if has_stopped else "It costs"
    for asks in _AS_TOLD:
        said = said.replace(asks, costs).replace(lower_first(asks), lower_first(costs))
    return said


def _as_decided(words: str, asking: Asking) -> str:
    """Say what was asked for where it is decided."""
    found = (start for start in _AS_DECIDED if words.startswith(start))
    start = next(found, "") if asking == "decided" else ""
    return f"{_AS_DECIDED[start]}{words.removeprefix(start)}" if start else words
