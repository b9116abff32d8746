"""The check that a second person looked at what was decided otherwise."""

from datetime import date

from django.db.models import F, OuterRef, Q, Subquery

from audits.models import Audit, BoardDecision, Override, PortfolioRowQuerySet, Review
from audits.portfolio_checks.check import PortfolioCheck


def _by_one(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    """Return the rows whose last sign-off, override and record are of one person."""
    audit = OuterRef("audit")
    signed = Review.objects.filter(audit=audit).order_by("-at")
    overrides = Override.objects.filter(audit=audit).order_by("-number")
    records = BoardDecision.objects.filter(audit=audit).order_by("-number")
    overridden = rows.filter(~Q(override=""), state=Audit.State.SIGNED_OFF)
    return overridden.annotate(
        signer=Subquery(signed.values("by")[:1]),
        overrider=Subquery(overrides.values("by")[:1]),
        recorder=Subquery(records.values("by")[:1]),
    ).filter(signer=F("overrider"), recorder=F("overrider"))


CONTROL_CHECKS = (
    PortfolioCheck(
        id="one-person",
        name="All by one person",
        severity="medium",
        text="The same person signed the verdict off, overrode it and recorded what "
        "the board decided.",
        mend="Ask somebody else to compare the override and the record with the "
        "minutes.",
        find=_by_one,
    ),
)
