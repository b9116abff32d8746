"""What page 1 of a board paper says of money, and of doing nothing."""

from datetime import date
from decimal import Decimal
from typing import TypedDict

from audits.frameworks.schema import Framework
from audits.reports.one_page.model_owner import owner_funded, owner_unknown
from audits.scoring import Assessment
from audits.scoring.board.box_words import sentences
from audits.scoring.board.limits.built_already import built_already
from audits.scoring.board.limits.own_servers import (
    named_elsewhere,
    not_on_own_servers,
)
from audits.scoring.board.limits.real_unknown import real_unknown
from audits.scoring.board.limits.reported_end import reported_end
from audits.scoring.board.limits.stays_below import stays_below
from audits.scoring.board.limits.untested_training import untested_training
from audits.scoring.board.limits.until_moved import in_one, until_moved
from audits.scoring.board.limits.until_ready import lasts_until
from audits.scoring.costs.rounding import written
from audits.scoring.decision_words import Asking, further_note, money_brief
from audits.scoring.money.assumed import assumed_behind, behind
from audits.scoring.money.names.paid_training import may_be_paid
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money
from audits.scoring.options.if_nothing import if_nothing
from audits.scoring.options.main_risk import kept_risks
from audits.scoring.sentences.costs_more_then import used_up
from audits.scoring.summary.plan import plan_of
from audits.scoring.sums.asked.confirming import note_said
from audits.scoring.sums.asked.net_parts import NetParts, in_box, net_parts, paid_since
from audits.scoring.sums.asked.paid_tests import pass_mark_said, stated_first
from audits.scoring.sums.asked.period import (
    asked_from,
    is_within,
    money_on,
    plan_from,
    term_of,
)
from audits.scoring.told.result.asked_sum import own_tests
from audits.scoring.told.result.why_now import why_now


class OfNet(TypedDict):
    """What page 1 says of a net from the day of the decision; empty as priced.

    `net_then` says what these months save if a plan costs another sum then,
    `net_if_paid` the same if its training is paid already, and `cheaper_then` from when
    on the plan is cheaper in all.
    """

    net_then: str
    net_if_paid: str
    cheaper_then: str


class OnDay(OfNet):
    """What page 1 says of money that depends on the day of the decision.

    Amounts are of 12 months that `counts_from` a day; None for that of the verdict.
    `term` says which months the sum pays for, and `net_parts` what the advice saves,
    and what of that is engineers’ time.
    """

    counts_from: date | None
    term: str
    net_parts: str


class OfMoney(OnDay):
    """What the appendix notes of money, and what page 1 says of tests and amounts.

    `assumed` says how many of the numbers nobody entered, and `has_table` whether a
    table has the amounts. `practices` says how many are
    in place, where the sum sets up more than training needs. `limit` says how long and
    for how much a permission lasts, `own_work` what the sum leaves out: what is `built`
    already, the plan that ends until then, and tests of the team. `not_checked` says
    what of the case nobody has found out.
    """

    assumed: str
    has_table: bool
    further_note: str
    pass_mark: str
    stated_first: str
    practices: str
    limit: str
    own_work: str
    built: str
    not_checked: str


class OfNothing(TypedDict):
    """What happens if nobody acts, the dated risks beside it, and why to act now.

    `stays_below` says that what goes on misses its target, whatever is decided.
    """

    if_nothing: str
    stays_below: str
    dated_risks: str
    why_derived: str


def notes(
    verdict: tuple[Framework, Assessment],
    money: Money | None,
    asking: Asking,
    *,
    is_asked: bool,
) -> tuple[str, str]:
    """Return what page 1 says below the amounts, and what the appendix says of them.

    The second is empty where it is no more.

    Args:
        verdict: The framework and the assessment.
        money: The money behind the verdict, if known.
        asking: Whether the paper asks for a decision.
        is_asked: Whether the decision says what is asked for; else these do.
    """
    brief = money_brief(verdict[1], money, is_asked=is_asked, asking=asking)
    behind = note_said(*verdict, money, is_asked=is_asked, asking=asking)
    # What page 1 says is not said again, wherever it is.
    for said in (brief, *sentences(brief)):
        behind = behind.replace(said, "") if said else behind
    told = brief, " ".join(behind.split())
    brief, behind = (named_elsewhere(x, verdict[1], money) for x in told)
    return brief, behind


def notes_then(
    verdict: tuple[Framework, Assessment],
    money: Money | None,
    then: Money | None,
    asking: Asking,
    *,
    is_asked: bool,
) -> tuple[str, str]:
    """Return the same, where page 1 counts from a later day than the appendix.

    Of what costs more in these months, the verdict says when the plan is cheaper.

    Args:
        verdict: The framework and the assessment.
        money: The money behind the verdict, if known.
        then: The same from the day of the decision.
        asking: Whether the paper asks for a decision.
        is_asked: As for `notes`.
    """
    brief, behind = notes(verdict, money, asking, is_asked=is_asked)
    saves = then.saving_year if then else None
    if saves is None or saves > 0:
        brief, _ = notes(verdict, then, asking, is_asked=is_asked)
    return brief, behind


