"""Calendars, which programs read at a secret address."""

from django.http import Http404
from django_scopes import scopes_disabled

from audits.models import SEE_ALL, Feed, Membership


def feed_by_secret(secret: str) -> Feed:
    """Return the calendar with a secret, or raise Http404.

    A program does not sign in, so no scope is open yet. It gets no more than the
    calendar's owner would, and only while the owner may read it all.
    """
    with scopes_disabled():
        feeds = Feed.objects.select_related("organization", "view")
        feed: Feed | None = feeds.filter(
            digest=Feed.digest_of(secret),
            user__is_active=True,
            organization__closed_at=None,
        ).first()
        if feed is None or not Membership.objects.filter(
            user=feed.user_id, organization=feed.organization_id, role__in=SEE_ALL
        ):
            message = "No such calendar"
            raise Http404(message)
    return feed
