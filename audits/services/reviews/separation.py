"""Who may sign an audit off: nobody who answered any of its questions.

Attune is for two pairs of eyes (docs/decisions/0028). An organization may let those who
answered sign off; every such sign-off then says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from audits.models import Audit, Membership, Organization, User
from audits.models.organizations import REVIEWERS, in_role
from audits.models.queries.written_once import written_once
from audits.services.record import events
from audits.services.reviews.authorship import (
    answers_by_person,
    answers_of,
    who_answered_before,
)

NOBODY = "nobody can sign it off yet"
_NAMED = 3
_CAN = "can sign this off"
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


def signing_of(audit: Audit, reader: Membership, *, confirms: bool = False) -> Signing:
    """Tell a member who may sign a submitted audit off, and why they may not.

    Args:
        audit: The audit.
        reader: Who is told.
        confirms: Whether who signs it off has to confirm its evidence first.
    """
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
    can = "can confirm the evidence and sign this off" if confirms else _CAN
    said = f"{why_not}{_listed(names, 'or', more='others')} {can}."
    return Signing(said, is_stuck=False, bars_reader=bool(why_not))


class Submitted(NamedTuple):
    """A submitted audit: its id, who submitted it, and the audit that it follows."""

    audit: UUID
    by: int | None
    follows: UUID | None


def signers_said(
    submitted: Iterable[Submitted], reader: User | None = None
) -> dict[UUID, str]:
    """Say of each submitted audit, in a few words, who can sign it off.

    Note: one query for five, and one or two more for each that follows another.

    Args:
        submitted: The audits, each once.
        reader: Who is told so as “you”, first of all.
    """
    found: dict[UUID, str] = {}
    for few in batched(submitted, len(_PLACES), strict=False):
        audits = zip(_PLACES, (each.audit for each in few), strict=False)
        reviewers: dict[UUID, list[Any]] = {each.audit: [] for each in few}
        for audit, *reviewer in _answering(**dict.fromkeys(_PLACES) | dict(audits)):
            reviewers[audit].append(reviewer)
        for each in few:
            names = _may_sign(each, reviewers[each.audit], reader)
            found[each.audit] = _waits_for([*names])
    return found


def _may_sign(
    each: Submitted, reviewers: Iterable[Any], reader: User | None
) -> Iterator[str]:
    """Yield who may sign an audit off, the reader first, then by name."""
    before = who_answered_before(each.follows)
    others = []
    for user, name, email, since, answered in reviewers:
        is_bound = since is None and (answered or user in before)
        if user == each.by or is_bound:
            continue
        if reader and user == reader.pk:
            yield "you"
        else:
            others.append(name or email)
    yield from others


_PLACES = ("first", "second", "third", "fourth", "fifth")


@written_once
def _answering(
    *,
    first: UUID | None,
    second: UUID | None,
    third: UUID | None,
    fourth: UUID | None,
    fifth: UUID | None,
) -> Any:
    """Return each reviewer beside each of a few audits, and whether they answered it.

    One test of all takes PostgreSQL a fifth of the time to plan that one of each takes.
    It names the audits, too, or PostgreSQL may read all versions of the organization.
    """
    audit = "organization__audits"
    audits = [x for x in (first, second, third, fourth, fifth) if x is not None]
    given = answers_of(OuterRef(audit)).filter(
        Q(("audit__pk__in", audits)), by=OuterRef("user")
    )
    reviewers = Membership.objects.filter(
        Q((f"{audit}__pk__in", audits)),
        in_role(REVIEWERS, team=OuterRef(f"{audit}__use_case__team")),
        user__is_active=True,
    )
    may = "organization__answerers_may_sign_since"
    found = reviewers.annotate(answered=Exists(given)).order_by("user__name", "user_id")
    return found.values_list(
        audit, "user", "user__name", "user__email", may, "answered"
    )


def _waits_for(names: list[str]) -> str:
    if not names:
        return NOBODY
    return _listed(names, "or", more="others")


def who_can_sign(audit: Audit) -> str:
    """Name the people who may sign a submitted audit off; empty if nobody may."""
    names = [str(person) for person in _signers(audit, _reviewers(audit))]
    return _listed(names, "or", more="others") if names else ""


def signed_by_nobody_else(person: User) -> list[str]:
    """Return the use cases in review that nobody but a person may sign off, by name.

    Note: two or three queries for each audit in review.
    """
    waiting = Audit.objects.filter(state=Audit.State.IN_REVIEW)
    return [
        audit.use_case.name
        for audit in waiting.select_related("use_case").order_by("use_case__name")
        if _signers(audit, _reviewers(audit)) == (person,)
    ]


def who_could_sign(audit: Audit, submitter: User) -> str:
    """Name who may sign an audit off if somebody submits it; empty if nobody may."""
    names = [str(x) for x in _reviewers(audit) if x != submitter]
    return _listed(names, "or", more="others") if names else ""


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
        f"{nobody}. An administrator can invite a reviewer, make a colleague one, or "
        f"let reviewers sign off audits that they helped to answer. The board paper "
        f"then says so."
    )


def _signers(audit: Audit, reviewers: tuple[User, ...]) -> tuple[User, ...]:
    return tuple(x for x in reviewers if x.pk != audit.submitted_by_id)


def _reviewers(audit: Audit) -> tuple[User, ...]:
    """Return who may sign an audit off by its answers, by name."""
    before = who_answered_before(audit.supersedes_id)
    return tuple(
        member.user
        for member in _in_role(of=audit.organization_id, audit=audit.pk)
        if _is_allowed(audit) or not (member.answered or member.user_id in before)
    )


@written_once
def _in_role(*, of: UUID, audit: UUID) -> Any:
    """Return reviewers, each with whether they `answered` an audit."""
    reviewers = Membership.objects.filter(
        in_role(REVIEWERS, team__use_cases__audits=audit),
        organization=of,
        user__is_active=True,
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
