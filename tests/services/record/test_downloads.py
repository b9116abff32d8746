"""What is taken out is recorded first, or does not leave."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Event, Feed, Organization
from audits.outages import Outage, outage_of
from audits.services.portfolio.saved_views import make_feed
from audits.services.record import downloads
from tests.casting import Cast, build_cast


def last(cast: Cast) -> Event:
    with scopes_disabled():
        event = Event.objects.head(cast.ours.organization)
    assert event
    return event


@pytest.mark.parametrize(
    ("page", "verb", "details"),
    [
        (("portfolio_csv", None, ""), "portfolio.exported", {"kind": "csv"}),
        (("portfolio_json", None, ""), "portfolio.exported", {"kind": "json"}),
        (("portfolio_xlsx", None, "?q=Ann"), "portfolio.exported", {"kind": "xlsx"}),
        (("result_json", "submitted", ""), "audit.exported", {"kind": "json"}),
        (("action_kit", "submitted", ""), "audit.exported", {"kind": "kit"}),
        (("import_report", "inventory", ""), "import.exported", {}),
        (("paper_file", "report", ""), "report.downloaded", {}),
        (("pack_file", "pack", ""), "pack.downloaded", {}),
        (("evidence_file", "evidence", ""), "evidence.downloaded", {}),
    ],
)
def test_what_is_taken_out_is_recorded(
    cast: Cast,
    client: Client,
    page: tuple[str, str | None, str],
    verb: str,
    details: dict[str, str],
) -> None:
    name, of, query = page
    subject = str(getattr(cast.ours, of).pk) if of else None
    address = reverse(name, args=[subject] if subject else []) + query

    response = client.get(address)

    assert response.status_code == 200
    event = last(cast)
    assert (event.verb, event.actor_id, event.details) == (
        verb,
        cast.ours.contributor.pk,
        details,
    )
    assert event.subject == (subject or {"p": "portfolio", "t": "inventory"}[verb[0]])


def test_paper_that_is_not_ready_is_no_download(cast: Cast, client: Client) -> None:
    with scope(organization=cast.ours.organization):
        type(cast.ours.report).objects.update(state="failed")
    before = last(cast).number

    client.get(reverse("paper_file", args=[cast.ours.report.pk]))

    assert last(cast).number == before


def test_calendar_is_recorded_when_it_is_first_read_on_a_day(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        member = cast.ours.contributor.memberships.get()
        feed, secret = make_feed(member=member, view=None)
    address = reverse("calendar_feed", args=[secret])

    for _ in range(3):
        assert Client().get(address).status_code == 200
    event = last(cast)
    with scopes_disabled():
        fetched = Event.objects.filter(verb="feed.fetched")
        assert fetched.count() == 1
        Feed.objects.update(fetched_on=timezone.localdate() - timedelta(days=1))
        Client().get(address)
        assert fetched.count() == 2

    assert (event.verb, event.subject, event.actor_id) == (
        "feed.fetched",
        str(feed.pk),
        None,
    )


@contextmanager
def locked_record(organization: Organization) -> Iterator[None]:
    """Lock a record in another connection, as somebody does who writes for long."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Organization.objects.select_for_update().get(pk=organization.pk)
            held.set()
            done.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(20)
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_while_it_cannot_be_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(downloads, "PATIENCE_MS", 500)
    tenant = build_cast().ours
    with scope(organization=tenant.organization):
        take: Any = partial(
            downloads.record_download,
            organization=tenant.organization,
            by=tenant.contributor,
            verb="report.downloaded",
            subject="1",
        )
        before = Event.objects.count()

        with (
            locked_record(tenant.organization),
            pytest.raises(OperationalError) as busy,
        ):
            take()

        assert outage_of(busy.value) == Outage.BUSY  # which answers 503
        assert Event.objects.count() == before
        take()
        assert Event.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_calendar_that_cannot_be_recorded_is_read_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tenant = build_cast().ours
    with scope(organization=tenant.organization):
        before = Event.objects.count()

        with locked_record(tenant.organization):
            begun = time.monotonic()
            downloads.record_fetch(feed=tenant.feed)
            took = time.monotonic() - begun

        assert Event.objects.count() == before
        assert "not recorded, since the record was locked" in caplog.text
        assert took < 3
        downloads.record_fetch(feed=tenant.feed)
        assert Event.objects.count() == before + 1
