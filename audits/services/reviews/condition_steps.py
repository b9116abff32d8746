"""Keeps what is said and confirmed of each condition of a sign-off."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.models import Audit, ConditionStep, Membership, SignOffCondition, User
from audits.models.fields.text import fitting_text
from audits.models.organizations import REVIEWERS, in_role
from audits.services.answers.answers import locked_audit
from audits.services.answers.proof_files import (
    Upload,
    keep_proof,
    proof_of,
    proof_told,
)
from audits.services.conditions.conditions import MOST_OF_A_NOTE
from audits.services.people.sign_off_mails import mail_open_again
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.reviews.separation import separation_of
from audits.uploads.attachments.links import named_link


class NotInForce(Exception):  # noqa: N818 - the state it is in, not a fault
    """The verdict of a condition is not in force, so nothing can be said of it."""


def may_tell(condition: SignOffCondition, member: Membership) -> bool:
    """Return whether a member may say that a condition is met, or take that back."""
    asked = condition.handed_to_id or condition.owner_id
    theirs = (asked, condition.audit.use_case.owner_id)
    return member.may_review or member.user_id in theirs


def may_confirm(condition: SignOffCondition, person: User) -> bool:
    """Return whether a reviewer may confirm that a condition is met.

    Who signed it off asked for it. Others must be allowed to sign off, and neither own
    the condition nor have submitted the audit.
    """
    if person.pk == condition.review.by_id:
        return True
    audit = condition.audit
    members = Membership.objects.filter(organization=audit.organization_id)
    reviewers = in_role(REVIEWERS, team=audit.use_case.team_id)
    if not members.filter(reviewers, user=person).exists():
        return False
    asked = (condition.owner_id, condition.handed_to_id)
    if person.pk in (*asked, audit.submitted_by_id):
        return False
    return separation_of(audit, person).may_sign


def meet_condition(
    *,
    condition: SignOffCondition,
    by: User,
    words: str,
    link: str = "",
    name: str = "",
    file: Upload = None,
) -> bool:
    """Mark a condition as met; False if it is already.

    It is confirmed at once where who says so may confirm it.

    Args:
        condition: The condition; its row is read again, and its audit's locked.
        by: Who says so.
        words: How it was met.
        link: An address that proves it; may be empty.
        name: What the link is called; empty for the address itself.
        file: A file that proves it; None without one.

    Raises:
        NotInForce: Its verdict is not in force.
        ValidationError: The note is missing or invalid.
        RefusedLinkError: The link is refused.
        RefusedUploadError, BusyError, QuotaFull, NotStored: The file is refused, as
            `proof_of` says.
    """
    proof: dict[str, Any] = {**named_link(link, name)}
    note = _note(words, "Say how it was met")
    with proof_of(condition.audit, by, file) as stored, transaction.atomic():
        locked, audit = _locked(condition)
        if locked.met_at is not None:
            return False
        proof["file"] = keep_proof(stored)
        step = _add_step(locked, ConditionStep.Kind.MET, by, note, **proof)
        confirmed_at = step.at if may_confirm(locked, by) else None
        _store(locked, audit, step, met_at=step.at, confirmed_at=confirmed_at)
    return True


@transaction.atomic
def confirm_condition(*, condition: SignOffCondition, by: User) -> bool:
    """Confirm that a condition is met; False if it is open or confirmed already.

    Raises:
        NotInForce: Its verdict is not in force.
    """
    locked, audit = _locked(condition)
    if not locked.is_said:
        return False
    step = _add_step(locked, ConditionStep.Kind.CONFIRMED, by, "")
    _store(locked, audit, step, met_at=locked.met_at, confirmed_at=step.at)
    return True


@transaction.atomic
def take_back(*, condition: SignOffCondition, by: User, words: str) -> bool:
    """Take back that a condition is met, so that it is open; False if it is open.

    Its owner is emailed.

    Raises:
        NotInForce: Its verdict is not in force.
        ValidationError: The reason is missing or invalid.
    """
    reason = _note(words, "Enter the reason")
    locked, audit = _locked(condition)
    if locked.met_at is None:
        return False
    step = _add_step(locked, ConditionStep.Kind.TAKEN_BACK, by, reason)
    _store(locked, audit, step, met_at=None, confirmed_at=None)
    mail_open_again.enqueue(str(step.organization_id), step.pk)
    return True


def _note(words: str, missing: str) -> str:
    note = fitting_text(words, MOST_OF_A_NOTE)
    if not note:
        raise ValidationError({"words": missing})
    return note


def _locked(condition: SignOffCondition) -> tuple[SignOffCondition, Audit]:
    audit = locked_audit(Audit(pk=condition.audit_id))
    if audit.state != Audit.State.SIGNED_OFF:
        raise NotInForce
    found = SignOffCondition.objects.select_related("review", "audit__organization")
    return found.get(pk=condition.pk), audit


def _add_step(
    condition: SignOffCondition, kind: str, by: User, words: str, **proof: Any
) -> ConditionStep:
    return ConditionStep.objects.create(
        organization_id=condition.organization_id,
        condition=condition,
        kind=kind,
        words=words,
        by=by,
        **proof,
    )


def _store(
    condition: SignOffCondition,
    audit: Audit,
    step: ConditionStep,
    *,
    met_at: datetime | None,
    confirmed_at: datetime | None,
) -> None:
    condition.met_at, condition.confirmed_at = met_at, confirmed_at
    condition.save(update_fields=["met_at", "confirmed_at"])
    update_portfolio_row(audit)
    events.record(
        organization=audit.organization,
        actor=step.by,
        verb=f"condition.{step.kind}",
        subject=str(condition.pk),
        audit=str(audit.pk),
        review=str(condition.review_id),
        **proof_told(step.link, step.file),
    )
