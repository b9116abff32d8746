"""Conditions of a sign-off, as tests enter them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from audits.models import Audit, Review, SignOffCondition, User
from audits.services.conditions.conditions import Term
from audits.services.reviews.reviews import review_audit, submission_of
from tests.replayed import replayed


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def term(
    audit: Audit,
    words: str,
    *,
    owner: User | None = None,
    days: int = 30,
    holds_money: bool = True,
) -> Term:
    """Return a condition of the owner of a use case, for a day that is to come."""
    owner, due_on = owner or audit.use_case.owner, in_days(days)
    return Term(words=words, owner=owner, due_on=due_on, holds_money=holds_money)


def decided(audit: Audit, outcome: str, words: str) -> dict[str, Any]:
    """Return what a reviewer says: words, or a condition of the owner."""
    if outcome == "conditions":
        return {"outcome": outcome, "conditions": [term(audit, words)]}
    return {"outcome": outcome, "words": words}


def sent(words: str, *, days: int = 30, number: int = 1) -> dict[str, str]:
    """Return the fields of a condition as a page sends them."""
    return {
        f"condition_{number}_words": words,
        f"condition_{number}_due_on": in_days(days).isoformat(),
    }


def sign_with(audit: Audit, by: User, *terms: Term) -> Review:
    """Sign an audit off with conditions."""
    return decide(audit, by, outcome="conditions", conditions=terms)


def decide(audit: Audit, by: User, **given: Any) -> Review:
    """Decide on an audit as it is, and return the review."""
    _decide(audit, by=by, whose=(audit.pk, by.pk), given=given)
    return Review.objects.filter(audit=audit).latest("at")


@replayed
def _decide(audit: Audit, *, by: User, whose: object, given: dict[str, Any]) -> None:
    review_audit(audit=audit, by=by, submission=submission_of(audit), **given)


def condition_of(audit: Audit) -> SignOffCondition:
    """Return the only condition of an audit."""
    return SignOffCondition.objects.select_related("owner").get(audit=audit)
