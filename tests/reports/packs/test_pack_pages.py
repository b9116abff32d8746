"""The pages of board packs: asked for from the portfolio, waited for, downloaded."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, BoardPack, Event, PackDecision, PortfolioRow, Role
from audits.services.answers.answers import fresh_audit
from audits.services.papers.covers import save_cover
from tests.board.boards import record, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.reports.packs.made_packs import add_decision, ask_for_pack
from tests.reports.test_tasks import IMMEDIATE
from tests.signed_in import sign_in


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.ours.contributor)
    return client


def press_the_button(client: Client, query: dict[str, str], **more: str) -> Any:
    """Send the portfolio's form for packs as a browser without JavaScript does."""
    page = html_of(client.get(reverse("portfolio"), query))
    form = page.split(f'action="{reverse("packs")}"')[1].split("</form>")[0]
    hidden = r'<input type="hidden"{} name="(\w+)" value="([^"]*)"'
    # The filter that is shown is beside the table, and belongs to this form.
    beside = re.findall(hidden.format(' form="pack"'), page)
    fields = dict((*re.findall(hidden.format(""), form), *beside))
    return client.post(reverse("packs"), fields | more)


@pytest.mark.usefixtures("stand_ins")
@pytest.mark.on_both
def test_button_makes_a_pack_over_the_filter_that_is_shown(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    query = {"verdict": "any_rebuild", "q": "handbook", "sort": "team"}

    asked = press_the_button(client, query, meeting="The board, 9 December")

    page = html_of(client.get(asked["Location"]))
    assert "The pack is ready." in page
    assert "1 use case for <bdi>The board, 9 December</bdi>" in page
    assert "More answers are needed" not in page
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.update(is_provisional=True)
    later = html_of(client.get(asked["Location"]))
    assert "1 of them cannot go to the board yet: it needs more answers" in later
    assert (
        "Verdict: Prompt, few-shot, retrieval or untuned; "
        "Name, person or verdict: handbook" in page
    )
    with scope(organization=cast.ours.organization):
        pack = BoardPack.objects.get(pk=asked["Location"].split("/")[2])
    assert pack.filters == "q=handbook&verdict=any_rebuild"
    assert list(pack.verdicts) == [str(cast.ours.submitted.use_case_id)]
    file = client.get(reverse("pack_file", args=[pack.pk]))
    assert b"".join(file.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert re.search(r'filename="board-pack-[\d-]+\.pdf"', file["Content-Disposition"])
    assert file["Content-Security-Policy"] == "sandbox"


@pytest.mark.on_both
def test_decisions_of_a_pack_are_in_the_order_of_their_days(
    cast: Cast, client: Client
) -> None:
    days = {"Later": date(2026, 12, 20), "Sooner": date(2026, 12, 9)}
    with scope(organization=cast.ours.organization):
        for name, day in days.items():
            audit, lead = add_decision(cast.ours, name), cast.ours.contributor
            save_cover(audit=audit, by=lead, fields={"decide_by": day})
        PortfolioRow.objects.update(is_provisional=False)

    asked = press_the_button(client, {"state": "in_review", "sort": "name"})

    with scope(organization=cast.ours.organization):
        found = PackDecision.objects.filter(pack=asked["Location"].split("/")[2])
        names = found.order_by("number").values_list("audit__use_case__name", flat=True)
        # What has no day is last.
        assert [*names] == ["Sooner", "Later", "Northgate handbook"]


@pytest.mark.thorough
def test_papers_that_nobody_can_sign_yet_come_last_in_a_pack(
    cast: Cast, client: Client
) -> None:
    with scope(organization=cast.ours.organization):
        audit, lead = add_decision(cast.ours, "Articles"), cast.ours.contributor
        save_cover(audit=audit, by=lead, fields={"decide_by": date(2026, 12, 9)})
        rows = PortfolioRow.objects.filter(audit=audit)
        assert rows.get().is_provisional

    asked = press_the_button(client, {"state": "in_review"})

    with scope(organization=cast.ours.organization):
        found = PackDecision.objects.filter(pack=asked["Location"].split("/")[2])
        names = found.order_by("number").values_list("audit__use_case__name", flat=True)
        assert [*names] == ["Northgate handbook", "Articles"]


@pytest.mark.on_both
def test_pressing_twice_leads_to_the_same_pack(client: Client, cast: Cast) -> None:
    first, again = (press_the_button(client, {"q": "handbook"}) for _ in range(2))

    assert first["Location"] == again["Location"]
    with scope(organization=cast.ours.organization):
        asked = Event.objects.filter(verb="pack.requested")
        pack = urlsplit(first["Location"]).path.split("/")[2]
        assert asked.filter(subject=pack).count() == 1


@pytest.mark.once
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"q": "no such use case"}, "No use case matches this filter"),
        ({"q": "triage"}, "No use case in this filter is waiting for a decision"),
        ({"meeting": "x" * 61}, "60 characters or fewer"),
    ],
)
def test_what_cannot_be_a_pack_is_said(
    client: Client, fields: dict[str, str], words: str
) -> None:
    response = client.post(reverse("packs"), fields)

    assert response.status_code == 422
    assert "There is a problem" in html_of(response)
    assert words in html_of(response)


@pytest.mark.thorough
@pytest.mark.once
def test_list_shows_packs_with_their_filter_and_state(
    cast: Cast, client: Client
) -> None:
    press_the_button(client, {"q": "handbook"}, meeting="Risk committee")

    page = html_of(client.get(reverse("packs")))

    rows = page.split("<tbody>")[1].split("</tr>")
    assert "Risk committee" in rows[0]
    assert "Name, person or verdict: handbook" in rows[0]
    assert "In queue" in rows[0]
    assert "Whole portfolio" in rows[1]
    assert "Ready" in rows[1]


