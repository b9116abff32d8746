"""What is taken out is recorded first, or does not leave."""

import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Event, Feed, LateLine
from audits.outages import Outage, outage_of
from audits.services.portfolio.saved_views import make_feed
from audits.services.record import downloads, late_lines
from audits.services.record.downloads import record_download
from audits.services.record.record_checks import check_record
from tests.access.files import FILES, ROW_OF, address_of, who_may
from tests.access.rows.row import ids_in
from tests.casting import Cast, build_cast
from tests.locked_records import locked_record
from tests.signed_in import sign_in


def last(cast: Cast) -> Event:
    with scopes_disabled():
        event = Event.objects.head(cast.ours.organization)
    assert event
    return event


@pytest.mark.parametrize("name", FILES)
def test_what_is_taken_out_is_recorded_without_what_was_searched_for(
    cast: Cast, client: Client, name: str
) -> None:
    file, row = FILES[name], ROW_OF[name]
    reader = cast.ours.people[who_may(row)]
    sign_in(client, reader)

    response = client.get(address_of(row, cast.ours) + "?q=Northgate")

    assert response.status_code == 200
    event, details = last(cast), dict(file.details)
    if name == "shared_file":
        details["what"] = str(cast.ours.report.pk)
    assert (event.verb, event.actor_id, event.details) == (
        file.verb,
        reader.pk,
        details,
    )
    ids = ids_in(cast.ours, row.url[1])
    assert event.subject == str(ids.get(file.subject, file.subject))


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one lock for all"
)
def test_what_leaves_while_the_record_is_locked_has_a_line_that_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(late_lines, "PATIENCE_MS", 200)
    tenant = build_cast().ours
    with scope(organization=tenant.organization):
        before = Event.objects.count()
        with locked_record(tenant.organization):
            record_download(
                organization=tenant.organization,
                by=tenant.contributor,
                verb="report.downloaded",
                subject="1",
                kind="pdf",
            )
            assert late_lines.write_late_lines() == 0
        assert Event.objects.count() == before
        [waiting] = LateLine.objects.all()

        call_command("housekeeping", verbosity=0)

        event = Event.objects.head(tenant.organization)
        assert event
        assert (event.number, event.verb, event.subject, event.actor, event.at) == (
            before + 1,
            "report.downloaded",
            "1",
            tenant.contributor,
            waiting.at,
        )
        assert event.details == {"kind": "pdf"}
        assert not LateLine.objects.exists()
        assert not check_record(tenant.organization).faults


def test_line_that_waited_for_long_is_of_when_it_is_added(cast: Cast) -> None:
    ours, happened = cast.ours.organization, timezone.now() - timedelta(hours=5)
    with scope(organization=ours):
        LateLine.objects.create(
            organization=ours,
            at=happened,
            verb="audit.approved",
            subject="UC-0001",
            details={"kind": "pdf"},
        )

        assert late_lines.write_late_lines() == 1

        event = Event.objects.head(ours)
        assert event
        assert timezone.now() - event.at < timedelta(minutes=1)
        told = {"kind": "pdf", "happened_at": happened.isoformat()}
        assert event.details == told
        assert not check_record(ours).faults


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="only there nothing at all is stored"
)
def test_nothing_leaves_while_nothing_can_be_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(late_lines, "PATIENCE_MS", 200)
    tenant = build_cast().ours
    with scope(organization=tenant.organization):
        before = Event.objects.count()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 300")
        with (
            locked_record(tenant.organization),
            pytest.raises(OperationalError) as busy,
        ):
            record_download(
                organization=tenant.organization,
                by=tenant.contributor,
                verb="report.downloaded",
                subject="1",
            )

        assert outage_of(busy.value) == Outage.BUSY  # which answers 503
        assert Event.objects.count() == before


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
