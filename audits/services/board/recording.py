"""Records what a board decided of a signed audit."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from audits.frameworks.answering.meanings import picked
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import VerdictWords
from audits.models import Audit, BoardDecision, PortfolioRow, ProofFile, User
from audits.models.fields.text import fitting_text
from audits.models.sign_offs.board_decisions import MOST_OF_WORDS
from audits.scoring.board.follow_ups import (
    FollowUp,
    Situation,
    asked_by,
    condition_of,
)
from audits.scoring.board.standing import CARRIED_OUT_LATER
from audits.scoring.money.states import risk_state
from audits.services.answers.answers import locked_audit
from audits.services.answers.proof_files import (
    Upload,
    keep_proof,
    proof_of,
    proof_told,
)
from audits.services.portfolio.asked import row_of
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.uploads.attachments.links import named_link

Outcome = BoardDecision.Outcome
# Characters, so that it can be the name of a step.
MOST_OF_A_CONDITION = 300
# How the words begin of a record that corrects a typing error of the one before.
CORRECTED = "Corrected: "
_WORDS = {
    Outcome.AMENDED: "Say what the board changed",
    Outcome.REFUSED: "Say why the board refused it",
    Outcome.DEFERRED: "Say why the board deferred it",
}


class NotInForce(Exception):  # noqa: N818 - the state it is in, not a fault
    """The verdict is not signed off, or another one replaced it."""


class RecordedMeanwhile(Exception):  # noqa: N818 - the state it is in, not a fault
    """Somebody recorded a decision after the page was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What somebody enters of a decision of the board.

    `condition` is what must hold for what it approved, in words. `corrects` says what
    was wrong in the record before. Both may be empty.
    """

    outcome: str
    decided_on: date
    meeting: str
    link: str = ""
    name: str = ""
    words: str = ""
    amount: Decimal | None = None
    carry_out_by: date | None = None
    look_on: date | None = None
    condition: str = ""
    corrects: str = ""


def record_decision(
    *,
    audit: Audit,
    by: User,
    record: Record,
    asked: Decimal | None = None,
    read: int | None = None,
    upload: Upload = None,
) -> BoardDecision:
    """Store what the board decided; it replaces an earlier record, which stays.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who records it.
        record: What the board decided.
        asked: What its paper asks for, in US dollars; None if it asks for no sum.
        read: The number of the last record when the page was opened, 0 without any;
            None for any.
        upload: The file of the minutes; None without one.

    Raises:
        NotInForce: Its verdict is not in force.
        RecordedMeanwhile: There is a newer record than was read.
        RefusedLinkError: The link is refused.
        ValidationError: Something is missing or cannot be right; says of which field.
        RefusedUploadError, BusyError, QuotaFull, NotStored: The file is refused, as
            `proof_of` says.
    """
    values = _checked(record)
    _refuse_another_outcome(audit, record)
    with proof_of(audit, by, upload) as minutes, transaction.atomic():
        return _record(audit, by, values | {"asked": asked}, read, minutes)


def _record(
    audit: Audit,
    by: User,
    values: dict[str, Any],
    read: int | None,
    minutes: ProofFile | None,
) -> BoardDecision:
    audit = locked_audit(audit)
    if audit.state != Audit.State.SIGNED_OFF:
        raise NotInForce
    last = last_number(audit)
    if read is not None and read != last:
        raise RecordedMeanwhile
    condition = values.pop("condition")
    asks = follow_ups_of(audit) if values["outcome"] in CARRIED_OUT_LATER else ()
    if asks and condition:
        asks = (condition_of(condition), *asks)
    decision = BoardDecision.objects.create(
        organization_id=audit.organization_id,
        audit=audit,
        number=last + 1,
        **values,
        file=keep_proof(minutes),
        currency=audit.organization.currency,
        verdict=audit.override or audit.verdict,
        stage=audit.use_case.stage,
        follow_ups=[each.as_value() for each in asks],
        by=by,
    )
    update_portfolio_row(audit)
    events.record(
        organization=audit.organization,
        actor=by,
        verb=f"board.{decision.outcome}",
        subject=str(decision.pk),
        audit=str(audit.pk),
        number=decision.number,
        decided_on=decision.decided_on.isoformat(),
        **proof_told(decision.link, minutes),
    )
    return decision


def last_number(audit: Audit) -> int:
    """Return the number of the last record of an audit; 0 without any."""
    own = BoardDecision.objects.filter(audit=audit)
    return own.aggregate(last=Max("number"))["last"] or 0


def follow_ups_of(audit: Audit) -> tuple[FollowUp, ...]:
    """Return the steps that an approval of an audit's verdict asks for."""
    words, stage = _words_that_count(audit), audit.use_case.stage
    against = bool(_row(audit, "at_risk"))
    at_risk = risk_state(stage, against=against) or ""
    if at_risk == "training" and not _row(audit, "training_once"):
        at_risk = ""
    asks = row_of(audit, assessment_of(audit))
    return asked_by(
        Situation(
            family=words.family if words else "",
            stage=stage,
            runs=_runs(audit),
            at_risk=at_risk,
            saves=_row(audit, "saving_year"),
            sets_up=asks.sets_up,
            is_built=asks.is_built,
            offer=_offer(audit),
        )
    )


