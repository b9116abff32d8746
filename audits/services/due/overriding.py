"""The override of an audit: the one function that reads it."""

from typing import cast

from django.utils import timezone

from audits.frameworks.rules import Verdict
from audits.models import Audit, Override
from audits.scoring.board.overriding import Overriding


def overriding_of(audit: Audit) -> Overriding | None:
    """Return the override of an audit that counts; None without one.

    Note: one query, only for an audit that has one.
    """
    if not audit.override:
        return None
    last = Override.objects.of_audit(audit).last()
    if last is None or not last.verdict:
        return None
    return Overriding(
        verdict=cast("Verdict", last.verdict),
        by=str(last.by),
        on=timezone.localdate(last.at),
        words=last.words,
    )
