"""Checks that ask: what they find may be right as it is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Cast

from audits.models import (
    Cover,
    Event,
    Membership,
    PortfolioRow,
    PortfolioRowQuerySet,
    User,
)
from audits.models.portfolio.filters import STOPPED
from audits.portfolio_checks.check import PortfolioCheck
from audits.portfolio_checks.same_purpose import Alike, Described, alike
from audits.services.people.back_office import MEMBERSHIP_REMOVED


def _left(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    """Return the rows whose sponsor had an account here, or has an address of nobody.

    Most sponsors only have a name: who never signed in cannot be seen to leave.
    """
    key = Cast(OuterRef("pk"), CharField())
    removed = Event.objects.filter(verb=MEMBERSHIP_REMOVED, subject=key)
    was_here = Exists(removed) | Q(pk__in=Membership.objects.values("user"))
    gone = User.objects.filter(was_here).exclude(name="")
    address = Q(audit__cover__sponsor__contains="@")
    return _no_member(rows).filter(Exists(_named(gone, "name")) | address)


def _only_named(rows: PortfolioRowQuerySet, today: date) -> PortfolioRowQuerySet:
    """Return the rows whose sponsor is only a name, of which nothing is known here."""
    asked = _left(rows, today).values("pk")
    return _no_member(rows).exclude(pk__in=asked)


def _no_member(rows: PortfolioRowQuerySet) -> PortfolioRowQuerySet:
    """Return the rows whose sponsor has no name and no address of a member."""
    members = Membership.objects.filter(user__is_active=True)
    named = _named(members.exclude(user__name=""), "user__name")
    at = _named(members, "user__email")
    with_sponsor = rows.filter(audit__cover__sponsor__gt="").exclude(STOPPED)
    return with_sponsor.filter(~Exists(named), ~Exists(at))


def _named(people: "QuerySet[Any]", name: str) -> "QuerySet[Any]":
    """Return the people whose name is in the sponsor of a row."""
    sponsor = ExpressionWrapper(
        OuterRef("audit__cover__sponsor"), output_field=CharField()
    )
    found: QuerySet[Any] = people.annotate(sponsor=sponsor)
    return found.filter(sponsor__icontains=F(name))


def _tell_sponsor(rows: Sequence[PortfolioRow], _: date) -> Mapping[int, str]:
    covers = Cover.objects.filter(audit__in=[row.audit_id for row in rows])
    sponsors = dict(covers.values_list("audit", "sponsor"))
    return {row.pk: f"Sponsor: {sponsors.get(row.audit_id, '')}" for row in rows}


def _same(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    return rows.filter(pk__in=list(_alike(rows)))


def _alike(rows: PortfolioRowQuerySet) -> Mapping[int, Alike[int]]:
    """Return what may have the same purpose, from all texts in one query."""
    texts = rows.exclude(STOPPED).order_by("pk")
    return alike(
        Described(key=key, team=team, text=f"{name}. {summary}")
        for key, team, name, summary in texts.values_list(
            "pk", "team", "name", "use_case__summary"
        )
    )


def _tell_same(rows: Sequence[PortfolioRow], _: date) -> Mapping[int, str]:
    found = _alike(PortfolioRow.objects.all())
    others = PortfolioRow.objects.select_related("team").in_bulk(
        [found[row.pk].other for row in rows if row.pk in found]
    )
    return {
        row.pk: _shared(found[row.pk], others[found[row.pk].other])
        for row in rows
        if row.pk in found
    }


def _shared(found: Alike[int], other: PortfolioRow) -> str:
    words = ", ".join(f"“{word}”" for word in found.words)
    return f"Shares {words} with {other.reference} {other.name} of {other.team}"


QUESTION_CHECKS = (
    PortfolioCheck(
        id="sponsor",
        name="Has the sponsor left?",
        severity="low",
        text="Page 1 names a sponsor whose account here is closed, who left the "
        "organization, or whose address belongs to nobody here.",
        mend="Ask who sponsors it now, and change page 1.",
        find=_left,
        tell=_tell_sponsor,
        rest=_only_named,
        of_rest="a sponsor who never had an account here",
    ),
    PortfolioCheck(
        id="same-purpose",
        name="One purpose in two teams?",
        severity="low",
        text="Two teams describe their use cases with the same words.",
        mend="Ask both teams. If it is one purpose, decide who goes on, and share the "
        "test cases.",
        find=_same,
        tell=_tell_same,
    ),
)
