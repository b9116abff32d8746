"""A row of the table that is as before is not made again, and no other is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import PortfolioRow, Team
from tests.casting import Cast
from tests.pages import html_of

pytestmark = pytest.mark.once


def shown(client: Client) -> str:
    return html_of(client.get(reverse("portfolio")))


def test_row_as_before_is_not_made_again(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    make = PortfolioRow.from_db
    before = shown(client)

    def from_db(*values: Any) -> PortfolioRow:
        made.append(values)
        return make(*values)

    monkeypatch.setattr(PortfolioRow, "from_db", from_db)
    assert "Northgate triage" in shown(client)
    assert "Northgate triage" in before
    assert made == []


def test_what_changes_in_a_row_is_shown_at_once(cast: Cast, client: Client) -> None:
    shown(client)
    row = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.filter(audit=row).update(name="Sorted letters")
        Team.objects.filter(pk=cast.ours.team.pk).update(name="Harbour desk")
    now = shown(client)
    assert "Sorted letters" in now
    assert "Harbour desk" in now

    with scope(organization=cast.ours.organization):
        [kept] = PortfolioRow.objects.filter(audit=row)
        kept.due_on = (kept.due_on or row.created_at.date()) + timedelta(days=400)
        kept.save(update_fields=["due_on"])
    day = f"{kept.due_on.day} {kept.due_on:%B %Y}"
    assert day in shown(client) or f"{kept.due_on:%b %Y}" in shown(client)
