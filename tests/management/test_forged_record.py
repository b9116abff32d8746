"""manage.py verify_record finds lines that were never recorded."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings as in_use
from django.db import IntegrityError, connection
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Event, RecordCheck
from audits.services.record import anchors
from tests.casting import Cast
from tests.management.verified_records import (
    Output,
    alter,
    anchored,
    recompute,
    verify,
)
from tests.record.forging import (
    forged,
    without,
    without_foreign_keys,
    without_null,
)

pytestmark = pytest.mark.on_both

__all__ = ["anchored"]  # a fixture


def test_no_line_is_stored_below_the_first(cast: Cast) -> None:
    line = forged(cast, number=0)

    with (
        scope(organization=cast.ours.organization),
        pytest.raises(IntegrityError, match="events_begin_with_number_1"),
    ):
        line.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_line_below_the_first_is_found_without_the_constraint(
    cast: Cast, capsys: Output
) -> None:
    with without("events_begin_with_number_1"), scopes_disabled():
        line = forged(cast, number=0)
        line.save(force_insert=True)

        code, said = verify(capsys)

        line.delete()
    assert code == 1
    assert "DIFFERS  northgate, line 0, added: Line 0 was added" in said


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [3, 4, 6, 11], ids=str)
def test_second_line_of_a_number_is_found_wherever_a_piece_ends(
    cast: Cast, capsys: Output, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr("audits.models.events._PIECE", 3)
    with without("one_event_of_a_number"), scopes_disabled():
        line = forged(cast, number=number)
        line.save(force_insert=True)

        code, said = verify(capsys)

        line.delete()
    assert code == 1
    assert (
        f"DIFFERS  northgate, line {number}, added: The record has more than one line "
        f"{number}."
    ) in said


def begin_earlier(cast: Cast, ago: timedelta) -> None:
    """Let our record be of some time ago, and anchored only now."""
    with scopes_disabled():
        own = Event.objects.filter(organization=cast.ours.organization)
        own.update(at=timezone.now() - ago)
        RecordCheck.objects.all().delete()
    recompute(cast)
    in_use.RECORD_ANCHORS.unlink()
    anchors.anchor_heads()


def append(cast: Cast, verb: str, ago: timedelta) -> None:
    """Add a line to our record, of some time ago."""
    with scope(organization=cast.ours.organization):
        head = Event.objects.head(cast.ours.organization)
        assert head
        line = forged(cast, number=head.number + 1)
        line.verb, line.at = verb, timezone.now() - ago
        line.digest = line.compute_digest()
        line.save(force_insert=True)


@pytest.mark.parametrize(
    ("verb", "hours", "code"),
    [
        ("audit.reopened", 23, 0),
        ("audit.reopened", 25, 1),
        ("audit.approved", 0.5, 0),
        ("audit.approved", 2, 1),
        ("audit.conditions", 2, 1),
    ],
)
def test_line_that_no_anchor_covers_in_time_is_a_fault(
    cast: Cast, capsys: Output, verb: str, hours: float, code: int
) -> None:
    begin_earlier(cast, timedelta(hours=hours))
    append(cast, verb, timedelta(hours=hours))

    own, said = verify(capsys)

    assert own == code
    assert ("and no anchor covers it" in said) == (code == 1)
    today = timezone.localdate()
    assert f"anchors 1, the last of {today.day} {today:%B %Y}" in said


@pytest.mark.parametrize(("hours", "code"), [(0.9, 0), (1.1, 1), (5, 1)])
def test_line_that_was_dated_back_is_a_fault_though_an_anchor_covers_it(
    cast: Cast, capsys: Output, hours: float, code: int
) -> None:
    with scope(organization=cast.ours.organization):
        last = Event.objects.latest("number").at
    append(cast, "audit.approved", timezone.now() - last + timedelta(hours=hours))
    anchors.anchor_heads()

    own, said = verify(capsys)

    assert own == code
    assert ("northgate, line 12, dated back: Line 12 is of" in said) == (code == 1)


@pytest.mark.django_db(transaction=True)
def test_line_without_a_number_is_told_in_a_sentence(
    cast: Cast, capsys: Output
) -> None:
    with without_null("number"), scopes_disabled():
        line = forged(cast, number=12)
        line.number = None  # type: ignore[assignment]
        line.save(force_insert=True)

        code, said = verify(capsys)

        line.delete()
    assert code == 1
    assert "northgate, line 0, unreadable: A line without a number was added." in said


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only there is a time infinite"
)
@pytest.mark.parametrize("time", ["infinity", "-infinity", "0044-03-15 BC"])
def test_time_that_cannot_be_read_is_told_in_a_sentence(
    cast: Cast, capsys: Output, time: str
) -> None:
    alter(cast, 4, at=RawSQL("%s::timestamptz", [time]))

    code, said = verify(capsys)

    assert code == 1
    assert "line 4, unreadable: Line 4 was changed: its time cannot be read." in said


@pytest.mark.parametrize(("days", "code"), [(1, 0), (3, 1)])
def test_record_that_is_older_than_its_first_anchor_is_a_fault(
    cast: Cast, capsys: Output, days: int, code: int
) -> None:
    begin_earlier(cast, timedelta(days=days))

    own, said = verify(capsys, "--organization", "northgate")

    assert own == code
    assert ("but its first anchor is of" in said) == (code == 1)


def test_organization_that_took_over_a_name_is_told(cast: Cast, capsys: Output) -> None:
    ours, theirs = cast.ours.organization, cast.theirs.organization
    with scopes_disabled():
        type(ours).objects.filter(pk=ours.pk).update(slug="northgate-archive")
        renamed, _ = verify(capsys)
        type(ours).objects.filter(pk=theirs.pk).update(slug="northgate")

    code, said = verify(capsys, "--organization", "northgate")

    assert (renamed, code) == (0, 1)
    assert "DIFFERS  northgate: several organizations have had this name" in said
    assert str(ours.pk) in said
    assert str(theirs.pk) in said


@pytest.mark.django_db(transaction=True)
def test_lines_of_an_organization_that_does_not_exist_are_counted(
    cast: Cast, capsys: Output
) -> None:
    nobody = UUID(int=7)
    line = forged(cast, number=1)
    line.organization_id = nobody
    with without_foreign_keys(), scopes_disabled():
        line.save(force_insert=True)

        code, said = verify(capsys)

        line.delete()
    assert code == 1
    assert "DIFFERS  Lines of an organization that is not in the database: 1." in said
