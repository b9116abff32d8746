"""Answers saved with the levels at which they are known."""

from collections.abc import Mapping
from typing import Any

from audits.models import Audit, Evidence, User
from audits.models.audits import NEED_PROOF
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from tests.replayed import replayed
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS


def show(audit: Audit, by: User, levels: Mapping[str, Any] = TRAINING_LEVELS) -> None:
    """Put a link behind each answer that will be said to be shown."""
    Evidence.objects.bulk_create(
        Evidence(
            organization=audit.organization,
            audit=audit,
            question=question,
            link="https://wiki.example/shown",
            name="Shown",
            added_by=by,
        )
        for question, level in levels.items()
        if level in NEED_PROOF
    )


def save_proved(
    *,
    audit: Audit,
    by: User,
    answers: Mapping[str, Any] = TRAINING_CASE,
    levels: Mapping[str, Any] = TRAINING_LEVELS,
) -> Audit:
    """Save answers and how they are known; without more, those that train."""
    whose = audit.pk, by.pk
    _save(audit, by=by, whose=whose, answers=answers, levels=levels)
    return fresh_audit(audit)


@replayed
def _save(
    audit: Audit,
    *,
    by: User,
    whose: object,
    answers: Mapping[str, Any],
    levels: Mapping[str, Any],
) -> None:
    sent = {("answer", name): Sent(value=value) for name, value in answers.items()}
    sent |= {("level", name): Sent(value=value) for name, value in levels.items()}
    show(audit, by, levels)
    save_entries(audit=fresh_audit(audit), by=by, sent=sent, sender=Sender())
