"""Checks that ask: what they find may be right as it is."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef

from audits.models import Cover, Membership, PortfolioRow, PortfolioRowQuerySet
from audits.models.portfolio.filters import STOPPED
from audits.portfolio_checks.check import PortfolioCheck
from audits.portfolio_checks.same_purpose import Alike, Described, alike


def _no_member(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    """Return the rows whose page 1 names a sponsor without the name of a member."""
    members = Membership.objects.filter(
        organization=OuterRef("organization"), user__is_active=True
    ).exclude(user__name="")
    sponsor = ExpressionWrapper(
        OuterRef("audit__cover__sponsor"), output_field=CharField()
    )
    named = members.annotate(sponsor=sponsor).filter(sponsor__icontains=F("user__name"))
    with_sponsor = rows.filter(audit__cover__sponsor__gt="").exclude(STOPPED)
    return with_sponsor.filter(~Exists(named))


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
        name="Is the sponsor still here?",
        severity="low",
        text="Page 1 of the paper names a sponsor, and nobody with an account here has "
        "that name.",
        mend="Ask who sponsors it now. If the sponsor works outside the organization, "
        "ignore this.",
        find=_no_member,
        tell=_tell_sponsor,
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
