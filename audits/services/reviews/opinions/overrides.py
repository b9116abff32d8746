"""Puts another verdict in place of a computed one, and takes that back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from audits.models import Audit, Override, User
from audits.models.fields.text import fitting_text
from audits.models.sign_offs.overrides import MOST_OF_A_REASON
from audits.scoring.board.offered import verdicts_offered
from audits.services.answers.answers import locked_audit
from audits.services.people.override_mails import mail_overridden
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.reviews.separation import separation_of
from audits.services.verdicts.assessments import assessment_of, framework_of

REASON_NEEDED = "Enter the reason, which the paper prints"
BACK_NEEDED = "Enter the reason, which the result and the paper’s appendix show"
VERDICT_NEEDED = "Choose the verdict that counts in place of the computed one"
_OWN = "You submitted this audit, so somebody else has to override its verdict."


class NotInForce(Exception):  # noqa: N818 - the state it is in, not a fault
    """The verdict is not signed off, or another one replaced it."""


class NotTheirs(Exception):  # noqa: N818 - the state it is in, not a fault
    """The reviewer submitted or answered the audit; the text says so."""


class OverriddenMeanwhile(Exception):  # noqa: N818 - the state it is in, not a fault
    """Somebody overrode the verdict, or took that back, after it was read."""


def why_not_override(audit: Audit, reviewer: User) -> str:
    """Return why a reviewer may not override a verdict; empty if they may.

    It is a signature, so it takes two pairs of eyes like the sign-off.
    """
    if audit.submitted_by_id == reviewer.pk:
        return _OWN
    separation = separation_of(audit, reviewer)
    return "" if separation.may_sign else separation.why_not


@transaction.atomic
def override_verdict(
    *, audit: Audit, by: User, verdict: str, words: str, read: str
) -> Override:
    """Put a verdict in place of the computed one; an empty one takes that back.

    The computed verdict stays as it is. A repetition has no effect.

    Args:
        audit: The audit; its row is read again and locked.
        by: The reviewer, who has just proved who they are.
        verdict: What counts from now on; empty for the computed verdict.
        words: The reason.
        read: The override that the page showed; empty for none.

    Raises:
        NotInForce: The audit is not signed off, or another one replaced it.
        NotTheirs: The reviewer submitted or answered it.
        OverriddenMeanwhile: It is not as the page showed it.
        ValidationError: The verdict or the reason is missing.
    """
    words = fitting_text(words, MOST_OF_A_REASON)
    audit = locked_audit(audit)
    if audit.state != Audit.State.SIGNED_OFF:
        raise NotInForce
    if why_not := why_not_override(audit, by):
        raise NotTheirs(why_not)
    last = Override.objects.of_audit(audit).last()
    if last and (last.by_id, last.verdict, last.words) == (by.pk, verdict, words):
        return last
    if audit.override != read:
        raise OverriddenMeanwhile
    _check(audit, verdict, words)
    found = _add(audit, by, verdict, words)
    audit.override = verdict
    audit.save(update_fields=["override"])
    update_portfolio_row(audit, assessment_of(audit))
    _tell(found)
    events.record(
        organization=audit.organization,
        actor=by,
        verb="audit.overridden" if verdict else "audit.override_ended",
        subject=str(audit.pk),
        override=str(found.pk),
        computed=audit.verdict,
        **({"verdict": verdict} if verdict else {}),
    )
    return found


def _tell(found: Override) -> None:
    """Email the owner, and who submitted the answers."""
    audit = found.audit
    for reader in {audit.submitted_by_id, audit.use_case.owner_id} - {found.by_id}:
        if reader is not None:
            mail_overridden.enqueue(str(audit.organization_id), str(found.pk), reader)


def _check(audit: Audit, verdict: str, words: str) -> None:
    if not words:
        raise ValidationError({"words": REASON_NEEDED if verdict else BACK_NEEDED})
    offered = verdicts_offered(framework_of(audit), assessment_of(audit))
    others = {verdict for verdict, _ in offered} - {audit.verdict, audit.override}
    is_back = not verdict and audit.override
    if verdict not in others and not is_back:
        raise ValidationError({"verdict": VERDICT_NEEDED})


def _add(audit: Audit, by: User, verdict: str, words: str) -> Override:
    before = Override.objects.filter(audit=audit).aggregate(last=Max("number"))
    return Override.objects.create(
        organization=audit.organization,
        audit=audit,
        number=(before["last"] or 0) + 1,
        verdict=verdict,
        computed=audit.verdict,
        words=words,
        by=by,
    )
