"""Keeps the conditions of a sign-off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from audits.models import (
    SEE_ALL,
    Audit,
    Membership,
    Review,
    SignOffCondition,
    User,
)
from audits.models.fields.text import fitting_text
from audits.models.sign_offs.conditions import MOST_OF_A_CONDITION, condition_said

MOST_CONDITIONS = 5
MOST_OF_A_NOTE = 1000
CONDITION_NEEDED = "Enter the condition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A condition that a reviewer enters, and whether an amount waits for it."""

    words: str
    owner: User
    due_on: date
    holds_money: bool = True

    def __str__(self) -> str:
        holds = self.holds_money
        return condition_said(self.words, self.owner, self.due_on, holds_money=holds)


def checked_terms(audit: Audit, terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return conditions with their words cleaned.

    Raises:
        ValidationError: One has no words or a day that is over, or its owner is no
            member; or there are too many.
    """
    found = tuple(
        replace(term, words=fitting_text(term.words, MOST_OF_A_CONDITION))
        for term in terms
    )
    if len(found) > MOST_CONDITIONS:
        raise _wrong(f"Enter {MOST_CONDITIONS} conditions at most")
    if not all(term.words for term in found):
        raise _wrong(CONDITION_NEEDED)
    if any(term.due_on < timezone.localdate() for term in found):
        raise _wrong("Enter a day that is still to come")
    owners = {term.owner.pk for term in found}
    if possible_owners(audit).filter(pk__in=owners).count() != len(owners):
        raise _wrong("Choose a member of your organization as the owner")
    return found


def possible_owners(audit: Audit) -> QuerySet[User]:
    """Return of whom a condition may be asked, by name: members, and the owner."""
    members = Membership.objects.filter(
        organization=audit.organization_id, role__in=SEE_ALL
    )
    active = Q(pk__in=members.values("user"), is_active=True)
    found = User.objects.filter(active | Q(pk=audit.use_case.owner_id))
    return found.order_by(Lower("name"), "email")


def words_with(words: str, terms: Sequence[Term]) -> str:
    """Return the words of a review, with all its conditions."""
    if len(terms) == 1:
        return "\n".join(filter(None, (words, str(terms[0]))))
    numbered = (f"{number}. {term}" for number, term in enumerate(terms, start=1))
    return "\n".join(filter(None, (words, *numbered)))


def add_conditions(review: Review, terms: Sequence[Term]) -> list[SignOffCondition]:
    """Store the conditions of a sign-off that has just been stored."""
    return SignOffCondition.objects.bulk_create(
        SignOffCondition(
            organization_id=review.organization_id,
            audit_id=review.audit_id,
            review=review,
            number=number,
            words=term.words,
            owner=term.owner,
            due_on=term.due_on,
            late_from=_end_of(term.due_on),
            holds_money=term.holds_money,
        )
        for number, term in enumerate(terms, start=1)
    )


def _wrong(sentence: str) -> ValidationError:
    return ValidationError({"conditions": sentence})


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
