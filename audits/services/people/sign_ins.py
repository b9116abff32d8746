"""Records sign-ins, sign-outs and password changes.

The record of each of a person's organizations identifies them by an id, never by an
address or a name.
"""

import logging

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Feed, Membership, Organization, User
from audits.services.record.late_lines import record_soon

logger = logging.getLogger(__name__)
# Which failures of a day are recorded, so that nobody fills a record by guessing.
RECORDED_FAILURES = (1, 10, 100, 1000)

_OF_ANYBODY = ("person.signed_in", "person.signed_out", "person.sign_in_failed")


def record_of_person(
    *, person: User, by: User | None, verb: str, **details: object
) -> None:
    """Append a line to the record of each organization a person belongs to.

    Of somebody who belongs to none any more, those that deactivated them, or are
    closed, know who signs in, or fails to.

    Args:
        person: The person; the subject of each line is their id.
        by: The person who did it; None if unknown.
        verb: The action, such as "person.signed_in".
        details: JSON-ready values that may be kept forever.
    """
    found = [(each, details) for each in organizations_of(person)]
    if not found and verb in _OF_ANYBODY:
        found = [(each, {**details, why: True}) for each, why in _left_by(person)]
    for organization, told in found:
        with scope(organization=organization):
            record_soon(
                organization=organization,
                by=by,
                verb=verb,
                subject=str(person.pk),
                **told,
            )


def _left_by(person: User) -> list[tuple[Organization, str]]:
    """Return where a person was a member, in the order of locking, and why no more.

    Of somebody who was erased there are none.
    """
    with scopes_disabled():
        own = Membership.ever.filter(
            user=person, user__is_active=True, ended_at__isnull=False
        )
        ended = own.select_related("organization").order_by("organization")
        return [
            (
                each.organization,
                "organization_closed"
                if each.ended_at == each.organization.closed_at
                else "deactivated",
            )
            for each in ended
        ]


@transaction.atomic
def end_calendars(*, user: User, by: User | None) -> int:
    """Let the addresses of all calendars of a person open nothing; count them.

    Args:
        user: The person.
        by: Who does it.
    """
    number = 0
    for organization in organizations_of(user):
        with scope(organization=organization):
            feeds = Feed.objects.filter(user=user)
            for feed in feeds:
                record_soon(
                    organization=organization,
                    by=by,
                    verb="feed.removed",
                    subject=str(feed.pk),
                )
            number += feeds.count()
            feeds.delete()
    return number


def organizations_of(person: User) -> list[Organization]:
    """Return the organizations of a person, in the order of locking."""
    with scopes_disabled():
        return list(
            Organization.objects.filter(
                memberships__user=person, memberships__ended_at=None
            ).order_by("pk")
        )


def record_failure(*, person: User, step: str = "") -> None:
    """Record that somebody failed to sign in as a person: a few times a day, by count.

    The rest goes to the log only.

    Args:
        person: Whose account it is.
        step: Which step failed, if the password was right.
    """
    times = _count_failure(person)
    logger.info("sign-in as person %s failed, %s times today", person.pk, times)
    if times in RECORDED_FAILURES:
        verb, at = "person.sign_in_failed", {"step": step} if step else {}
        record_of_person(person=person, by=None, verb=verb, times_today=times, **at)


@transaction.atomic
def _count_failure(person: User) -> int:
    """Count one more failure of today.

    It ends before a record is locked: two locks at once could wait for each other.
    """
    today = timezone.localdate()
    row = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    times = row.failed_times + 1 if row.failed_on == today else 1
    User.objects.filter(pk=person.pk).update(failed_on=today, failed_times=times)
    return times
