"""The reviews of an audit, the audits before and after it, and the one in force."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from audits.frameworks.named import NamedVerdict
from audits.frameworks.schema import Framework
from audits.models import Audit, Outcome, Review
from audits.models.queries.written_once import written_once
from audits.models.sign_offs.reviews import ReviewSaid
from audits.services.reviews.drafts.origin import Origin, origin_of
from audits.services.verdicts.assessments import framework_of, verdict_shown

_SHOWN = (
    "supersedes",
    "state",
    "framework",
    "framework_version",
    *("verdict", "comes_first", "override"),
    "submitted_at",
    "signed_off_at",
    "discarded_at",
    "discarded_by__name",
    "discarded_by__email",
    "created_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The audit before or after another, with the latest review of it.

    It `has_months` if usage after its paper is compared with it.
    """

    audit: Audit
    framework: Framework
    review: Review | None
    has_months: bool = False

    @property
    def said(self) -> "NeighbourSaid":
        """The same in plain values."""
        audit = self.audit
        at = audit.submitted_at if audit.state == Audit.State.IN_REVIEW else None
        at = at or audit.signed_off_at
        return NeighbourSaid(
            audit_id=audit.pk,
            state=audit.state,
            on=timezone.localdate(at) if at else None,
            verdict=verdict_shown(audit),
            review=self.review.said if self.review else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourSaid:
    """What a page says of the audit before or after another; equal ones are alike.

    `on` is the day of its sign-off, or of its submission if it is in review.
    """

    audit_id: UUID
    state: str
    on: date | None
    verdict: NamedVerdict | None
    review: ReviewSaid | None

    @property
    def said(self) -> Self:
        """Itself: a page reads the stored audit in the same way."""
        return self


class AuditSaid(NamedTuple):
    """An audit in plain values, named as those of the stored one."""

    pk: UUID
    created_at: date
    supersedes_id: UUID | None
    is_draft: bool
    is_discarded: bool

    @classmethod
    def of(cls, audit: Audit) -> Self:
        """Return those of an audit."""
        return cls(
            pk=audit.pk,
            created_at=timezone.localdate(audit.created_at),
            supersedes_id=audit.supersedes_id,
            is_draft=audit.is_draft,
            is_discarded=audit.is_discarded,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageSaid:
    """What led to an audit and what followed, in plain values; equal ones are alike."""

    audit: AuditSaid
    origin: Origin | None
    earlier_reviews: tuple[ReviewSaid, ...]
    neighbours: tuple[tuple[NeighbourSaid, str, str], ...]
    discarded: tuple[AuditSaid, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """What a page says about the past and the successors of an audit.

    `review` is the latest review of the audit, and `earlier_reviews` are the others,
    the newest first. `discarded` are the drafts that would have followed it, likewise.
    `current` is the audit that counts today in place of a superseded one, and `origin`
    what the use case was copied from.
    """

    review: Review | None
    earlier_reviews: tuple[Review, ...]
    before: Neighbour | None
    after: Neighbour | None
    discarded: tuple[Audit, ...]
    current: Audit | None
    origin: Origin | None = None

    @property
    def neighbours(self) -> list[tuple[Neighbour, str, str]]:
        """The audits before and after, each with its place and its title."""
        both = ((self.before, "before"), (self.after, "after"))
        return [(near, at, f"The audit {at} this one") for near, at in both if near]

    def said_of(self, audit: Audit) -> LineageSaid | None:
        """Return it in plain values; None if a review has conditions, which change."""
        reviews = (near.review for near, *_ in self.neighbours if near.review)
        if any(review.asked for review in (*self.earlier_reviews, *reviews)):
            return None
        return LineageSaid(
            audit=AuditSaid.of(audit),
            origin=self.origin,
            earlier_reviews=tuple(each.said for each in self.earlier_reviews),
            neighbours=tuple((near.said, at, to) for near, at, to in self.neighbours),
            discarded=tuple(AuditSaid.of(draft) for draft in self.discarded),
        )

    @property
    def last_discarded(self) -> Audit | None:
        """The draft that was discarded last."""
        return max(self.discarded, key=_discarded_at, default=None)


def lineage_of(audit: Audit) -> Lineage:
    """Return the reviews of an audit, and the other audits that its page leads to.

    Note: two queries at most. For an audit that was read with its notices, none where
    nobody reviewed it, it follows no audit and none follows it. One more for a copy.
    """
    others = _others(audit)
    before = next((each for each in others if each.pk == audit.supersedes_id), None)
    followers = [each for each in others if each.supersedes_id == audit.pk]
    after = next((each for each in followers if not each.is_discarded), None)
    reviews = _reviews(audit, before, after)
    own = reviews.get(audit.pk, [])
    return Lineage(
        review=own[0] if own else None,
        earlier_reviews=tuple(own[1:]),
        before=_neighbour(before, reviews) if before else None,
        after=_neighbour(after, reviews) if after else None,
        discarded=tuple(each for each in followers if each.is_discarded),
        current=_current(audit, others),
        origin=origin_of(audit),
    )


def _others(audit: Audit) -> list[Audit]:
    """Return the other audits of a use case, the newest first, if it leads to any."""
    if audit.supersedes_id is None and not _may_be_followed(audit):
        return []
    others = _asked_others(audit=audit.pk, use_case=audit.use_case_id)
    for each in others:
        each.use_case = audit.use_case
    return others


def _may_be_followed(audit: Audit) -> bool:
    may_be = audit.state in (Audit.State.SIGNED_OFF, Audit.State.SUPERSEDED)
    return may_be and getattr(audit, "is_followed", True)


def _current(audit: Audit, others: list[Audit]) -> Audit | None:
    if audit.state != Audit.State.SUPERSEDED:
        return None
    return next((each for each in others if each.is_current), None)


@written_once
def _asked_others(*, audit: UUID, use_case: UUID) -> QuerySet[Audit]:
    outcomes = Outcome._base_manager.filter(audit=OuterRef("pk"))
    found = Audit.objects.filter(use_case=use_case).exclude(pk=audit)
    found = found.annotate(has_months=Exists(outcomes.exclude(months=[])))
    return found.select_related("discarded_by").only(*_SHOWN).order_by("-created_at")


def _reviews(
    audit: Audit, before: Audit | None, after: Audit | None
) -> Mapping[UUID, list[Review]]:
    """Return the reviews of some audits by audit, the newest first."""
    audits = {each.pk: each for each in (audit, before, after) if each}
    if len(audits) == 1 and not getattr(audit, "has_reviews", True):
        return {}
    found = defaultdict(list)
    for review in _asked_reviews(
        audit=audit.pk,
        before=before.pk if before else None,
        after=after.pk if after else None,
    ):
        review.audit = audits[review.audit_id]
        review.organization = audit.organization
        found[review.audit_id].append(review)
    return found


@written_once
def _asked_reviews(
    *, audit: UUID, before: UUID | None, after: UUID | None
) -> QuerySet[Review]:
    found = Review.objects.filter(Q(audit=audit) | Q(audit=before) | Q(audit=after))
    return found.select_related("by").defer("evidence").order_by("-at")


def _neighbour(audit: Audit, reviews: Mapping[UUID, list[Review]]) -> Neighbour:
    latest = next(iter(reviews.get(audit.pk, ())), None)
    return Neighbour(
        audit=audit,
        framework=framework_of(audit),
        review=latest,
        has_months=getattr(audit, "has_months", False),
    )


def _discarded_at(draft: Audit) -> datetime:
    assert draft.discarded_at is not None  # noqa: S101 - it is discarded
    return draft.discarded_at
