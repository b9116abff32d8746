"""Removes what an organization keeps for a time only: drafts, verdicts, sign-ins.

The record of events keeps its lines: they name people and rows by number.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_scopes import scope

from audits.models import (
    Audit,
    BoardPack,
    Organization,
    PortfolioRow,
    UseCase,
    User,
    Version,
)
from audits.services.privacy.sign_ins import empty_sign_ins
from audits.services.record import events

_YEAR = timedelta(days=365.25)
_MONTH = _YEAR / 12
# So few at a time delay nobody, and the next run of housekeeping comes soon.
_BATCH = 50


@transaction.atomic
def choose_retention(
    *,
    organization: Organization,
    by: User,
    signed_years: int | None,
    drafts_months: int | None,
    sign_ins_months: int | None,
) -> None:
    """Store for how long an organization keeps verdicts, drafts and sign-ins.

    Args:
        organization: The organization; its row is read again and locked.
        by: The administrator.
        signed_years: How long a signed audit is kept after another replaced it; None:
            for good.
        drafts_months: How long a draft is kept that nobody changes; None: for good.
        sign_ins_months: How long the record says who signed in; None: for good.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(
        pk=organization.pk
    )
    chosen = {
        "keep_signed_years": signed_years,
        "keep_drafts_months": drafts_months,
        "keep_sign_ins_months": sign_ins_months,
    }
    if all(getattr(organization, name) == x for name, x in chosen.items()):
        return
    for name, value in chosen.items():
        setattr(organization, name, value)
    organization.save(update_fields=[*chosen])
    events.record(
        organization=organization,
        actor=by,
        verb="organization.retention",
        subject=str(organization.pk),
        signed_years=signed_years,
        drafts_months=drafts_months,
        sign_ins_months=sign_ins_months,
    )


def remove_old() -> int:
    """Remove audits that their organizations keep no longer; return how many."""
    chosen = Q(keep_signed_years__isnull=False) | Q(keep_drafts_months__isnull=False)
    removed = 0
    for organization in Organization.objects.filter(chosen).order_by("pk"):
        with scope(organization=organization):
            removed += _remove(organization, timezone.now())
    return removed


def forget_sign_ins(now: datetime | None = None) -> int:
    """Remove who signed in from lines that are too old; return how many lines."""
    now = now or timezone.now()
    chosen = Organization.objects.exclude(keep_sign_ins_months=None)
    emptied = 0
    for organization in chosen.order_by("pk"):
        before = now - (organization.keep_sign_ins_months or 0) * _MONTH
        with scope(organization=organization):
            emptied += empty_sign_ins(organization, before)
    return emptied


def _remove(organization: Organization, now: datetime) -> int:
    removed = 0
    if organization.keep_drafts_months is not None:
        before = now - organization.keep_drafts_months * _MONTH
        removed += sum(map(_remove_draft, _old_drafts(before)[:_BATCH]))
    if organization.keep_signed_years is not None:
        before = now - organization.keep_signed_years * _YEAR
        removed += sum(map(_remove_signed, _old_signed(before)[:_BATCH]))
        BoardPack.objects.filter(finished_at__lt=before).delete()
    return removed


def _old_drafts(before: datetime) -> QuerySet[Audit]:
    """Return drafts that nobody changed since a moment, and those discarded by then."""
    since = Version.objects.filter(audit=OuterRef("pk"), at__gte=before)
    is_open = Q(state=Audit.State.DRAFT, signed_off_at=None)
    is_open &= Q(put_back_at=None) | Q(put_back_at__lt=before)
    found = Audit.objects.filter(is_open | Q(discarded_at__lt=before))
    left = found.filter(~Exists(since), created_at__lt=before)
    return left.filter(superseded_by=None).order_by("created_at")


def _old_signed(before: datetime) -> QuerySet[Audit]:
    """Return signed audits that another one replaced before a moment."""
    newer = Audit.objects.filter(supersedes=OuterRef("pk"), signed_off_at__lt=before)
    found = Audit.objects.filter(
        Exists(newer), state=Audit.State.SUPERSEDED, signed_off_at__isnull=False
    )
    return found.order_by("signed_off_at")


@transaction.atomic
def _remove_draft(audit: Audit) -> bool:
    """Remove a draft, with its use case if that has nothing else."""
    use_case = UseCase.objects.select_for_update(no_key=True).get(pk=audit.use_case_id)
    locked = Audit.objects.select_for_update(no_key=True).filter(pk=audit.pk)
    if locked.filter(revision=audit.revision, state=audit.state).first() is None:
        return False
    if not Audit.objects.filter(use_case=use_case).exclude(pk=audit.pk).exists():
        _record(audit, "use_case.removed", use_case.reference)
        use_case.delete()
        return True
    renewed = PortfolioRow.objects.filter(renewal=audit)
    renewed.update(renewal=None, renewal_state="")
    pk = str(audit.pk)
    audit.delete()
    _record(audit, "audit.removed", pk)
    return True


@transaction.atomic
def _remove_signed(audit: Audit) -> bool:
    """Remove a signed audit; the one that replaced it goes on without."""
    list(Audit.objects.select_for_update(no_key=True).filter(pk=audit.pk))
    pk = str(audit.pk)
    Audit.objects.filter(supersedes=audit).update(supersedes=audit.supersedes)
    audit.delete()
    _record(audit, "audit.removed", pk)
    return True


def _record(audit: Audit, verb: str, subject: str) -> None:
    events.record(
        organization=audit.organization, actor=None, verb=verb, subject=subject
    )
