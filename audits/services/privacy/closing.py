"""Closes an organization, takes that back, and removes what was closed for long.

Nothing is lost for `KEPT`: the memberships end, with the moment of the closing, and
begin again with the same roles if an administrator takes it back.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_scopes import scope

from audits.models import (
    Comment,
    DirectoryGroup,
    Event,
    Invitation,
    Membership,
    Organization,
    Role,
    Share,
    User,
)
from audits.services.privacy.files import stored_files
from audits.services.privacy.rows import own_models
from audits.services.record import events
from audits.services.record.rights import may_on_record

logger = logging.getLogger(__name__)
KEPT = timedelta(days=30)
_BATCH = 500


class RemovalBegan(Exception):  # noqa: N818 - the state it is in, not a fault
    """What a closed organization had is being removed, so it cannot be opened."""


def gone_on(organization: Organization) -> datetime | None:
    """Return when what a closed organization has is removed; None if it is open."""
    return organization.closed_at and organization.closed_at + KEPT


def is_over(organization: Organization) -> bool:
    """Return whether a closed organization cannot be opened any more."""
    until = gone_on(organization)
    return until is not None and until <= timezone.now()


@transaction.atomic
def close_organization(*, organization: Organization, by: User) -> None:
    """End what everybody but its administrators can do with an organization.

    Memberships, shares and open invitations end; calendars, single sign-on and SCIM
    open nothing while it is closed.

    Args:
        organization: The organization; its row is read again and locked.
        by: The administrator.
    """
    organization = _locked(organization)
    if organization.closed_at:
        return
    now = timezone.now()
    organization.closed_at = now
    organization.save(update_fields=["closed_at"])
    own = Membership.objects.filter(organization=organization)
    ended = own.exclude(role=Role.ADMIN).update(ended_at=now)
    told = [*_ended(organization)]
    _invitations(organization).update(withdrawn_at=now)
    _shares(organization).update(ended_at=now)
    events.record_all(organization=organization, actor=by, entries=told)
    _record(organization, by, "organization.closed", members=ended)


def ends_with(organization: Organization) -> tuple[int, int]:
    """Return how many open invitations and shares end if it is closed."""
    shares = _shares(organization).open().count()
    return _invitations(organization).count(), shares


def _ended(organization: Organization) -> Iterator[events.Entry]:
    """Yield a line for each invitation and share that ends."""
    for each in _invitations(organization).order_by("pk"):
        yield events.Entry(verb="invitation.withdrawn", subject=str(each.public_id))
    for share in _shares(organization).with_file().order_by("pk"):
        told: dict[str, object] = {"what": str(share.job.pk)}
        if share.reader_id:
            told["reader"] = share.reader_id
        yield events.Entry(
            verb="share.ended", subject=str(share.public_id), details=told
        )


def _invitations(organization: Organization) -> QuerySet[Invitation]:
    return Invitation.objects.unanswered().filter(organization=organization)


def _shares(organization: Organization) -> Any:
    return Share.objects.filter(organization=organization, ended_at=None)


@transaction.atomic
def take_back_closing(*, organization: Organization, by: User) -> None:
    """Open an organization again: its members come in as before.

    Invitations and shares that the closing ended stay ended.

    Raises:
        RemovalBegan: The days in which it could be opened are over.
    """
    organization = _locked(organization)
    if organization.closed_at is None:
        return
    if is_over(organization):
        raise RemovalBegan
    gone = Membership.ever.filter(organization=organization)
    back = gone.filter(ended_at=organization.closed_at).update(ended_at=None)
    organization.closed_at = None
    organization.save(update_fields=["closed_at"])
    _record(organization, by, "organization.reopened", members=back)


def remove_closed(now: datetime | None = None) -> int:
    """Remove what organizations had that were closed long ago; return how many.

    Nothing is removed where the role of the database may not remove lines of a record
    (`manage.py restrict_record`): then an operator does it as the owner of the tables.
    """
    before = (now or timezone.now()) - KEPT
    old = list(Organization.objects.filter(closed_at__lt=before).order_by("pk"))
    if not old or not may_on_record("DELETE"):
        return 0
    removed = 0
    for organization in old:
        with scope(organization=organization):
            if not _remove(organization, before):
                continue
        logger.info("removed the closed organization %s", organization.pk)
        removed += 1
    return removed


def _remove(organization: Organization, before: datetime) -> bool:
    """Remove all rows of an organization, itself, and then its files.

    Its row is read again and locked: nothing happens where it was opened meanwhile.
    """
    with transaction.atomic():
        rows = Organization.objects.select_for_update(no_key=True)
        found = rows.filter(pk=organization.pk, closed_at__lt=before).first()
        if found is None:
            return False
        files = [*stored_files(found)]
        for through in (Comment.mentioned.through, DirectoryGroup.people.through):
            _through(through, organization)
        for model in own_models():
            own = model._base_manager.filter(organization=organization)
            if any(isinstance(f, models.FileField) for f in model._meta.fields):
                for row in own.iterator(chunk_size=_BATCH):
                    files += stored_files(row)
            # Keys are checked when the transaction ends, so no order is needed.
            own._raw_delete(own.db)
        itself = Organization._base_manager.filter(pk=organization.pk)
        itself._raw_delete(itself.db)
    for name in filter(None, files):
        default_storage.delete(name)
    return True


def _through(model: type[Any], organization: Organization) -> None:
    """Remove the links of rows of an organization to people."""
    of = "comment" if model is Comment.mentioned.through else "directorygroup"
    own = model._base_manager.filter(**{f"{of}__organization": organization})
    keys = list(own.values_list("pk", flat=True))
    left = model._base_manager.filter(pk__in=keys)
    left._raw_delete(left.db)


def _locked(organization: Organization) -> Organization:
    rows = Organization.objects.select_for_update(no_key=True)
    return rows.get(pk=organization.pk)


def _record(organization: Organization, by: User, verb: str, **details: int) -> Event:
    subject = str(organization.pk)
    return events.record(
        organization=organization, actor=by, verb=verb, subject=subject, **details
    )
