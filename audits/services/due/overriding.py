"""The override of an audit, and the end of it: the functions that read them."""

from typing import cast

from django.utils import timezone

from audits.frameworks.rules import Verdict
from audits.models import Audit, Override, Review
from audits.scoring.board.overriding import Overriding
from audits.scoring.exchange.standing import OverrideEndOf


def overriding_of(audit: Audit) -> Overriding | None:
    """Return the override of an audit that counts; None without one.

    Note: two queries, only for an audit that has one.
    """
    if not audit.override:
        return None
    signed = list(Override.objects.of_audit(audit))
    if not signed or not (last := signed[-1]).verdict:
        return None
    review = Review.objects.of_submission(audit).first()
    return Overriding(
        verdict=cast("Verdict", last.verdict),
        by=str(last.by),
        on=timezone.localdate(last.at),
        words=last.words,
        signed_by=str(review.by) if review else "",
        since=timezone.localdate(signed[0].at),
    )


def override_end_of(audit: Audit) -> OverrideEndOf | None:
    """Return how the last override of an audit was taken back; None if none was.

    Note: one query, only for an audit that was signed off and has no override.
    """
    if audit.override or audit.signed_off_at is None:
        return None
    signed = list(Override.objects.of_audit(audit))
    if not signed or signed[-1].verdict:
        return None
    return OverrideEndOf(
        verdict=signed[-2].verdict,
        by=str(signed[-1].by),
        on=timezone.localdate(signed[-1].at),
        words=signed[-1].words,
    )