def _words_that_count(audit: Audit) -> VerdictWords | None:
    counts = cast("Verdict", audit.override or audit.verdict)
    return framework_of(audit).verdicts.get(counts)


def _offer(audit: Audit) -> str:
    """Return who made the offer that the decision answers; empty without one."""
    found = assessment_of(audit)
    if found.proposal is None or found.prerequisite:
        return ""
    return found.proposal.proposal.by


def _runs(audit: Audit) -> str:
    """Return what the signed answers say runs, in the framework's words."""
    options = picked(framework_of(audit), assessment_of(audit).codes)
    return next((each.runs for each in options if each.runs), "")


def _row(audit: Audit, column: str) -> Any:
    rows = PortfolioRow.objects.filter(audit=audit)
    return rows.values_list(column, flat=True).first()


def _refuse_another_outcome(audit: Audit, record: Record) -> None:
    """Refuse to call it a typing error that the board decided otherwise."""
    own = BoardDecision.objects.filter(audit=audit).order_by("number")
    last = own.last() if record.corrects.strip() else None
    if last and last.outcome != record.outcome:
        wrong = "A correction keeps the outcome. Leave this empty to record another one"
        raise ValidationError({"corrects": wrong})


def wrong_in(record: Record, *, has_day: bool = True) -> dict[str, str]:
    """Return what is missing or cannot be right in a record, by field.

    Args:
        record: What was entered.
        has_day: Whether the day of the decision was; else nothing is compared with it.
    """
    wrong = {}
    if record.outcome not in Outcome.values:
        wrong["outcome"] = "Choose what the board decided"
    if record.decided_on > timezone.localdate():
        wrong["decided_on"] = "Enter a day that is not still to come"
    if not record.meeting.strip():
        wrong["meeting"] = "Name the meeting"
    if not record.words.strip() and record.outcome in _WORDS:
        wrong["words"] = _WORDS[Outcome(record.outcome)]
    return wrong | _wrong_days(record, has_day=has_day)


def _checked(record: Record) -> dict[str, Any]:
    """Return what is stored of a record; refuse what cannot be right."""
    if wrong := wrong_in(record):
        raise ValidationError(wrong)
    words = fitting_text(record.words, MOST_OF_WORDS)
    if corrects := record.corrects.strip():
        words = fitting_text(f"{words}\n{CORRECTED}{corrects}", MOST_OF_WORDS)
    is_later = record.outcome in CARRIED_OUT_LATER
    return {
        "outcome": record.outcome,
        "decided_on": record.decided_on,
        "meeting": record.meeting.strip(),
        **named_link(record.link, record.name),
        "words": words,
        "amount": record.amount if is_later else None,
        "carry_out_by": record.carry_out_by if is_later else None,
        "look_on": record.look_on,
        "condition": fitting_text(record.condition, MOST_OF_A_CONDITION),
    }


def _wrong_days(record: Record, *, has_day: bool) -> dict[str, str]:
    wrong, by, look = {}, record.carry_out_by, record.look_on
    is_later = record.outcome in CARRIED_OUT_LATER
    if is_later and (by is None or (has_day and by < record.decided_on)):
        wrong["carry_out_by"] = (
            "Enter a day that is not before that of the decision"
            if by
            else "Enter the day until when it must be carried out"
        )
    if look is None and record.outcome == Outcome.DEFERRED:
        wrong["look_on"] = "Enter the day on which the board looks at it again"
    elif look is not None and has_day and look <= record.decided_on:
        wrong["look_on"] = "Enter a day after that of the decision"
    if record.amount is not None and record.amount < 0:
        wrong["amount"] = "Enter 0 or more"
    return wrong
