"""Whom an audit that was sent back waits for: who submitted it, and its owner today."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from audits.models import CONTRIBUTORS, Membership, Review, Submission


def waits_for(reviews: Sequence[Review]) -> Mapping[UUID, str]:
    """Return who may answer each audit again, in words, by the review.

    Named are those whose inbox has it: they may contribute, and did not send it back.

    Args:
        reviews: Each sent its audit back; with their audits and use cases.
    """
    if not reviews:
        return {}
    audits = {review.audit_id for review in reviews}
    found = Submission.objects.filter(audit__in=audits).order_by("at", "pk")
    submitted = list(found.values_list("audit_id", "by_id", "at"))
    meant = {
        review.pk: [
            *(
                by
                for audit, by, at in submitted
                if audit == review.audit_id and at <= review.at
            ),
            review.audit.use_case.owner_id,
        ]
        for review in reviews
    }
    members = Membership.objects.filter(
        role__in=CONTRIBUTORS,
        user__is_active=True,
        user__in={person for people in meant.values() for person in people},
    )
    names = {x.user_id: str(x.user) for x in members.select_related("user")}
    return {
        review.pk: " or ".join(
            names[person]
            for person in dict.fromkeys(meant[review.pk])
            if person in names and person != review.by_id
        )
        for review in reviews
    }


def with_authors(audits: Sequence[UUID]) -> dict[UUID, str]:
    """Say who submits again what was sent back, by the audit.

    Note: three queries, and none where nothing was.
    """
    if not audits:
        return {}
    found = Review.objects.filter(audit__in=audits, outcome=Review.Outcome.SENT_BACK)
    reviews = found.select_related("audit__use_case").order_by("at")
    last = {each.audit_id: each for each in reviews}
    names = waits_for([*last.values()])
    return {audit: names[x.pk] for audit, x in last.items() if names[x.pk]}
