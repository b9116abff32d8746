"""A pack is compared with a pack that its asker knows, and says with which."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import BoardPack, Event, Role
from audits.reports.packs.pack_context import build_pack
from audits.services.papers.packs.pack_comparison import NOTHING
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.reports.packs.made_packs import ask_for_pack, date_back, parts_of
from tests.reports.packs.test_pack_changes import answered_otherwise
from tests.reports.test_tasks import IMMEDIATE
from tests.reviews.conftest import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_ins")]


@pytest.fixture
def tenant(cast: Cast, settings: Settings) -> Tenant:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    return cast.ours


def changed_in(pack: BoardPack) -> list[str]:
    found = build_pack(BoardPack.objects.get(pk=pack.pk)).changes
    return [change.name for change in found.verdicts] if found else ["nothing before"]


@pytest.mark.on_both
def test_pack_of_a_colleague_hides_no_changed_verdict_from_the_chair(
    tenant: Tenant,
) -> None:
    chair, viewer = tenant.people[Role.ADMIN], tenant.people[Role.VIEWER]
    with scope(organization=tenant.organization):
        first = ask_for_pack(tenant, meeting="Board 2 March", by=chair)
        date_back(first, 2)
        answered_otherwise(tenant)
        date_back(ask_for_pack(tenant, meeting="y", by=viewer), 1)

        pack = ask_for_pack(tenant, meeting="Board 3 March", by=chair)

        assert pack.previous == first
        assert changed_in(pack) == ["Northgate handbook"]
        overview, *_ = parts_of(pack)
        [line] = Event.objects.filter(verb="pack.requested", subject=str(pack.pk))
    assert "for Board 2 March, which Northgate admin asked for." in overview
    assert line.details["since"] == str(first.pk)


@pytest.mark.thorough
@pytest.mark.once
def test_first_pack_of_a_person_names_whose_pack_it_is_compared_with(
    tenant: Tenant,
) -> None:
    chair, viewer = tenant.people[Role.ADMIN], tenant.people[Role.VIEWER]
    with scope(organization=tenant.organization):
        theirs = ask_for_pack(tenant, filters="q=handbook", meeting="y", by=viewer)
        date_back(theirs, 1)

        pack = ask_for_pack(tenant, filters="q=handbook", meeting="Board", by=chair)

        assert pack.previous == theirs
        overview, *_ = parts_of(pack)
    assert "for y, which Northgate viewer asked for." in overview
    assert "No verdict changed since then." in overview


@pytest.mark.thorough
def test_pack_of_the_same_day_or_meeting_is_none_to_compare_with(
    tenant: Tenant,
) -> None:
    chair = tenant.people[Role.ADMIN]
    with scope(organization=tenant.organization):
        months = ("November", "December", "January")
        board = {x: f"Board, 9 {x} {2027 if x == 'January' else 2026}" for x in months}
        first = ask_for_pack(tenant, meeting=board["November"], by=chair)
        assert first.previous is None

        same_day = ask_for_pack(tenant, meeting=board["December"], by=chair)
        overview, *_ = parts_of(same_day)
        date_back(first, 9)
        date_back(same_day, 8)
        answered_otherwise(tenant)
        same_meeting = ask_for_pack(tenant, meeting=board["December"], by=chair)
        next_meeting = ask_for_pack(tenant, meeting=board["January"], by=chair)

        found = [x.previous for x in (same_day, same_meeting, next_meeting)]
        assert found == [None, first, same_day]
    assert "Not compared with an earlier pack: there is no earlier one" in overview


@pytest.mark.thorough
def test_asker_chooses_the_pack_to_compare_with(tenant: Tenant, client: Client) -> None:
    chair, viewer = tenant.people[Role.ADMIN], tenant.people[Role.VIEWER]
    with scope(organization=tenant.organization):
        before = ask_for_pack(tenant, meeting="Board 2 March", by=viewer)
        date_back(before, 2)
        answered_otherwise(tenant)
        own = ask_for_pack(tenant, meeting="Trial", by=chair)
        assert own.previous == before
        date_back(own, 1)
        last = ask_for_pack(tenant, meeting="Board 3 March", by=chair)
        assert changed_in(last) == []
    client.force_login(chair)

    page = html_of(client.get(reverse("pack", args=[last.pk])))
    fields = {"meeting": "Board 3 March", "since": str(before.pk)}
    chosen = client.post(reverse("packs"), fields)

    words = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "for Trial , which Northgate admin asked for" in words
    assert f'value="{before.pk}"' in page
    with scope(organization=tenant.organization):
        pack = BoardPack.objects.get(pk=chosen["Location"].split("/")[-2])
        assert pack.previous == before
        assert changed_in(pack) == ["Northgate handbook"]


@pytest.mark.thorough
def test_same_pack_asked_for_again_stays_the_same(tenant: Tenant) -> None:
    chair = tenant.people[Role.ADMIN]
    with scope(organization=tenant.organization):
        date_back(tenant.pack, 1)
        first = ask_for_pack(tenant, meeting="Board 3 March", by=chair)

        assert first.previous == tenant.pack
        assert ask_for_pack(tenant, meeting="Board 3 March", by=chair) == first
        alone = ask_for_pack(tenant, meeting="Board 3 March", by=chair, since=NOTHING)
        assert (alone == first, alone.previous) == (False, None)


@pytest.mark.on_both
def test_pack_of_another_organization_or_filter_is_none_to_compare_with(
    cast: Cast, tenant: Tenant, client: Client
) -> None:
    client.force_login(tenant.contributor)

    for since in (cast.theirs.pack.pk, uuid4(), "x", f"{tenant.pack.pk}x"):
        response = client.post(reverse("packs"), {"since": str(since)})
        assert response.status_code == 422, since
        assert "no pack of this filter" in html_of(response)
    other = {"q": "handbook", "since": str(tenant.pack.pk)}
    assert client.post(reverse("packs"), other).status_code == 422


def test_comparison_is_chosen_before_the_pack_is_made_and_marked_in_the_list(
    tenant: Tenant, cast: Cast
) -> None:
    client, url = client_of(cast, Role.ADMIN), reverse("packs")
    asked = {"q": "handbook", "meeting": "Board 3 March", "choose": "1"}
    assert "There is no earlier pack with this filter" in html_of(
        client.post(url, asked)
    )
    with scope(organization=tenant.organization):
        first = ask_for_pack(tenant, filters="q=handbook", meeting="Board 2 March")
        before = BoardPack.objects.count()

    page = html_of(client.post(url, asked))
    with scope(organization=tenant.organization):
        assert BoardPack.objects.count() == before
    [chosen] = re.findall(r'<option value="([^"]+)" selected', page)
    assert chosen == str(first.pk)
    assert '<input type="hidden" name="q" value="handbook">' in page
    assert '<input type="hidden" name="meeting" value="Board 3 March">' in page

    del asked["choose"]
    client.post(url, {**asked, "since": chosen})
    with scope(organization=tenant.organization):
        assert BoardPack.objects.get(meeting="Board 3 March").previous == first
    assert html_of(client.get(url)).count("Compared with the pack of") == 1
