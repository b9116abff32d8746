"""Who may sign an audit off: nobody who answered what decides it.

Attune is for two pairs of eyes (docs/decisions/0028). An organization may let those who
answered sign off; every such sign-off then says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from audits.models import Audit, Membership, Organization, User, Version
from audits.models.organizations import REVIEWERS
from audits.models.written_once import written_once
from audits.services import events
from audits.services.authorship import own_by_person

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """What parts one reviewer from signing a submitted audit off, if anything.

    `own` are the labels of what decides it and came from them. `others` are the people
    who may sign it off instead. `allowed` is whether they may all the same.
    """

    organization: str
    own: tuple[str, ...]
    others: tuple[User, ...]
    allowed: bool

    @property
    def may_sign(self) -> bool:
        """Whether this reviewer may sign the audit off."""
        return self.allowed or not self.own

    @property
    def why_not(self) -> str:
        """Why this reviewer may not, and who can."""
        decide = "decides" if len(self.own) == 1 else "decide"
        return f"You answered {self.answered}, which {decide} this verdict. {self.ask}"

    @property
    def answered(self) -> str:
        """What of the deciding questions is theirs, in words."""
        names = [f"“{label}”" for label in self.own]
        return _listed(names, "and", more="more")

    @property
    def ask(self) -> str:
        """Who can sign off, or what to do where nobody can."""
        if self.others:
            names = [str(person) for person in self.others]
            return f"Ask {_listed(names, 'or', more='others')} to sign off."
        return nobody_signs(self.organization)


def nobody_signs(organization: str) -> str:
    """Say what to do where nobody may sign an audit off."""
    return (
        f"Nobody in {organization} may sign off this verdict. Ask the people who run "
        f"this site to make a colleague a reviewer, or to let reviewers sign off "
        f"verdicts that rest on their own answers. The board paper then says so."
    )


def _listed(names: list[str], word: str, *, more: str) -> str:
    """Join names, and count those after the third."""
    if len(names) > _NAMED:
        names = [*names[:_NAMED], f"{len(names) - _NAMED} {more}"]
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last


def separation_of(audit: Audit, reviewer: User) -> Separation:
    """Return what parts a reviewer from signing a submitted audit off."""
    own = own_by_person(audit)
    return Separation(
        organization=str(audit.organization),
        own=own.get(reviewer.pk, ()),
        others=tuple(x for x in _signers(audit, own) if x != reviewer),
        allowed=_is_allowed(audit),
    )


def signers_of(audit: Audit) -> tuple[User, ...]:
    """Return the people who may sign a submitted audit off, by name."""
    return _signers(audit, own_by_person(audit))


def anybody_may_sign(audit: Audit) -> bool:
    """Return whether anybody may sign a submitted audit off.

    Most often a reviewer never gave anything to its use case, so that what decides it
    need not be worked out.
    """
    strangers = _strangers_to(
        organization=audit.organization_id,
        use_case=audit.use_case_id,
        but=audit.submitted_by_id,
    )
    return bool(strangers) or bool(signers_of(audit))


@written_once
def _strangers_to(*, organization: UUID, use_case: UUID, but: int | None) -> Any:
    """Ask for one reviewer, but a person, who never gave anything to a use case."""
    given = Version.objects.filter(audit__use_case=use_case, by=OuterRef("user"))
    reviewers = _reviewers_of(organization).exclude(user=but)
    return reviewers.exclude(Exists(given)).values_list("pk")[:1]


def _reviewers_of(organization: UUID) -> QuerySet[Membership]:
    found: QuerySet[Membership] = Membership.objects.filter(
        organization=organization, role__in=REVIEWERS, user__is_active=True
    )
    return found


def _signers(audit: Audit, own: Mapping[int, tuple[str, ...]]) -> tuple[User, ...]:
    reviewers = _reviewers_of(audit.organization_id).select_related("user")
    return tuple(
        member.user
        for member in reviewers.order_by("user__name", "user_id")
        if member.user_id != audit.submitted_by_id
        and (_is_allowed(audit) or member.user_id not in own)
    )


def _is_allowed(audit: Audit) -> bool:
    return audit.organization.answerers_may_sign_since is not None


@transaction.atomic
def let_answerers_sign(*, organization: Organization, by: User, allowed: bool) -> None:
    """Let those who answered what decides an audit sign it off, or no longer.

    Args:
        organization: The organization; its row is read again and locked.
        by: The operator who changes it.
        allowed: Whether they may; what is so already leaves no event.
    """
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
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
