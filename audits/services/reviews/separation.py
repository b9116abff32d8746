"""Who may sign an audit off: nobody who answered any of its questions.

Attune is for two pairs of eyes (docs/decisions/0028). An organization may let those who
answered sign off; every such sign-off then says so.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from audits.models import Audit, Membership, Organization, User, Version
from audits.models.organizations import REVIEWERS
from audits.models.written_once import written_once
from audits.services.record import events
from audits.services.reviews.authorship import (
    READ,
    answers_by_person,
    answers_of,
    who_answered_before,
)

_NAMED = 3
_ASIDE = " (your answer was set aside)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """What parts one reviewer from signing a submitted audit off, if anything.

    `own` are the labels of what they answered, and `aside` those whose answers were all
    set aside, so that they never counted. `others` are the people who may sign it off
    instead; where there are none, `way_out` says what to do. `allowed` is whether they
    may all the same. `is_owner` parts nobody: who owns a use case and answered nothing
    in it may sign it off (docs/decisions/0028), and the page says so.
    """

    organization: str
    own: tuple[str, ...]
    aside: frozenset[str]
    others: tuple[User, ...]
    way_out: str
    allowed: bool
    is_owner: bool = False

    @property
    def may_sign(self) -> bool:
        """Whether this reviewer may sign the audit off."""
        return self.allowed or not self.own

    @property
    def why_not(self) -> str:
        """Why this reviewer may not, and who can."""
        who = "somebody else signs off" if self.others else "you cannot sign off"
        return f"You answered {self.answered}, so {who}. {self.ask}"

    @property
    def answered(self) -> str:
        """What they answered, in words."""
        names = [
            f"“{label}”{_ASIDE if label in self.aside else ''}" for label in self.own
        ]
        return _listed(names, "and", more="more")

    @property
    def ask(self) -> str:
        """Who can sign off, or what to do where nobody can."""
        if self.others:
            names = [str(person) for person in self.others]
            return f"Ask {_listed(names, 'or', more='others')} to sign off."
        return self.way_out


@dataclass(frozen=True, slots=True)
class Signing:
    """Who may sign a submitted audit off, as one reader is told, or what to do.

    `bars_reader` says that the reader is a reviewer who may not.
    """

    said: str
    is_stuck: bool
    bars_reader: bool


def _listed(names: list[str], word: str, *, more: str) -> str:
    """Join names, and count those after the third."""
    if len(names) > _NAMED:
        names = [*names[:_NAMED], f"{len(names) - _NAMED} {more}"]
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last


def separation_of(audit: Audit, reviewer: User) -> Separation:
    """Return what parts a reviewer from signing a submitted audit off."""
    own = answers_by_person(audit).get(reviewer.pk, {})
    reviewers = _reviewers(audit)
    others = tuple(x for x in _signers(audit, reviewers) if x != reviewer)
    return Separation(
        organization=str(audit.organization),
        own=tuple(own),
        aside=frozenset(label for label, counted in own.items() if not counted),
        others=others,
        way_out="" if others else _way_out(audit, reviewers),
        allowed=_is_allowed(audit),
        is_owner=audit.use_case.owner_id == reviewer.pk,
    )


def owner_who_signs(organization: Organization, owner: int | None) -> User | None:
    """Return a new owner of use cases who may sign them off, too: a reviewer."""
    found = Membership.objects.filter(
        organization=organization,
        role__in=REVIEWERS,
        user=owner,
        user__is_active=True,
    )
    member = found.select_related("user").first()
    return member.user if member else None


def signing_of(audit: Audit, reader: Membership) -> Signing:
    """Tell a member who may sign a submitted audit off, and why they may not."""
    reviewers = _reviewers(audit)
    signers = _signers(audit, reviewers)
    why_not = ""
    if reader.may_review and reader.user not in signers:
        why_not = f"You {_did(audit, reader)}, so you cannot sign it off. "
    if not signers:
        said = f"{why_not}{_way_out(audit, reviewers)}"
        return Signing(said, is_stuck=True, bars_reader=bool(why_not))
    others = [str(person) for person in signers if person != reader.user]
    names = others if len(others) == len(signers) else ["You", *others]
    can = f"{_listed(names, 'or', more='others')} can sign this off."
    said = f"{why_not}{can}"
    return Signing(said, is_stuck=False, bars_reader=bool(why_not))


def signers_said(
    audits: Collection[UUID], reader: User | None = None
) -> dict[UUID, str]:
    """Say of each submitted audit for whom it waits: who can sign it off.

    Note: one query, and one or two more for each audit that follows another.
    """
    found = _signers_of(audits, reader)
    return {pk: _waits_for(each) for pk, each in found.items()}


def who_can_sign(audit: Audit) -> str:
    """Name the people who may sign a submitted audit off; empty if nobody may."""
    names = _signers_of([audit.pk])[audit.pk]
    return _listed(names, "or", more="others") if names else ""


def _signers_of(
    audits: Collection[UUID], reader: User | None = None
) -> dict[UUID, list[str]]:
    if not audits:
        return {}
    names: dict[UUID, list[str]] = {pk: [] for pk in audits}
    for audit in _with_reviewers(audits):
        before = who_answered_before(audit)
        answered = audit.has_answered or audit.reviewer in before
        if audit.is_allowed or not answered:
            name = audit.reviewer_name or audit.reviewer_email
            if reader and audit.reviewer == reader.pk:
                names[audit.pk].insert(0, "you")
            else:
                names[audit.pk].append(name)
    return names


def _waits_for(names: list[str]) -> str:
    if not names:
        return "though nobody can sign it off yet"
    return f"for {_listed(names, 'or', more='others')}"


def _with_reviewers(audits: Collection[UUID]) -> Any:
    """Return audits, each once with every reviewer who did not submit it."""
    of = "organization__memberships"
    given = Version.objects.filter(
        audit=OuterRef("pk"), by=OuterRef(f"{of}__user"), kind__in=READ
    )
    members = Audit.objects.annotate(
        role=F(f"{of}__role"),
        reviewer=F(f"{of}__user"),
        reviewer_name=F(f"{of}__user__name"),
        reviewer_email=F(f"{of}__user__email"),
        is_active=F(f"{of}__user__is_active"),
        has_answered=Exists(given),
        is_allowed=Q(organization__answerers_may_sign_since__isnull=False),
    )
    return (
        members.filter(pk__in=audits, role__in=REVIEWERS, is_active=True)
        .exclude(submitted_by=F("reviewer"))
        .order_by("reviewer_name", "reviewer")
    )


def _did(audit: Audit, reader: Membership) -> str:
    """Say what keeps a reader from signing an audit off."""
    if reader.user_id == audit.submitted_by_id:
        return "submitted this audit"
    counted = any(answers_by_person(audit).get(reader.user_id, {}).values())
    aside = "" if counted else " (your answers were set aside)"
    return f"answered questions of this audit{aside}"


def _way_out(audit: Audit, reviewers: tuple[User, ...]) -> str:
    """Say what to do where nobody may sign an audit off.

    Who submitted it could, if they answered nothing and somebody else submits it.
    """
    nobody = f"Nobody in {audit.organization} may sign off this verdict"
    submitter = audit.submitted_by
    if submitter is not None and submitter in reviewers:
        return (
            f"{nobody} while {submitter} is the one who submitted it. A colleague can "
            f"press “Take back from review” and submit it again: then {submitter} can "
            f"sign it off."
        )
    return (
        f"{nobody}. Ask the people who run this site to make a colleague a reviewer, "
        f"or to let reviewers sign off audits that they helped to answer. The board "
        f"paper then says so."
    )


def _signers(audit: Audit, reviewers: tuple[User, ...]) -> tuple[User, ...]:
    return tuple(x for x in reviewers if x.pk != audit.submitted_by_id)


def _reviewers(audit: Audit) -> tuple[User, ...]:
    """Return who may sign an audit off by its answers, by name."""
    before = who_answered_before(audit)
    return tuple(
        member.user
        for member in _in_role(of=audit.organization_id, audit=audit.pk)
        if _is_allowed(audit) or not (member.answered or member.user_id in before)
    )


@written_once
def _in_role(*, of: UUID, audit: UUID) -> Any:
    """Return reviewers, each with whether they `answered` an audit."""
    reviewers = Membership.objects.filter(
        organization=of, role__in=REVIEWERS, user__is_active=True
    )
    given = answers_of(audit).filter(by=OuterRef("user"))
    return (
        reviewers.annotate(answered=Exists(given))
        .select_related("user")
        .order_by("user__name", "user_id")
    )


def _is_allowed(audit: Audit) -> bool:
    return audit.organization.answerers_may_sign_since is not None


@transaction.atomic
def let_answerers_sign(*, organization: Organization, by: User, allowed: bool) -> None:
    """Let those who answered an audit sign it off, or no longer.

    Args:
        organization: The organization; its row is read again and locked.
        by: The operator who changes it.
        allowed: Whether they may; what is so already leaves no event.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(
        pk=organization.pk
    )
    if (organization.answerers_may_sign_since is not None) is allowed:
        return
    since = timezone.localdate() if allowed else None
    organization.answerers_may_sign_since = since
    organization.save(update_fields=["answerers_may_sign_since"])
    events.record(
        organization=organization,
        actor=by,
        verb="organization.answerers_may_sign",
        subject=str(organization.pk),
        allowed=allowed,
    )
