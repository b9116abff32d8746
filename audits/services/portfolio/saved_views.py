"""Stores a member's saved views of the portfolio, and feeds of its dates."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.models import Feed, Membership, Organization, SavedView
from audits.models.saved_views import LONGEST_QUERY
from audits.services.record import events

MOST = 30
_SECRET_BYTES = 32


@transaction.atomic
def save_view(*, member: Membership, name: str, query: str) -> SavedView:
    """Save a view for one member; one of the same name is replaced.

    Args:
        member: Whose view.
        name: Its name.
        query: The filter and the sort order, as in the portfolio's address.

    Raises:
        ValidationError: The name or the filter does not fit, or there are enough views.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=member.organization_id)
    own = SavedView.objects.filter(user=member.user_id)
    view = own.filter(name=name).first()
    if view is None and own.count() >= MOST:
        message = f"You already have {MOST} saved views. Remove one to save another."
        raise ValidationError(message)
    view = view or SavedView(
        organization_id=member.organization_id, user_id=member.user_id, name=name
    )
    if len(query) > LONGEST_QUERY:
        message = "This filter is too long to save. Use fewer filters."
        raise ValidationError(message)
    view.query = query
    view.full_clean(exclude=["organization", "user"])
    view.save()
    return view


@transaction.atomic
def remove_view(*, member: Membership, view: SavedView) -> None:
    """Remove a view and its calendars, whose addresses stop working."""
    # No calendar of it is made meanwhile.
    Organization.objects.select_for_update(no_key=True).get(pk=member.organization_id)
    for feed in Feed.objects.filter(view=view):
        remove_feed(member=member, feed=feed)
    view.delete()


@transaction.atomic
def make_feed(
    *, member: Membership, view: SavedView | None, shown: str | None = None
) -> tuple[Feed, str]:
    """Make a calendar for a member's programs.

    Args:
        member: Whose calendar.
        view: Its use cases; None for all.
        shown: The public id of the latest calendar when the page was opened; empty if
            there was none. If a newer one is for the same view, the page was sent
            twice, and none is made. None for what no page sends.

    Returns:
        The calendar and its secret, which is not stored and cannot be shown again; or
        the calendar that the page made before, and "".

    Raises:
        ValidationError: There are enough calendars.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=member.organization_id)
    last = last_feed(member)
    if last and shown not in {None, str(last.public_id)} and last.view == view:
        return last, ""
    if Feed.objects.filter(user=member.user_id).count() >= MOST:
        message = f"You already have {MOST} calendars. Remove one to make another."
        raise ValidationError(message)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    feed = Feed.objects.create(
        organization_id=member.organization_id,
        user_id=member.user_id,
        view=view,
        digest=Feed.digest_of(secret),
    )
    _record(member, "feed.made", feed)
    return feed, secret


def last_feed(member: Membership) -> Feed | None:
    """Return the calendar that a member made last."""
    return Feed.objects.filter(user=member.user_id).last()


@transaction.atomic
def remove_feed(*, member: Membership, feed: Feed) -> None:
    """Remove a calendar; its address stops working."""
    _record(member, "feed.removed", feed)
    feed.delete()


def _record(member: Membership, verb: str, feed: Feed) -> None:
    events.record(
        organization=member.organization,
        actor=member.user,
        verb=verb,
        subject=str(feed.pk),
    )
