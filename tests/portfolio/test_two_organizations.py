"""Twin organizations: nothing of theirs moves a number, a name or a day of ours."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Snapshot
from audits.services.portfolio.saved_views import make_feed
from audits.services.portfolio.snapshots import take_snapshots
from tests.casting import CANARY, Cast, Tenant
from tests.portfolio.rows_made import make_rows
from tests.signed_in import sign_in

# Sums that show where they come from: theirs end in 7.
OURS: dict[str, Any] = {"spend": Decimal(1000), "spend_low": Decimal(1000)}
THEIRS: dict[str, Any] = {"spend": Decimal(70_007), "spend_low": Decimal(70_007)}
SOON = timezone.localdate() + timedelta(days=30)
FILTERS = ("", "?q=a", "?verdict=any_rebuild&sort=-spend", "?needs=overdue", "?page=2")


def fill(tenant: Tenant, word: str, number: int, money: dict[str, Any]) -> None:
    late = {"due_on": date(2001, 1, 1)}
    soon = {"due_on": SOON, "state": "in_review", "verdict": "rag", "at_risk": True}
    make_rows(tenant, number, name=f"{word} late", provider="OpenAI", **late, **money)
    make_rows(tenant, 1, name=f"{word} soon", review_cause=word, **soon, **money)


def everything(cast: Cast) -> dict[str, str]:
    """Return all that our lead can read of the portfolio, by address."""
    lead = cast.ours.contributor
    client = Client()
    sign_in(client, lead)
    with scope(organization=cast.ours.organization):
        member = lead.memberships.get()
        _, secret = make_feed(member=member, view=None)
    team = reverse("team", args=[cast.ours.team.public_id])
    pages = [
        *(reverse("portfolio") + query for query in FILTERS),
        reverse("portfolio") + f"?team={cast.theirs.team.public_id}",
        reverse("portfolio") + f"?owner={cast.theirs.contributor.public_id}",
        reverse("portfolio") + f"?q={CANARY}",
        *(team + query for query in FILTERS),
        reverse("teams"),
        reverse("portfolio_csv"),
        reverse("portfolio_json"),
        reverse("decisions_csv"),
        f"/calendars/{secret}.ics",
    ]
    found = {}
    for page in pages:
        response: Any = client.get(page)
        assert response.status_code == 200, page
        parts = response.streaming_content if response.streaming else [response.content]
        found[page.replace(secret, "secret")] = b"".join(parts).decode()
    return found


def numbers(said: dict[str, str]) -> dict[str, list[str]]:
    """Return each page's lines but those of its moment, its token and its search."""
    skipped = ("csrfmiddlewaretoken", "Data as of", "DTSTAMP", '"as_of"', 'name="q"')
    return {
        page: [
            line for line in text.splitlines() if not any(s in line for s in skipped)
        ]
        for page, text in said.items()
    }


@pytest.fixture
def month_before(cast: Cast) -> None:
    """A month that is over, in which theirs had many."""
    day = timezone.localdate().replace(day=1) - timedelta(days=1)
    fill(cast.theirs, CANARY, 3, THEIRS)
    take_snapshots(day)


def test_nothing_of_theirs_moves_or_shows_in_anything_of_ours(
    cast: Cast, month_before: None
) -> None:
    fill(cast.ours, "Northgate", 2, OURS)
    alone = everything(cast)

    fill(cast.theirs, CANARY, 60, THEIRS)
    with scope(organization=cast.theirs.organization):
        Snapshot.objects.update(states={"draft": 4007}, verdicts={"rag": 4007})

    beside = everything(cast)
    assert numbers(beside) == numbers(alone)
    for page, text in beside.items():
        searched = text.replace(f'value="{CANARY}"', "").replace(f"q={CANARY}", "")
        searched = searched.replace(f"Name, person or verdict: {CANARY}", "")
        assert CANARY not in searched, page
        assert "70,007" not in text, page
        assert "4,007" not in text, page
