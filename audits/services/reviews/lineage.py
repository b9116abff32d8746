"""The earlier reviews of an audit, the audit before it and the audit after it."""

from dataclasses import dataclass

from audits.frameworks.schema import Framework
from audits.models import Audit, Review
from audits.services.reviews.reviews import latest_review
from audits.services.verdicts.assessments import framework_of

_FOLLOWED = (Audit.State.SIGNED_OFF, Audit.State.SUPERSEDED)
_NOT_SHOWN = ("answers", "levels", "numbers", "notes", "assessment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The audit before or after another, with the latest review of it."""

    audit: Audit
    framework: Framework
    review: Review | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """What a page says about the past and the successors of an audit.

    `earlier_reviews` are all reviews of the audit but the latest, the newest first.
    `discarded` are the drafts that would have followed it.
    """

    earlier_reviews: tuple[Review, ...]
    before: Neighbour | None
    after: Neighbour | None
    discarded: tuple[Audit, ...]


def lineage_of(audit: Audit) -> Lineage:
    """Return the earlier reviews of an audit, and the audits before and after it.

    Note: no query for a first draft that was read with its notices.
    """
    before = _followed(audit)
    followers = _followers(audit)
    after = next((each for each in followers if not each.is_discarded), None)
    return Lineage(
        earlier_reviews=_earlier_reviews(audit),
        before=_neighbour(before) if before else None,
        after=_neighbour(after) if after else None,
        discarded=tuple(each for each in followers if each.is_discarded),
    )


def _earlier_reviews(audit: Audit) -> tuple[Review, ...]:
    if not getattr(audit, "has_reviews", True):
        return ()
    reviews = Review.objects.filter(audit=audit).select_related("by", "organization")
    found = tuple(reviews.order_by("-at")[1:])
    for review in found:
        review.audit = audit
    return found


def _followed(audit: Audit) -> Audit | None:
    if audit.supersedes_id is None:
        return None
    found: Audit = Audit.objects.defer(*_NOT_SHOWN).get(pk=audit.supersedes_id)
    found.use_case = audit.use_case
    return found


def _followers(audit: Audit) -> list[Audit]:
    """Return the audits that follow one, the newest first; most were discarded."""
    if audit.state not in _FOLLOWED:
        return []
    found = Audit.objects.defer(*_NOT_SHOWN).filter(supersedes=audit)
    followers = list(found.order_by("-created_at"))
    for each in followers:
        each.use_case = audit.use_case
    return followers


def _neighbour(audit: Audit) -> Neighbour:
    return Neighbour(
        audit=audit, framework=framework_of(audit), review=latest_review(audit)
    )
