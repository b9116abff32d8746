"""Housekeeping checks a part of each record a day, and says loudly what is wrong."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django import Settings

from audits.models import Event, RecordCheck, User
from audits.services.record import record_checks
from audits.services.record.anchors import anchor_heads
from audits.services.record.record_checks import BrokenRecord, check_records
from tests.casting import Cast
from tests.pages import html_of
from tests.record.forging import forged, without
from tests.signed_in import let_prove


@pytest.fixture(autouse=True)
def in_parts(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RECORD_ANCHORS = tmp_path / "anchors"
    monkeypatch.setattr(record_checks, "LINES_A_DAY", 4)


def next_day() -> None:
    day = timezone.localdate() - timedelta(days=1)
    with scopes_disabled():
        RecordCheck.objects.update(checked_on=day)


def ours(cast: Cast) -> RecordCheck:
    with scopes_disabled():
        return RecordCheck.objects.get(organization=cast.ours.organization)


def change(cast: Cast, number: int) -> None:
    with scopes_disabled():
        own = Event.objects.filter(organization=cast.ours.organization)
        own.filter(number=number).update(verb="audit.reopened")


def test_each_day_has_its_part_and_goes_on_where_the_last_one_stopped(
    cast: Cast,
) -> None:
    reached = []
    for _ in range(4):
        assert check_records() == 2
        assert check_records() == 0
        reached.append((ours(cast).number, ours(cast).is_whole))
        next_day()

    assert reached == [(4, False), (8, False), (11, True), (4, False)]


def test_run_is_bounded_and_the_rest_is_left_for_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_checks, "LINES_A_RUN", 4)

    assert [check_records(), check_records(), check_records()] == [1, 1, 0]


def test_broken_line_is_found_on_its_day_logged_and_kept(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    change(cast, 6)
    check_records()
    assert ours(cast).broken_number is None
    next_day()

    with pytest.raises(BrokenRecord, match="northgate"):
        check_records()

    assert ours(cast).broken_number == 6
    assert ours(cast).number == 8
    [told] = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert told.getMessage() == (
        "record of northgate is broken: Line 6 was changed, or moved here."
    )
    for _ in range(2):
        next_day()
        check_records()
    assert ours(cast).broken_number == 6


def test_end_cut_off_since_the_last_check_is_found_without_anchors(cast: Cast) -> None:
    for _ in range(3):
        check_records()
        next_day()
    with scopes_disabled():
        Event.objects.filter(organization=cast.ours.organization).delete()

    for _ in range(2):  # and again, for as long as nobody settles it
        with pytest.raises(BrokenRecord):
            check_records()
        next_day()

    assert ours(cast).broken_number == 1
    assert "The record is gone, but the check of" in ours(cast).broken_words


def test_housekeeping_fails_where_a_record_is_broken(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    change(cast, 2)

    with pytest.raises(CommandError, match="Records of events checked"):
        call_command("housekeeping", verbosity=0)

    assert "record of northgate is broken: Line 2 was changed" in caplog.text


def test_edited_anchors_are_told_of(
    cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.RECORD_ANCHORS.write_text("2026-11-26 an anchor of my own\n")

    with pytest.raises(BrokenRecord, match="the anchors"):
        check_records()

    assert "line 1: the signature does not fit" in caplog.text


def test_anchors_that_were_emptied_are_told_of_and_kept(
    cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    anchor_heads()
    check_records()
    settings.RECORD_ANCHORS.write_text("")
    next_day()

    with pytest.raises(BrokenRecord, match=r"northgate, zanzibar|zanzibar, northgate"):
        check_records()

    today = timezone.localdate()
    words = f"Anchors of {today.day} {today:%B %Y} were written, but none of them is"
    assert f"record of northgate is broken: {words}" in caplog.text
    assert words in str(ours(cast))


def test_emptied_anchors_are_told_of_after_the_next_were_written(
    cast: Cast, settings: Settings
) -> None:
    anchor_heads()
    yesterday = timezone.localdate() - timedelta(days=1)
    with scopes_disabled():
        RecordCheck.objects.update(anchored_since=yesterday, anchored_on=yesterday)
    settings.RECORD_ANCHORS.write_text("")
    anchor_heads()

    with pytest.raises(BrokenRecord):
        check_records()

    assert f"but only those of {timezone.localdate().day} " in str(ours(cast))


@pytest.mark.django_db(transaction=True)
def test_second_line_where_a_part_ends_is_found(cast: Cast) -> None:
    with without("one_event_of_a_number"), scopes_disabled():
        line = forged(cast, number=4)
        line.save(force_insert=True)

        with pytest.raises(BrokenRecord):
            check_records()

        line.delete()
    assert ours(cast).broken_words == "The record has more than one line 4."


def test_operators_see_how_far_a_record_was_checked_and_settle_it(cast: Cast) -> None:
    root = User.objects.create_superuser("root@example.org", "secret", name="Root")
    client = Client()
    client.force_login(root)
    let_prove(client, root)
    organizations = reverse("admin:audits_organization_changelist")
    one = reverse("admin:audits_organization_change", args=[cast.ours.organization.pk])
    assert "Record not checked yet" in html_of(client.get(organizations))
    change(cast, 2)
    with pytest.raises(BrokenRecord):
        check_records()

    for address in (organizations, one):
        page = html_of(client.get(address))
        assert "Record BROKEN at line 2: Line 2 was changed" in page
    day = timezone.localdate()
    page = html_of(client.get(organizations))
    assert f"Record checked up to line 4 on {day.day} {day:%B %Y}" in page

    address = reverse("admin:audits_recordcheck_delete", args=[ours(cast).pk])
    client.post(address, {"post": "yes"})

    with scopes_disabled():
        assert not RecordCheck.objects.filter(organization=cast.ours.organization)
        event = Event.objects.head(cast.ours.organization)
    assert event
    assert (event.verb, event.actor, event.details) == (
        "record.settled",
        root,
        {"broken": 2},
    )
