"""What reviewers have to review, and when it came into review."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, Concat

from audits.models.inbox.columns import Reader, Source, text_of
from audits.models.inbox.marks import NoticeKind
from audits.models.organizations import REVIEWERS, TeamRole
from audits.models.portfolio.filters import TO_DECIDE
from audits.models.portfolio.rows import PortfolioRow, PortfolioRowQuerySet
from audits.models.portfolio.waits_for import WaitsFor, submitted_for
from audits.models.sign_offs.second_opinions import SecondOpinion


def in_review(reader: Reader) -> Iterator[Source]:
    """Yield what others submitted; what was put back into review is new once more."""
    me, rows = reader.person, PortfolioRow.objects.all()
    if not reader.reviews:
        own = TeamRole.objects.filter(
            membership=reader.reviews_teams, role__in=REVIEWERS
        )
        rows = rows.filter(team__in=own.values("team"))
    yield Source(
        kind=NoticeKind.TO_REVIEW,
        rows=_told(
            rows.filter(TO_DECIDE).exclude(audit__submitted_by=me),
            "audit__",
            of="",
            me=me,
        ),
        subject="audit_id",
        at="told_at",
        who="audit__submitted_by",
        flag="known",
        due="due_on",
    )
    # The row of a use case is that of its verdict in force until another is signed.
    renewals = rows.filter(submitted_for(WaitsFor.REVIEWER, "renewal__"))
    yield Source(
        kind=NoticeKind.TO_REVIEW,
        rows=_told(
            renewals.exclude(renewal__submitted_by=me),
            "renewal__",
            of="renewal__",
            me=me,
        ),
        subject="renewal_id",
        at="told_at",
        audit="renewal__",
        who="renewal__submitted_by",
        flag="known",
    )


def _told(
    rows: PortfolioRowQuerySet, audit: str, *, of: str, me: Any
) -> PortfolioRowQuerySet:
    """Return rows with when their audit came into review, and what is known of it.

    That is whether it came in `again`, and whether the reader has `given` a second
    opinion on it. `audit` leads to it, and `of` to what says when it was submitted.
    """
    own = SecondOpinion.objects.filter(
        by=me,
        audit=models.OuterRef(f"{audit}pk"),
        submitted_at=models.OuterRef(f"{audit}submitted_at"),
    )
    given = models.Case(
        models.When(models.Exists(own), then=text_of("given ")), default=text_of("")
    )
    first = models.When(**{f"{audit}put_back_at__isnull": True}, then=text_of(""))
    again = models.Case(first, default=text_of("again"))
    told = Coalesce(f"{audit}put_back_at", f"{of}submitted_at")
    known = Concat(given, again, output_field=models.CharField())
    return rows.annotate(told_at=told, known=known)
