"""Keeps what is done about a decision of a board, and what is taken back of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.models import Audit, BoardDecision, DecisionStep, Stage, UseCase, User
from audits.models.fields.text import fitting_text
from audits.models.sign_offs.board_decisions import MOST_OF_WORDS
from audits.scoring.board.follow_ups import FollowUp
from audits.scoring.board.words import amount_in
from audits.services.answers.answers import locked_audit
from audits.services.board.proposals import costs_of_plan, freed_already
from audits.services.board.recording import NotInForce
from audits.services.portfolio.rows import follow_use_cases, update_portfolio_row
from audits.services.record import events
from audits.uploads.attachments.links import named_link

Kind = DecisionStep.Kind
_REASON = "Enter the reason"
_APPROVED = (
    "The board approved this amount as spending. Enter what the current plan no longer "
    "costs"
)
_DONE_ALREADY = "Its stage is another one already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What somebody says was done.

    `stage` is the new stage of a use case. `amount` is money that is freed, by the
    `basis`, and `is_stated` says that a person says so, and no usage shows it.
    """

    kind: str
    day: date
    words: str = ""
    link: str = ""
    name: str = ""
    amount: Decimal | None = None
    basis: str = ""
    is_stated: bool = True
    stage: str = ""


@transaction.atomic
def add_step(*, decision: BoardDecision, by: User, done: Done) -> DecisionStep:
    """Store what was done about a decision; a stage is changed with it.

    Args:
        decision: The decision; its audit is read again, and locked.
        by: Who says so.
        done: What was done.

    Raises:
        NotInForce: The decision does not count, or its verdict is not in force.
        RefusedLinkError: The link is refused.
        ValidationError: Something is missing or cannot be right; says of which field.
    """
    words = fitting_text(done.words, MOST_OF_WORDS)
    proof = named_link(done.link, done.name)
    audit = _locked(decision)
    asked = next((x for x in decision.asks if x.kind == done.kind), None)
    if asked is None or not _counts(decision):
        raise NotInForce
    _check(done, asked, words, audit.use_case, decision)
    stages = {}
    if done.kind == Kind.STAGE:
        stages = {"stage_before": audit.use_case.stage, "stage_after": done.stage}
    is_money = done.kind == Kind.MONEY
    step = DecisionStep.objects.create(
        organization_id=audit.organization_id,
        decision=decision,
        audit=audit,
        kind=done.kind,
        day=done.day,
        words=words,
        **proof,
        amount=done.amount if is_money else None,
        basis=done.basis if is_money else "",
        is_stated=done.is_stated,
        currency=decision.currency,
        **stages,
        by=by,
    )
    _store(audit, step, done.stage if stages else "")
    return step


@transaction.atomic
def take_step_back(*, step: DecisionStep, by: User, words: str) -> DecisionStep | None:
    """Take back what was done, with a reason; None if it was taken back already.

    The stage goes back to what it was, if nobody has changed it since.

    Raises:
        NotInForce: Its verdict is not in force.
        ValidationError: The reason is missing.
    """
    reason = fitting_text(words, MOST_OF_WORDS)
    if not reason:
        raise ValidationError({"words": _REASON})
    audit = _locked(step)
    if step.undoes_id or DecisionStep.objects.filter(undoes=step).exists():
        return None
    back = DecisionStep.objects.create(
        organization_id=audit.organization_id,
        decision_id=step.decision_id,
        audit=audit,
        kind=Kind.TAKEN_BACK,
        undoes=step,
        day=timezone.localdate(),
        words=reason,
        currency=step.currency,
        by=by,
    )
    is_as_set = step.stage_after and audit.use_case.stage == step.stage_after
    _store(audit, back, step.stage_before if is_as_set else "")
    return back


def _locked(found: BoardDecision | DecisionStep) -> Audit:
    """Lock the use case, then the audit: the order in which all code locks rows."""
    use_cases = UseCase.objects.select_for_update(no_key=True, of=("self",))
    use_case = use_cases.get(audits=found.audit_id)
    audit = locked_audit(Audit(pk=found.audit_id))
    if audit.state != Audit.State.SIGNED_OFF:
        raise NotInForce
    audit.use_case = use_case
    return audit


def _counts(decision: BoardDecision) -> bool:
    counting = BoardDecision.objects.filter(audit=decision.audit_id).that_count()
    return counting.filter(pk=decision.pk).exists()


def _check(
    done: Done,
    asked: FollowUp,
    words: str,
    use_case: UseCase,
    decision: BoardDecision,
) -> None:
    wrong = {}
    if done.kind == Kind.STAGE:
        wrong = _wrong_stage(done, asked, use_case)
    elif not words:
        wrong["words"] = "Say how that is known"
    if done.kind == Kind.MONEY:
        wrong |= _wrong_money(done) or _not_freed(done, decision)
    elif done.day > timezone.localdate():
        wrong["day"] = "Enter a day that is not still to come"
    if wrong:
        raise ValidationError(wrong)


def _wrong_stage(done: Done, asked: FollowUp, use_case: UseCase) -> dict[str, str]:
    if done.stage not in Stage.values or done.stage in asked.stages:
        return {"stage": "Choose another stage"}
    if use_case.stage not in asked.stages:
        return {"stage": _DONE_ALREADY}
    return {}


def _wrong_money(done: Done) -> dict[str, str]:
    wrong = {}
    if not (done.amount and done.amount > 0):
        wrong["amount"] = "Enter an amount above 0"
    if done.basis not in DecisionStep.Basis.values:
        wrong["basis"] = "Choose how often it is freed"
    return wrong


def _not_freed(done: Done, decision: BoardDecision) -> dict[str, str]:
    """Refuse what the current plan never cost, and what the board approved to spend."""
    costs = costs_of_plan(decision)
    month, currency = done.basis == DecisionStep.Basis.MONTH, decision.currency
    most = costs.month if month else costs.once
    already = freed_already(decision, done.basis)
    if most is not None and done.amount and done.amount + already > most:
        what = "A month of the current plan" if month else "The current plan"
        over = "" if month else " over 12 months"
        said = (
            f", and {amount_in(already, currency)} is freed already" if already else ""
        )
        return {
            "amount": f"{what} costs {amount_in(most, currency)}{over}{said}, so no"
            f" more than {amount_in(most - already, currency) if already else 'that'}"
            " is freed"
        }
    if not month and done.amount == decision.amount and not costs.is_training:
        return {"amount": _APPROVED}
    return {}


def _store(audit: Audit, step: DecisionStep, stage: str) -> None:
    """Change the stage, if there is one, and write the row and the record."""
    more = {}
    if stage:
        use_case = audit.use_case
        more["stage"] = [use_case.stage, stage]
        use_case.stage = stage
        use_case.save(update_fields=["stage"])
        follow_use_cases([use_case])
    update_portfolio_row(audit)
    if step.amount is not None:
        more["amount"] = [str(step.amount), step.currency, step.basis]
    events.record(
        organization=audit.organization,
        actor=step.by,
        verb=f"board_step.{step.kind}",
        subject=str(step.decision_id),
        audit=str(audit.pk),
        step=step.undoes_id or step.pk,
        day=step.day.isoformat(),
        **more,
        **({"link": step.link} if step.link else {}),
    )
