"""Decisions of a board, as tests record them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from audits.models import Audit, BoardDecision, DecisionStep, Role, UseCase, User
from audits.services.answers.answers import fresh_audit
from audits.services.board.recording import Record, record_decision
from audits.services.board.steps import Done, add_step
from audits.services.portfolio.rows import follow_use_cases
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Tenant
from tests.replayed import replayed


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def sign(tenant: Tenant, stage: str = "training") -> Audit:
    """Sign off the submitted audit, whose use case has a stage."""
    _sign(tenant, stage=stage)
    return fresh_audit(tenant.submitted)


@replayed
def _sign(tenant: Tenant, *, stage: str) -> None:
    use_case = UseCase.objects.get(pk=tenant.submitted.use_case_id)
    if use_case.stage != stage:
        use_case.stage = stage
        use_case.save()
        follow_use_cases([use_case])
    audit = fresh_audit(tenant.submitted)
    review_audit(
        audit=audit,
        by=tenant.people[Role.REVIEWER],
        outcome="approved",
        words="",
        submission=submission_of(audit),
    )


def record(
    audit: Audit,
    by: User,
    outcome: str = "approved",
    asked: Decimal | None = None,
    **more: Any,
) -> BoardDecision:
    """Record a decision of today."""
    later = outcome in ("approved", "amended")
    values = {
        "decided_on": timezone.localdate(),
        "meeting": "Board, winter",
        "words": "" if outcome == "approved" else "Ask again with numbers.",
        "carry_out_by": in_days(30) if later else None,
        "look_on": in_days(90) if outcome == "deferred" else None,
        **more,
    }
    entered = Record(outcome=outcome, **values)
    return record_decision(audit=audit, by=by, record=entered, asked=asked)


def did(decision: BoardDecision, by: User, kind: str, **more: Any) -> DecisionStep:
    """Say that a step was done today."""
    money: dict[str, Any] = {"amount": Decimal(900), "basis": "month"}
    given: dict[str, dict[str, Any]] = {
        "money": money,
        "stage": {"stage": "building", "words": ""},
    }
    values = {"day": timezone.localdate(), "words": "The job was ended."}
    done = Done(kind=kind, **{**values, **given.get(kind, {}), **more})
    return add_step(decision=decision, by=by, done=done)
