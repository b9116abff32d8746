"""What the board of the sample company decided, and what was done about it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from audits.models import Audit, User
from audits.services.board.recording import Record, record_decision
from audits.services.board.steps import Done, add_step
from audits.services.papers.asked_on_paper import asked_on_paper


def decide_sample(audit: Audit, by: User, given: Mapping[str, Any]) -> None:
    """Record a decision of today on a signed audit, with the steps that were done.

    Args:
        audit: The audit, as stored.
        by: Who records it.
        given: The decision, as the file of the sample company has it.
    """
    today, minute = timezone.localdate(), given.get("minute", {})
    record = Record(
        outcome=given["outcome"],
        decided_on=today,
        meeting=given["meeting"],
        words=given.get("words", ""),
        carry_out_by=_day(today, given.get("carry_out_in")),
        look_on=_day(today, given.get("look_in")),
        **minute,
    )
    decision = record_decision(
        audit=audit, by=by, record=record, asked=asked_on_paper(audit)
    )
    for each in given.get("done", ()):
        add_step(decision=decision, by=by, done=Done(day=today, **each))


def _day(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)
