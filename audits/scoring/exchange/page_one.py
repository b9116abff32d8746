"""What page 1 of a paper must say: the sentence of the decision, and every amount.

A paper's file has it, so that a reader can compare it with the printed page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal, cast

from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.board.box_words import by_whom
from audits.scoring.board.overrides.overridden_options import options_overridden
from audits.scoring.board.overriding import Overriding
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.decision_words import ASKINGS, Asking, asked_as
from audits.scoring.exchange.json_values import written as as_values
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.once_met import until_met
from audits.scoring.money.states import PLAN_STATES, PlanState
from audits.scoring.money.words import Money
from audits.scoring.options.options import folded, options, unit
from audits.scoring.summary.why_rows import why_rows
from audits.scoring.sums.asked.confirming import decision_said, note_said
from audits.scoring.sums.columns import columns

NAME = "page_1"
_MOST_CONDITIONS = 5
_HOLDS = "holds_money"
_MOST_WORDS = 400  # characters of an author's sentence; the form allows fewer
_MOST_DUE = 800  # of two reasons of a review that is due
_MOST_GRANTED = 200  # of two amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """The least, the expected and the most, as page 1 prints them."""

    low: str
    expected: str
    high: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountRow:
    """One row of amounts: what 12 months of a plan cost once, to run and in all."""

    plan: str
    once: str
    running: str
    year: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """An option, what 12 months of it cost, and why or why not."""

    option: str
    cost: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionSays:
    """A condition of the sign-off: its words, who was asked, and by when.

    `due_on` is a day as year, month and day. It is "said" to be met until who may sign
    off confirms it. It `holds_money` unless a file says that no amount waits for it.
    """

    words: str
    owner: str
    due_on: str
    state: Literal["open", "said", "met"]
    holds_money: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideSays:
    """A verdict in place of the computed one: by whom, on which day, and the reason.

    `on` is a day as year, month and day.
    """

    verdict: str
    by: str
    on: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhySays:
    """A condition that decided, whether it holds, what was found, and its evidence."""

    condition: str
    holds: str
    found: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOneSays:
    """The decision and the amounts of page 1.

    `decision_by` says whether the author wrote the decision or the framework words it.
    `unit` is that of the rows; `note` is what is said of them, of which page 1 has
    a line and the appendix all. `options` are all that was considered, with an offer
    that was received, in as many rows as fit most pages. A page that is fuller has some
    of them, or the line, in its appendix.
    `plan_state` is the state of the current plan's money, which no answer tells;
    `why` are the conditions that decided, as page 1 says them.
    `asking` says whether a decision is asked for, which a file says only where none is.
    `conditions` are those of the sign-off, and `review_due` is the line that says what
    contradicts it. `override` is what counts in place of the computed verdict: the
    decision and the amounts are then its own. `is_decided` says that the board has
    decided, and `granted` what it approved of the sum asked for, where that differs.
    No answer tells any of them; a file without one has no word of it.
    """

    decision: str
    decision_by: Literal["author", "framework"]
    unit: Literal["US dollars", "thousands of US dollars"]
    amounts: tuple[AmountRow, ...]
    note: str
    options: tuple[OptionRow, ...]
    options_unit: str
    plan_state: PlanState
    why: tuple[WhySays, ...] = ()
    asking: Asking = "asked"
    conditions: tuple[ConditionSays, ...] = ()
    review_due: str = ""
    override: OverrideSays | None = None
    is_decided: bool = False
    granted: str = ""

    @property
    def asked(self) -> str:
        """What the sentence of the decision is called."""
        return asked_as(self.asking, is_decided=self.is_decided)

    @property
    def decision_printed(self) -> str:
        """The decision with who agreed to it, as page 1 prints it."""
        if self.decision_by == "author":
            return self.decision
        return by_whom(self.decision, is_decided=self.is_decided)

    @property
    def values(self) -> dict[str, Any]:
        """The same as JSON values."""
        found: dict[str, Any] = as_values(self)
        if not self.conditions:
            del found["conditions"]
        for each in found.get("conditions", ()):
            if each["holds_money"]:
                del each["holds_money"]
        if self.asking == "asked":
            del found["asking"]
        if not self.review_due:
            del found["review_due"]
        for name in ("override", "is_decided", "granted"):
            if not found[name]:
                del found[name]
        return found


def page_one_says(
    framework: Framework,
    assessment: Assessment,
    written: str = "",
    state: PlanState = "running",
    asking: Asking = "asked",
    *,
    conditions: tuple[ConditionSays, ...] = (),
    review_due: str = "",
    override: OverrideSays | None = None,
) -> PageOneSays:
    """Return what page 1 must say.

    Args:
        framework: The framework, which has the words.
        assessment: The assessment.
        written: The author's sentence of the decision; empty if there is none.
        state: The state of the current plan's money.
        asking: Whether the paper asks for a decision, or informs of one.
        conditions: Those of the sign-off.
        review_due: What contradicts the signed verdict; empty if nothing does.
        override: What counts in place of the computed verdict.
    """
    if override is not None:
        without = page_one_says(
            *(framework, assessment, written, state, asking),
            conditions=conditions,
            review_due=review_due,
        )
        return _overridden(framework, assessment, without, override)
    waits = sum(each.holds_money and each.state != "met" for each in conditions)
    money = until_met(money_of(assessment, state), waits)
    case = framework, assessment, money
    return PageOneSays(
        decision=written or decision_said(*case, asking),
        decision_by="author" if written else "framework",
        unit=_unit(money),
        amounts=tuple(_rows(money)) if money else (),
        note=note_said(*case, is_asked=not written, asking=asking),
        options=tuple(
            OptionRow(option=each.name, cost=each.cost, why=each.why)
            for each in folded(options(framework, assessment, state))
        ),
        options_unit=unit(assessment),
        plan_state=state,
        why=tuple(
            WhySays(
                condition=row.condition,
                holds=row.holds,
                found=row.says,
                evidence=row.known,
            )
            for row in why_rows(framework, assessment)
        ),
        asking=asking,
        conditions=conditions,
        review_due=review_due,
    )


def _overridden(
    framework: Framework,
    assessment: Assessment,
    says: PageOneSays,
    override: OverrideSays,
) -> PageOneSays:
    """Return page 1 with the decision and the amounts of an override."""
    found = Overriding(
        verdict=cast("Verdict", override.verdict),
        by=override.by,
        on=date.fromisoformat(override.on),
        words=override.words,
    )
    told = found.told(framework, assessment, says.plan_state)
    is_written, money = says.decision_by == "author", told.money
    considered = options(framework, assessment, says.plan_state)
    return replace(
        says,
        decision=says.decision if is_written else told.asked,
        unit=_unit(money),
        amounts=tuple(_rows(money, picked="Override")) if money else (),
        note=told.amount,
        options=tuple(
            OptionRow(option=each.name, cost=each.cost, why=each.why)
            for each in folded(
                [
                    *options_overridden(
                        *(considered, money, told.offer), named=told.named.name
                    )
                ]
            )
        ),
        override=override,
    )


def after_board(says: PageOneSays, *, is_decided: bool, granted: str) -> PageOneSays:
    """Return what page 1 must say once a board has decided.

    Args:
        says: What it must say without that.
        is_decided: Whether the board has.
        granted: What it approved of the sum asked for; empty if that is the same.
    """
    return replace(says, is_decided=is_decided, granted=granted)


# What a file states: each is given its value under `NAME`, from anybody.


def written_decision(page: object) -> str:
    """Return the author's sentence that a file states; empty if it states none."""
    if not isinstance(page, dict) or page.get("decision_by") != "author":
        return ""
    decision = page.get("decision")
    if not isinstance(decision, str) or len(decision) > _MOST_WORDS:
        return ""
    return decision


