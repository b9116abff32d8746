"""The portfolio in every state that looks different."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import SavedView
from audits.services.portfolio.saved_views import make_feed, save_view
from audits.services.portfolio.snapshots import take_snapshots
from tests.casting import Cast
from tests.e2e.states.state import LONG_NAME, long_names
from tests.portfolio.rows_made import make_rows

NUMBER = 60


def of_team(cast: Cast) -> str:
    return reverse("team", args=[cast.ours.team.public_id])


def filled(cast: Cast) -> None:
    """Make use cases with money, dates and causes, after a month with fewer."""
    tenant = cast.ours
    cause = "gpt-4o retires on 2 February 2027"
    make_rows(tenant, 20, trend="weaker", review_cause=cause)
    take_snapshots(timezone.localdate().replace(day=1) - timedelta(days=1))
    make_rows(tenant, 30, trend="stronger", due_on=None)
    make_rows(tenant, 10, spend=None, spend_low=None, spend_high=None, saving=None)


def filled_with_long_names(cast: Cast) -> None:
    filled(cast)
    long_names(cast)
    with scope(organization=cast.ours.organization):
        make_rows(cast.ours, 1, name=LONG_NAME, review_cause=LONG_NAME)


def long_view(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        SavedView.objects.update(name=LONG_NAME[:60])
        member = cast.ours.contributor.memberships.get()
        view = save_view(member=member, name="x" * 60, query="needs=money")
        make_feed(member=member, view=view)
