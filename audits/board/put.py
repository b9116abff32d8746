"""What a board decides on: the verdict, its decision, its money and what holds it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from django.utils import timezone

from audits.board.doubts import Known
from audits.frameworks.named import NamedVerdict
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.models import Audit, BoardDecision, SignOffCondition
from audits.scoring.costs.rounding import written
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.once_met import until_met
from audits.scoring.money.states import plan_state
from audits.scoring.sums.asked.period import money_on
from audits.scoring.sums.decision_rows import DecisionRow
from audits.services.board.proposals import in_own_currency
from audits.services.due.asking import asking_of
from audits.services.due.board_decisions import held_by
from audits.services.due.covers import cover_of
from audits.services.due.overriding import overriding_of
from audits.services.papers.asked_on_paper import asked_on_paper, counted_on
from audits.services.papers.page_one_words import decision_asked
from audits.services.portfolio.asked import row_of
from audits.services.verdicts.assessments import assessment_of, framework_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What is put to a board, as page 1 has it.

    `asked` is its whole decision, and `row` has its money. Of the conditions of the
    sign-off that are not confirmed as met, an approved amount is `held` until
    `conditions` are; `meanwhile` are met while the work goes on. Each may be empty.
    `decided_on` names the verdict that the board decided on, if another counts since,
    and `signed` says who signed which verdict where one is overridden.
    """

    verdict: NamedVerdict
    asked: str
    row: DecisionRow
    conditions: tuple[SignOffCondition, ...]
    meanwhile: tuple[SignOffCondition, ...]
    held: str
    signed: str
    decided_on: str = ""

    @property
    def says_amount(self) -> bool:
        """Whether the decision has the amount in its words."""
        amount = self.row.asked
        return amount is not None and f"${written(amount.expected)}" in self.asked


def last_open_condition(audit: Audit) -> date | None:
    """Return the last day on which a condition that holds an amount is due.

    Note: one query.
    """
    terms = SignOffCondition.objects.filter(audit=audit)
    return max((each.due_on for each in terms if each.is_holding), default=None)


def proposed_amount(audit: Audit) -> Decimal | None:
    """Return what the paper asks for, in the currency of the organization."""
    return in_own_currency(asked_on_paper(audit), audit.organization.currency)


def known_of(audit: Audit) -> Known:
    """Return what a record of the board is measured against.

    Note: one query, and one for a currency other than US dollars.
    """
    submitted, signed = audit.submitted_at, audit.signed_off_at
    return Known(
        asked=proposed_amount(audit),
        currency=audit.organization.currency,
        submitted_on=timezone.localdate(submitted) if submitted else None,
        signed_on=timezone.localdate(signed) if signed else None,
        today=timezone.localdate(),
    )


def put_to_board(audit: Audit, decided: BoardDecision | None = None) -> Put:
    """Return what a signed audit puts to the board: an override in place of a verdict.

    Note: three queries, and one more for an audit whose verdict is overridden.

    Args:
        audit: The audit.
        decided: The decision of the board that counts; None without one.
    """
    assessment, framework = assessment_of(audit), framework_of(audit)
    cover, state = cover_of(audit), plan_state(audit.use_case.stage)
    asking, day = asking_of(audit, cover), counted_on(audit)
    terms = SignOffCondition.objects.filter(audit=audit).select_related("owner")
    still_open = [each for each in terms.order_by("number") if not each.is_met]
    waits = tuple(each for each in still_open if each.is_holding)
    verdict, signed = assessment.named, ""
    if found := overriding_of(audit):
        told = found.told(framework, assessment, state)
        verdict = told.named._replace(computed=verdict.name)
        said, signed = cover.decision_asked or told.asked, told.said
    else:
        money = until_met(money_on(money_of(assessment, state), day), len(waits))
        said = decision_asked(framework, assessment, cover, money, asking)
    counts = audit.override or audit.verdict
    is_other = decided is not None and decided.verdict != counts
    return Put(
        verdict=verdict,
        asked=said,
        signed=signed,
        row=row_of(audit, assessment, day),
        conditions=waits,
        meanwhile=tuple(each for each in still_open if not each.is_holding),
        held=held_by(waits),
        decided_on=_name(framework, decided) if decided and is_other else "",
    )


def _name(framework: Framework, decided: BoardDecision) -> str:
    words = framework.verdicts.get(cast("Verdict", decided.verdict))
    return words.name if words else decided.verdict
