"""The state, the sign-off and the contradiction of an audit, for its JSON."""

from typing import Literal, cast

from django.utils import timezone

from audits.frameworks.loading import loader
from audits.models import Audit, Review
from audits.scoring.board.overriding import amount_said
from audits.scoring.exchange import document
from audits.scoring.exchange.standing import (
    BoardOf,
    ConditionOf,
    OverrideOf,
    ReviewDue,
    SignOffOf,
    Standing,
)
from audits.scoring.money.states import plan_state
from audits.services.due.board_decisions import of_boards
from audits.services.due.comments import apart
from audits.services.due.contradictions import contradiction_of
from audits.services.due.overriding import override_end_of, overriding_of


def standing_of(audit: Audit) -> Standing:
    """Return what its export says beside the verdict of an audit."""
    found = contradiction_of(audit)
    return Standing(
        state=cast(
            Literal["draft", "in_review", "signed_off", "superseded"], audit.state
        ),
        sign_off=_sign_off(audit),
        review_due=ReviewDue(since=found.since, because=found.because)
        if found
        else None,
        board=_board(audit),
        override=_override(audit),
        override_ended=override_end_of(audit),
    )


def _override(audit: Audit) -> OverrideOf | None:
    found = overriding_of(audit)
    if found is None or audit.assessment is None:
        return None
    framework = loader.published(audit.framework, audit.framework_version)
    assessment = document.load(audit.assessment)
    money = found.money(framework, assessment, plan_state(audit.use_case.stage))
    return OverrideOf(
        verdict=found.verdict,
        name=found.named(framework).name,
        by=found.by,
        on=found.on,
        words=found.words,
        money=amount_said(money),
    )


def _board(audit: Audit) -> BoardOf | None:
    found = of_boards([audit], in_force=False).get(audit.pk)
    if found is None or found.decision is None:
        return None
    decision, standing = found.decision, found.standing
    return BoardOf(
        outcome=decision.outcome,
        on=decision.decided_on,
        meeting=decision.meeting,
        minute=decision.minutes,
        words=decision.words,
        amount=decision.amount,
        currency=decision.currency,
        carry_out_by=decision.carry_out_by,
        look_on=decision.look_on,
        state=standing.state,
        done=standing.done,
        of=standing.of,
        missing=standing.missing,
    )


def _sign_off(audit: Audit) -> SignOffOf | None:
    if audit.signed_off_at is None:
        return None
    last = Review.objects.of_submission(audit).first()
    if last is None or last.outcome == Review.Outcome.SENT_BACK:
        return None
    has_conditions = last.outcome == Review.Outcome.CONDITIONS
    return SignOffOf(
        outcome="conditions" if has_conditions else "approved",
        by=str(last.by),
        on=timezone.localdate(last.at),
        valid_until=audit.valid_until,
        words=apart(last)[0] if has_conditions else last.words,
        conditions=tuple(
            ConditionOf(
                words=each.words,
                owner=str(each.owner),
                due_on=each.due_on,
                state=each.state,
                became=each.became,
                proof=told.shown if (told := each.told) else "",
                holds_money=each.holds_money,
            )
            for each in last.asked
        ),
    )
