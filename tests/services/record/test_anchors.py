"""The head of each record is kept outside of the database, once a day."""

import logging
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.models import Event, RecordCheck, Review, Role
from audits.record.anchors import Anchor
from audits.services.discussion.comments import resolve_comment
from audits.services.record.anchors import anchor_heads, read_anchors, sign_anchor
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast, build_cast
from tests.conditions import decided


@pytest.fixture
def file(settings: Settings, tmp_path: Path) -> Path:
    settings.RECORD_ANCHORS = tmp_path / "far" / "anchors"
    return tmp_path / "far" / "anchors"


def as_if_never_anchored() -> None:
    with scopes_disabled():
        RecordCheck.objects.update(anchored_on=None)


def test_head_of_each_record_is_in_the_file_and_in_the_log(
    cast: Cast, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with scope(organization=cast.ours.organization):
        head = Event.objects.order_by("-number")[0]

    assert anchor_heads() == 2

    lines = file.read_text().splitlines()
    [ours] = [line for line in lines if str(cast.ours.organization.pk) in line]
    assert ours.split(" ")[:-1] == [
        str(timezone.localdate()),
        str(cast.ours.organization.pk),
        str(head.number),
        head.digest,
        "northgate",
    ]
    logged = [r.getMessage() for r in caplog.records if "anchors" in r.name]
    assert logged == lines
    assert file.stat().st_mode & 0o777 == 0o600


def test_day_is_not_doubled_even_if_the_database_forgot(cast: Cast, file: Path) -> None:
    assert anchor_heads() == 2
    before = file.read_bytes()

    assert anchor_heads() == 0
    as_if_never_anchored()
    assert anchor_heads() == 0

    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "outcome", [Review.Outcome.APPROVED, Review.Outcome.CONDITIONS]
)
def test_sign_off_is_anchored_at_the_next_run_and_nothing_else_before_tomorrow(
    cast: Cast, file: Path, outcome: str
) -> None:
    ours = cast.ours
    anchor_heads()
    with scope(organization=ours.organization):
        resolve_comment(comment=ours.comment, by=ours.contributor)
        assert anchor_heads() == 0
        review_audit(
            audit=ours.submitted,
            by=ours.people[Role.REVIEWER],
            **decided(ours.submitted, outcome, "Until the price changes"),
            submission=submission_of(ours.submitted),
        )
        head = Event.objects.head(ours.organization)
    assert head

    assert [anchor_heads(), anchor_heads()] == [1, 0]

    assert file.read_text().splitlines()[-1].split(" ")[1:4] == [
        str(ours.organization.pk),
        str(head.number),
        head.digest,
    ]


def test_first_day_and_last_day_are_kept_with_the_organization(
    cast: Cast, file: Path
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    anchor_heads()
    with scopes_disabled():
        RecordCheck.objects.update(anchored_since=yesterday, anchored_on=yesterday)
    # As if they had been written the day before.
    file.write_bytes(b"")

    anchor_heads()

    with scope(organization=cast.ours.organization):
        row = RecordCheck.objects.get()
    assert (row.anchored_since, row.anchored_on) == (yesterday, timezone.localdate())


def test_what_is_due_is_not_for_the_database_to_say(cast: Cast, file: Path) -> None:
    with scopes_disabled():
        for organization in (cast.ours.organization, cast.theirs.organization):
            RecordCheck.objects.create(
                organization=organization, anchored_on=timezone.localdate()
            )

    assert anchor_heads() == 2


def test_anchor_of_an_earlier_version_without_a_slug_is_read(
    cast: Cast, file: Path
) -> None:
    pk = cast.ours.organization.pk
    file.parent.mkdir()
    earlier = Anchor(timezone.localdate(), pk, 7, "f" * 64)
    file.write_text(f"{sign_anchor(earlier)}\n")

    found = read_anchors([file])

    assert (found.refused, found.slugs) == ([], {})
    assert [head.number for head in found.heads[pk]] == [7]


def test_next_day_is_added_to_the_file(cast: Cast, file: Path) -> None:
    anchor_heads()
    before = file.read_bytes()
    with scopes_disabled():
        RecordCheck.objects.update(anchored_on=timezone.localdate() - timedelta(days=1))
    # As if they had been written the day before.
    file.write_bytes(b"")

    assert anchor_heads() == 2
    assert sorted(file.read_bytes().splitlines()) == sorted(before.splitlines())


def test_broken_off_line_stays_a_line_of_its_own(cast: Cast, file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"2026-11-25 broken o")

    anchor_heads()

    found = read_anchors([file])
    assert len(found.heads) == 2
    [refused] = found.refused
    assert f"{file}, line 1: the signature does not fit" in refused


def test_full_disk_leaves_the_file_as_it_was_and_the_day_open(
    cast: Cast, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.parent.mkdir()
    file.write_bytes(b"")
    whole = os.write
    monkeypatch.setattr(os, "write", lambda fd, content: whole(fd, content[:9]))

    with pytest.raises(OSError, match="No space left"):
        anchor_heads()

    monkeypatch.undo()
    assert file.read_bytes() == b""
    assert anchor_heads() == 2


def test_unchanged_head_of_many_days_is_compared_once(cast: Cast, file: Path) -> None:
    anchor_heads()
    file.write_bytes(file.read_bytes() * 3)

    assert [len(heads) for heads in read_anchors([file]).heads.values()] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_several_processes_write_a_day_once(file: Path) -> None:
    build_cast()
    gate = threading.Barrier(4)

    def run() -> None:
        gate.wait()
        anchor_heads()
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(file.read_text().splitlines()) == 2