@pytest.mark.thorough
def test_pack_that_waits_can_be_cancelled_and_asked_for_again(client: Client) -> None:
    asked = press_the_button(client, {"q": "handbook"})
    pack = asked["Location"]
    assert "Cancel this pack" in html_of(client.get(pack))
    assert client.get(pack + "file/").status_code == 404

    client.post(pack + "cancel/")

    page = html_of(client.get(pack))
    assert "The pack was cancelled." in page
    form = page.split('id="progress"')[1]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert client.post(reverse("packs"), fields)["Location"] == pack
    assert "In queue" in html_of(client.get(pack))


def test_viewer_cancels_only_what_they_asked_for(cast: Cast) -> None:
    viewer, person = Client(), cast.ours.people[Role.VIEWER]
    sign_in(viewer, person)
    with scope(organization=cast.ours.organization):
        packs = [
            ask_for_pack(cast.ours, filters="q=handbook"),
            ask_for_pack(cast.ours, filters="q=hand", by=person),
        ]
    theirs, own = (reverse("pack", args=[pack.pk]) for pack in packs)

    assert viewer.post(theirs + "cancel/").status_code == 403
    assert "Cancel this pack" not in html_of(viewer.get(theirs))
    viewer.post(own + "cancel/")
    assert "The pack was cancelled." in html_of(viewer.get(own))


@pytest.mark.once
def test_waiting_page_is_drawn_again_only_when_something_changed(
    cast: Cast, client: Client
) -> None:
    with scope(organization=cast.ours.organization):
        asked = ask_for_pack(cast.ours, filters="q=handbook")
    pack = reverse("pack", args=[asked.pk])

    for seen, status in (("queued-0", 204), ("making-0", 200)):
        response = client.get(pack, {"seen": seen}, headers={"HX-Request": "true"})

        assert response.status_code == status


@pytest.mark.parametrize("meeting", ["", "Board, December"])
def test_page_of_a_pack_says_for_which_meeting_and_as_of_when(
    cast: Cast, client: Client, meeting: str
) -> None:
    pack = cast.ours.pack
    with scope(organization=cast.ours.organization):
        BoardPack.objects.filter(pk=pack.pk).update(meeting=meeting)

    page = html_of(client.get(reverse("pack", args=[pack.pk])))

    lead = " ".join(strip_tags(page.partition('class="lead"')[2][:900]).split())
    assert re.search(rf"use cases?{f' for {meeting}' if meeting else ''}, as of", lead)


@pytest.mark.once
def test_list_page_and_cancelling_do_not_read_what_was_frozen(
    cast: Cast, client: Client
) -> None:
    pack = cast.ours.pack
    page = reverse("pack", args=[pack.pk])

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("packs"))
        client.get(page)
        client.post(reverse("cancel_pack", args=[pack.pk]))

    reads = [q["sql"] for q in queries.captured_queries if "boardpack" in q["sql"]]
    assert reads
    assert not [sql for sql in reads if '"verdicts"' in sql or '"outcomes"' in sql]


def test_pack_over_a_filter_that_is_gone_says_so_and_is_not_made_over_all(
    cast: Cast, client: Client
) -> None:
    pack = cast.ours.pack
    with scope(organization=cast.ours.organization):
        BoardPack.objects.filter(pk=pack.pk).update(filters="q=handbook&team=987654")
        before = BoardPack.objects.count()

    listed = html_of(client.get(reverse("packs")))
    page = html_of(client.get(reverse("pack", args=[pack.pk])))
    again = client.post(reverse("packs"), {"q": "handbook", "team": "987654"})

    for shown in (listed, page):
        assert "Name, person or verdict: handbook; Team: no longer there" in shown
    assert again.status_code == 422
    assert "Team: your choice is no longer available." in html_of(again)
    with scope(organization=cast.ours.organization):
        assert BoardPack.objects.count() == before


def test_page_says_that_a_pack_is_out_of_date_after_each_thing_that_overtakes_it(
    cast: Cast, client: Client
) -> None:
    ours, pack = cast.ours, cast.ours.pack
    page, reviewer = reverse("pack", args=[pack.pk]), cast.ours.people[Role.REVIEWER]

    def move(at: datetime | None) -> None:
        PackDecision.objects.filter(pack=pack).update(submitted_at=at)

    def again() -> None:
        # As if the pack were made now.
        packs = BoardPack.objects.filter(pk=pack.pk)
        packs.update(frozen_at=timezone.now(), state=BoardPack.State.READY)

    def write() -> None:
        words = {"next_date": "In May"}
        audit = fresh_audit(ours.submitted)
        save_cover(audit=audit, by=ours.contributor, fields=words)

    def send_back() -> None:
        Audit.objects.filter(pk=ours.submitted.pk).update(state=Audit.State.DRAFT)

    overtake: list[Callable[[], object]] = [
        lambda: sign(ours),
        lambda: record(fresh_audit(ours.submitted), reviewer),
        write,
        lambda: move(timezone.now() - timedelta(days=1)),
        send_back,
    ]
    for act in overtake:
        with scope(organization=ours.organization):
            again()
        assert "out of date" not in html_of(client.get(page)), act
        with scope(organization=ours.organization):
            act()

        said = " ".join(html_of(client.get(page)).split())

        assert "This pack is out of date: a decision of it was recorded" in said, act
        assert "Make the current pack" in said
        assert reverse("pack_file", args=[pack.pk]) in said
        with scope(organization=ours.organization):
            move(fresh_audit(ours.submitted).submitted_at)
