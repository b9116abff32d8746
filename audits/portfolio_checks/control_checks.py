"""The check that a second person looked at what was decided otherwise."""

from datetime import date

from django.db.models import F, OuterRef, Q, Subquery

from audits.models import Audit, BoardDecision, Override, PortfolioRowQuerySet, Review
from audits.portfolio_checks.check import PortfolioCheck


def _by_one(rows: PortfolioRowQuerySet, _: date) -> PortfolioRowQuerySet:
    """Return the rows whose last sign-off, override and record are of one person."""
    of_audit = {"audit": OuterRef("audit")}
    last = {
        "signer": Review.objects.filter(**of_audit).order_by("-at"),
        "overrider": Override.objects.filter(**of_audit).order_by("-number"),
        "recorder": BoardDecision.objects.filter(**of_audit).order_by("-number"),
    }
    who = {name: Subquery(found.values("by")[:1]) for name, found in last.items()}
    overridden = rows.filter(~Q(override=""), state=Audit.State.SIGNED_OFF)
    return overridden.annotate(**who).filter(
        signer=F("overrider"), recorder=F("overrider")
    )


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
