"""A board pack or a file of exactly the use cases that somebody ticked."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import BoardPack, PortfolioRow, Role
from audits.reports.packs.pack_context import build_pack
from audits.services.reviews.audits import reopen_audit
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.portfolio.portfolio_pages import names, page
from tests.portfolio.test_exports import rows_of
from tests.reports.packs.made_packs import add_decisions, date_back, parts_of
from tests.reports.packs.test_pack_changes import answered_otherwise
from tests.reports.test_tasks import IMMEDIATE
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.signed_in import sign_in


def ticked(client: Client, tenant: Tenant, made: str, *called: str) -> Any:
    """Tick use cases in the table of a filter and press a button."""
    with scope(organization=tenant.organization):
        rows = PortfolioRow.objects.filter(name__in=called)
        ids = [str(pk) for pk in rows.values_list("use_case_id", flat=True)]
    query = {"stage": "live", "sort": "-name", "case": ids, "make": made}
    return client.get(reverse("with_ticked"), query)


def make_pack(client: Client, asked: Any) -> BoardPack:
    """Send the form that asks for which meeting, and return the pack."""
    told = html_of(client.get(asked["Location"]))
    assert "<bdi>2 use cases that were chosen</bdi>." in told
    assert 'name="meeting"' in told
    only = asked["Location"].partition("only=")[2].partition("&")[0]
    assert f'name="only" value="{only}"' in told
    made = client.post(reverse("packs"), {"only": only, "meeting": "Board"})
    return BoardPack.objects.get(pk=made["Location"].split("/")[-2])


@pytest.mark.on_both
@pytest.mark.usefixtures("stand_ins")
def test_pack_of_ticked_use_cases_is_compared_with_what_became_of_them(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    tenant, chosen = cast.ours, ("Northgate handbook", "Second")
    # Also one who only reads can take what they chose to the board.
    sign_in(client := Client(), tenant.people[Role.VIEWER])
    assert 'name="case"' in page(client)
    assert "Change the ticked ones" not in page(client)
    with scope(organization=tenant.organization):
        add_decisions(tenant, {"Second": RETRIEVAL_CASE, "Third": RETRIEVAL_CASE})
        asked = ticked(client, tenant, "pack", *chosen)

        first = make_pack(client, asked)

        numbers = PortfolioRow.objects.filter(name__in=chosen)
        kept = ".".join(str(row.number) for row in numbers.order_by("number"))
        assert first.filters == f"only={kept}"
        names_in = [each.audit.use_case.name for each in first.decisions.all()]
        assert sorted(names_in) == sorted(chosen)
        overview, *_ = parts_of(first)
        assert "Filter of the portfolio: 2 use cases that were chosen." in overview
        # Somebody answers one again, and another is no longer in any filter of old.
        date_back(first, 30)
        answered_otherwise(tenant)
        third = PortfolioRow.objects.select_related("audit").get(name="Third")
        reopen_audit(audit=third.audit, by=tenant.contributor)

        again = make_pack(client, ticked(client, tenant, "pack", *chosen))

        found = build_pack(BoardPack.objects.get(pk=again.pk))
        assert again.previous == first
        assert found.changes
        assert [each.name for each in found.changes.verdicts] == ["Northgate handbook"]


def test_file_of_ticked_use_cases_has_no_other(cast: Cast, client: Client) -> None:
    tenant = cast.ours
    asked = ticked(client, tenant, "csv", "Northgate handbook", "Southgate handbook")

    assert asked["Location"].startswith(f"{reverse('portfolio_csv')}?only=")
    only = asked["Location"].partition("only=")[2].partition("&")[0]
    assert asked["Location"].endswith("&sort=-name")
    for kind in ("csv", "xlsx"):
        [row] = rows_of(client, kind, only=only)
        assert row["name"] == "Northgate handbook"
    shown = page(client, only=only)
    assert names(shown) == ["Northgate handbook"]
    assert "1 use case that was chosen." in shown
    # Another filter narrows what was chosen, so its form keeps that.
    assert shown.count(f'type="hidden" name="only" value="{only}"') == 4
    assert f'form="pack" name="only" value="{only}"' in shown


@pytest.mark.parametrize("only", ["3..4", "0", "x", ".".join(["1"] * 501)])
def test_address_of_no_use_cases_shows_none(client: Client, only: str) -> None:
    said = page(client, only=only)

    assert "The address does not say which use cases were chosen." in said
    assert names(said) == []
    assert client.get(reverse("new_pack"), {"only": only}).status_code == 422


def test_button_without_a_tick_says_so(cast: Cast, client: Client) -> None:
    assert "No use case is chosen" in html_of(ticked(client, cast.ours, "pack"))
    assert client.get(reverse("with_ticked"), {"make": "x"}).status_code == 404
