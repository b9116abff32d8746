"""What reviewers said of a verdict beside its review: overrides and second opinions."""

from collections.abc import Iterator

from django.db import models
from django.db.models.functions import Cast

from audits.models.audits import Audit
from audits.models.inbox.columns import Reader, Source
from audits.models.inbox.marks import NoticeKind
from audits.models.organizations import REVIEWERS, TeamRole
from audits.models.sign_offs.overrides import Override
from audits.models.sign_offs.second_opinions import SecondOpinion


def second_looks(reader: Reader) -> Iterator[Source]:
    """Yield what others overrode or took back, and the second opinions they gave.

    Overrides are told to the owner and to who submitted the answers; opinions to the
    owner, and to reviewers while the submission is in review.
    """
    me = reader.person
    mine = models.Q(audit__use_case__owner=me)
    overrides = Override.objects.filter(at__gte=reader.horizon).exclude(by=me)
    yield Source(
        kind=NoticeKind.OVERRIDDEN,
        rows=overrides.filter(mine | models.Q(audit__submitted_by=me)),
        subject="id",
        at="at",
        who="by",
        text="words",
        flag="verdict",
    )
    opinions = SecondOpinion.objects.filter(at__gte=reader.horizon).exclude(by=me)
    yield Source(
        kind=NoticeKind.OPINION,
        rows=opinions.filter(mine | _to_sign(reader)).annotate(
            which=Cast("pk", models.CharField(max_length=20))
        ),
        subject="audit_id",
        at="at",
        who="by",
        flag="which",
    )


def _to_sign(reader: Reader) -> models.Q:
    """Return the filter of what the reader may sign off."""
    waits = models.Q(audit__state=Audit.State.IN_REVIEW)
    if reader.reviews:
        return waits
    if not reader.reviews_teams:
        return models.Q(pk=None)
    own = TeamRole.objects.filter(membership=reader.reviews_teams, role__in=REVIEWERS)
    return waits & models.Q(audit__use_case__team__in=own.values("team"))
