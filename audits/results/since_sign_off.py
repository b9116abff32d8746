"""What a fold of a result says of the time since a sign-off."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from django.utils import timezone

from audits.models import Audit, ResultsCheck
from audits.services.reviews.lineage import Neighbour


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSaid:
    """A check with newer results in plain values, named as those of the stored one."""

    name: str
    at: date
    get_state_display: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceSignOff:
    """What there is since a sign-off; equal ones are drawn once.

    `happened` are the months after the paper, in lines. Without any, `before` is the
    audit before, if it has some, and `before_on` the day of its sign-off.
    """

    audit_id: UUID
    happened: tuple[str, ...]
    before: UUID | None
    before_on: date | None
    has_outcome: bool
    check: CheckSaid | None
    may_contribute: bool
    may_check: bool

    @classmethod
    def of(
        cls,
        audit: Audit,
        *,
        happened: tuple[str, ...],
        before: Neighbour | None,
        check: ResultsCheck | None,
        may_contribute: bool,
        may_check: bool,
    ) -> Self | None:
        """Return what is said of a signed audit; None for another, or if nothing is."""
        has_outcome = getattr(audit, "outcome", None) is not None
        is_said = happened or may_contribute or has_outcome or check
        if audit.signed_off_at is None or not is_said:
            return None
        shown = before if before and before.has_months else None
        return cls(
            audit_id=audit.pk,
            happened=happened,
            before=shown.audit.pk if shown else None,
            before_on=_day_of(shown.audit) if shown else None,
            has_outcome=has_outcome,
            check=_said(check) if check else None,
            may_contribute=may_contribute,
            may_check=may_check,
        )


def _day_of(audit: Audit) -> date | None:
    return timezone.localdate(audit.signed_off_at) if audit.signed_off_at else None


def _said(check: ResultsCheck) -> CheckSaid:
    return CheckSaid(
        name=check.name,
        at=timezone.localdate(check.at),
        get_state_display=check.get_state_display(),
        sentence=check.sentence,
    )