def of_money(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    asking: Asking,
    day: date | None,
) -> OfMoney:
    """Return what the appendix notes of money, and what the page says of tests."""
    return {
        **on_day(assessment, money, asking, day),
        "assumed": _assumed(assessment, money),
        "has_table": bool(money and money.stated),
        "further_note": further_note(assessment, money) if money else "",
        "pass_mark": pass_mark_said(assessment, money),
        "stated_first": stated_first(assessment, money, asking),
        "practices": _funded(framework, assessment, money),
        "limit": lasts_until(money, day),
        "built": (built := built_already(money)),
        "own_work": in_one(
            built,
            until_moved(money),
            own_tests(money, plan_of(framework, assessment).first),
        ),
        "not_checked": _not_checked(framework, assessment, money),
    }


def on_day(
    assessment: Assessment, money: Money | None, asking: Asking, day: date | None
) -> OnDay:
    """Return what page 1 says of money on the day of a decision.

    Args:
        assessment: What was decided.
        money: The money behind the verdict, if known.
        asking: Whether the paper asks for a decision.
        day: The day; None if nobody said.
    """
    if money is None or (asking != "asked" and day is None):
        return {
            "counts_from": None,
            "term": "",
            **_net_then(None, None),
            "net_parts": "",
        }
    first = asked_from(money, day)
    parts = net_parts(assessment, money, first)
    return {
        "counts_from": first if is_within(money.chosen, first) else None,
        "term": term_of(money, first, has_table=bool(money.stated)),
        **_net_then(money, parts),
        "net_parts": " ".join(filter(None, (in_box(parts), paid_since(money)))),
    }


def _net_then(money: Money | None, parts: NetParts | None) -> OfNet:
    """Say what the months that are asked for save, where that is not the priced net."""
    if money is None or parts is None or parts.since is None:
        return {"net_then": "", "net_if_paid": "", "cheaper_then": ""}
    paid = may_be_paid(money)
    return {
        "net_then": f"{_beside(parts.saved)} over these months",
        "net_if_paid": _beside(parts.saved - paid) if paid else "",
        "cheaper_then": cheaper_then(money, parts),
    }


def cheaper_then(money: Money | None, parts: NetParts | None) -> str:
    """Say how long after the months of a decision its plan is cheaper in all.

    Empty if it never is, or if the months are those of the verdict.

    Args:
        money: The money behind the verdict, if known.
        parts: What these months save; None if no plan ends.
    """
    plan, instead = (money.today, money.recommended) if money else (None, None)
    if plan is None or instead is None or parts is None or parts.since is None:
        return ""
    more = instead.last_month - plan.last_month
    return used_up(parts.saved, more) if more > 0 else ""


def _beside(saved: Decimal) -> str:
    side = "less" if saved >= 0 else "more"
    return f"${written(abs(saved))} {side}"


def _not_checked(
    framework: Framework, assessment: Assessment, money: Money | None
) -> str:
    """Say what nobody found out or confirmed, where page 1 does not list it itself."""
    untested = untested_training(assessment)
    reported = reported_end(assessment, money)
    own = not_on_own_servers(assessment, money)
    owner = owner_unknown(framework, assessment, money)
    found = real_unknown(framework, assessment) if assessment.advice else ""
    return " ".join(filter(None, (untested, reported, owner, own, found)))


def _funded(framework: Framework, assessment: Assessment, money: Money | None) -> str:
    """Say what a sum pays of an owner, and which practices; empty if neither."""
    owner = owner_funded(assessment, money)
    return " ".join(filter(None, (owner, _practices(framework, money))))


def _practices(framework: Framework, money: Money | None) -> str:
    """Say which practices a sum sets up that training does not need; may be empty.

    Only where the team said which of them it has are they counted.
    """
    role, found = framework.practices_question, money.practices if money else None
    if role is None or found is None or not found.names:
        return ""
    question = framework.question_by_id[role]
    there = len(question.ticks) - len(found.names)
    needed = question.options[-1].ticks_at_least - there
    if found.number <= needed:
        return ""
    of = there + len(found.names)
    return (
        f"{there} of {of} practices are in place; training may begin with "
        f"{there + needed}, but a model that runs needs all {of}: "
        f"${written(found.expected)} sets up {found.number}."
    )


def _assumed(assessment: Assessment, money: Money | None) -> str:
    number = len(assumed_behind(assessment, money)) if money and money.stated else 0
    if not (money and number):
        return ""
    plan, advice = (
        len(behind(assessment, row.technique)) if row else 0
        for row in (money.today, money.recommended)
    )
    if plan and advice and money.today != money.recommended:
        plans = f"{plan} number{'s' * (plan != 1)} behind the plan"
        return f"{plans} and {advice} behind the advice are assumed."
    are = "is" if number == 1 else "are"
    return f"{number} number{'s' * (number != 1)} behind the amounts {are} assumed."


def of_nothing(
    verdict: tuple[Framework, Assessment],
    money: Money | None,
    state: PlanState,
    day: date | None,
    *,
    written: str,
    note: str,
) -> OfNothing:
    """Return what happens if nobody acts, and the risks that come from dates.

    Args:
        verdict: The framework and the assessment.
        money: The money behind the verdict, if known.
        state: The state of the current plan's money.
        day: The day of the decision; None if nobody said.
        written: What the author wrote of doing nothing; empty if nobody did.
        note: What page 1 says below the amounts.
    """
    nothing = written or if_nothing(*verdict, money, state, plan_from(money, day))
    return {
        "if_nothing": nothing,
        "stays_below": "" if written else stays_below(verdict[1], money),
        "dated_risks": kept_risks(money_on(money, day), f"{note} {nothing}"),
        "why_derived": "" if state == "stopped" else why_now(verdict[1], money),
    }