def stated_state(page: object) -> PlanState:
    """Return the state of money that a file states; running if it states none."""
    found = page.get("plan_state") if isinstance(page, dict) else None
    return next((state for state in PLAN_STATES if state == found), "running")


def stated_asking(page: object) -> Asking:
    """Return whether a file says that it informs; it asks if it says nothing."""
    found = page.get("asking") if isinstance(page, dict) else None
    return next((asking for asking in ASKINGS if asking == found), "asked")


def stated_review_due(page: object) -> str:
    """Return the contradiction that a file states; empty if it states none."""
    found = page.get("review_due") if isinstance(page, dict) else None
    return found if isinstance(found, str) and len(found) <= _MOST_DUE else ""


def stated_decided(page: object) -> bool:
    """Return whether a file states that the board has decided."""
    return isinstance(page, dict) and page.get("is_decided") is True


def stated_granted(page: object) -> str:
    """Return what a file states that a board approved; empty if it states none."""
    found = page.get("granted") if isinstance(page, dict) else None
    return found if isinstance(found, str) and len(found) <= _MOST_GRANTED else ""


def stated_conditions(page: object) -> tuple[ConditionSays, ...]:
    """Return the conditions that a file states; none if one has another form."""
    found = page.get("conditions") if isinstance(page, dict) else None
    if not isinstance(found, list) or len(found) > _MOST_CONDITIONS:
        return ()
    read = [_condition(each) for each in found]
    return tuple(each for each in read if each) if all(read) else ()


def stated_override(page: object, framework: Framework) -> OverrideSays | None:
    """Return the override that a file states; None if it has another form."""
    found = page.get("override") if isinstance(page, dict) else None
    names = {field.name for field in fields(OverrideSays)}
    if not isinstance(found, dict) or found.keys() != names:
        return None
    if not all(isinstance(x, str) and len(x) <= _MOST_WORDS for x in found.values()):
        return None
    if found["verdict"] not in framework.verdicts or not _is_day(found["on"]):
        return None
    return OverrideSays(**found)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _condition(stated: object) -> ConditionSays | None:
    names = {field.name for field in fields(ConditionSays)} - {_HOLDS}
    texts = {**stated} if isinstance(stated, dict) else {}
    holds = texts.pop(_HOLDS, True)
    if texts.keys() != names or not isinstance(holds, bool):
        return None
    if not all(isinstance(x, str) and len(x) <= _MOST_WORDS for x in texts.values()):
        return None
    if texts["state"] not in ("open", "said", "met"):
        return None
    return ConditionSays(**texts, holds_money=holds)


def _unit(money: Money | None) -> Literal["US dollars", "thousands of US dollars"]:
    return "thousands of US dollars" if money and money.is_large else "US dollars"


def _rows(money: Money, *, picked: str = "") -> Iterator[AmountRow]:
    for row in money.stated:
        found = columns(row, money.is_large)
        standing = picked if picked and row == money.picked else row.standing
        yield AmountRow(
            plan=f"{standing}: {SHORT_NAMES[row.technique]}",
            once=found.once,
            running=found.running,
            year=Amounts(low=found.low, expected=found.total, high=found.high),
        )
