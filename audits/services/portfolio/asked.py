"""What the decision of a use case asks for, as the overview of a board pack has it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.frameworks.rules import Verdict
from audits.models import Audit
from audits.scoring import Assessment
from audits.scoring.board.overrides.overridden_money import money_overridden
from audits.scoring.cards.checks import cost_before_part
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.advice_rows import asked
from audits.scoring.explaining.for_board import for_board
from audits.scoring.money.measuring import measuring_cost
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import plan_state
from audits.scoring.sums.decision_rows import DecisionRow, decision_row
from audits.scoring.sums.money_sums import Decided
from audits.scoring.what_if.finding import Stated
from audits.services.due.covers import cover_of
from audits.services.due.decision_day import counted_from
from audits.services.due.overriding import overriding_of
from audits.services.verdicts.assessments import framework_of, verdict_words


def row_of(audit: Audit, assessment: Assessment, on: date | None = None) -> DecisionRow:
    """Return what an audit asks for, ends and holds.

    Args:
        audit: The audit, whose use case has the state of its plan.
        assessment: What was decided.
        on: From when it counts; without it, from the day of the verdict.
    """
    if found := overriding_of(audit):
        return row_instead(audit, assessment, found.verdict, on)
    return computed_row(audit, assessment, on)


def row_instead(
    audit: Audit, assessment: Assessment, verdict: Verdict, on: date | None = None
) -> DecisionRow:
    """Return the same where a verdict counts in place of the computed one."""
    framework, state = framework_of(audit), plan_state(audit.use_case.stage)
    return decision_row(
        Decided(
            name=audit.use_case.name,
            family=framework.verdicts[verdict].family,
            money=money_overridden(framework, assessment, verdict, state),
            state=state,
            on=on,
        )
    )


def computed_row(
    audit: Audit, assessment: Assessment, on: date | None = None
) -> DecisionRow:
    """Return the same of the computed verdict, whatever counts in its place."""
    state = plan_state(audit.use_case.stage)
    return decision_row(
        Decided(
            name=audit.use_case.name,
            family=None if assessment.prerequisite else assessment.family,
            money=money_of(assessment, state),
            state=state,
            measuring=measuring_cost(assessment),
            work=cost_before_part(framework_of(audit), assessment),
            on=on,
        )
    )


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What is asked for over 12 months in US dollars, what that is, and what follows.

    `said` is “at least” or “in part” if something is left out; without an `amount` it
    is what is said instead. `then` comes on top after a second approval; None where the
    amount is all, or where nobody knows. `plus` says what it leaves out, in words.
    """

    amount: Decimal | None
    said: str
    then: Decimal | None = None
    plus: str = ""


def asked_of(audit: Audit, assessment: Assessment) -> AskedFor:
    """Return what is asked for, as lists have it: the sum of the paper.

    Args:
        audit: The audit, whose use case has the state of its plan.
        assessment: What was decided.
    """
    if not verdict_words(audit):
        return AskedFor(None, "")
    row = row_of(audit, assessment, _counted_from(audit, assessment))
    if row.asked is None:
        return AskedFor(None, row.no_amount, row.second)
    plus = "; ".join(row.left_out)
    return AskedFor(row.asked.expected, row.bound, row.second, plus)


def _counted_from(audit: Audit, assessment: Assessment) -> date | None:
    # A draft has no paper, and so no day of a decision.
    if audit.is_draft:
        return None
    return counted_from(audit, assessment, cover_of(audit))


def stated(audit: Audit, assessment: Assessment) -> Stated:
    """Return the verdict, the sum asked for and the decision, to compare with others.

    Args:
        audit: The audit, whose use case has the state of its plan.
        assessment: What was decided of it, now or before.
    """
    row = row_of(audit, assessment)
    amount = f"${written(row.asked.expected)}" if row.asked else row.no_amount.lower()
    act, _, _ = for_board(asked(framework_of(audit), assessment)).partition(". ")
    return Stated(verdict=assessment.named.name, asked=amount or "nothing", act=act)
