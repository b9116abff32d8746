"""manage.py verify_record finds whatever was done to a record."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings as in_use
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models.expressions import RawSQL
from django.test import override_settings
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.models import Event, RecordCheck
from audits.record.anchors import Anchor
from audits.record.lines import Line
from audits.services.record import anchors
from tests.casting import Cast
from tests.record.forging import (
    forged,
    without,
    without_foreign_keys,
    without_null,
)

type Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def anchored(cast: Cast, settings: Settings, tmp_path: Path) -> Path:
    """Anchor the records of the cast in a file of the test's own."""
    settings.RECORD_ANCHORS = tmp_path / "anchors"
    anchors.anchor_heads()
    return tmp_path / "anchors"


def verify(capsys: Output, *arguments: str) -> tuple[int, str]:
    """Return the exit code of the command, and what it says."""
    capsys.readouterr()
    code = 0
    try:
        call_command("verify_record", *arguments)
    except SystemExit as end:
        code = int(str(end.code))
    return code, capsys.readouterr().out


def alter(cast: Cast, line: int, **fields: object) -> None:
    with scopes_disabled():
        own = Event.objects.filter(organization=cast.ours.organization)
        assert own.filter(number=line).update(**fields) == 1


def delete(cast: Cast, least: int, most: int = 10**6) -> None:
    with scopes_disabled():
        own = Event.objects.filter(organization=cast.ours.organization)
        own.filter(number__range=(least, most)).delete()


def recompute(cast: Cast) -> None:
    """Give every line of our record the digests of a chain that was never touched."""
    with scope(organization=cast.ours.organization):
        previous = ""
        for number, event in enumerate(Event.objects.all(), start=1):
            event.number, event.previous = number, previous
            event.digest = previous = event.compute_digest()
            event.save()


def test_intact_records_fit(cast: Cast, capsys: Output) -> None:
    with scope(organization=cast.ours.organization):
        last = Event.objects.count()

    code, said = verify(capsys)

    assert code == 0
    assert f"matches  northgate: lines {last}, anchors 1" in said
    assert f"matches  zanzibar: lines {last}, anchors 1" in said


@pytest.mark.parametrize(
    "fields",
    [
        {"at": "2026-01-01T00:00:00Z"},
        {"actor": None},
        {"verb": "audit.reopened"},
        {"subject": "UC-9999"},
        {"details": {"stage": "live"}},
        {"previous": "0" * 64},
        {"digest": "0" * 64},
    ],
    ids=["at", "actor", "verb", "subject", "details", "previous", "digest"],
)
def test_changed_line_is_named(
    cast: Cast, capsys: Output, fields: dict[str, object]
) -> None:
    alter(cast, 2, **fields)

    code, said = verify(capsys)

    assert code == 1
    assert "DIFFERS  northgate, line 2, changed: Line 2 was changed" in said
    assert "matches  zanzibar" in said


def test_line_moved_to_another_organization_is_named_with_where_it_was(
    cast: Cast, capsys: Output
) -> None:
    with scopes_disabled():
        last = Event.objects.head(cast.theirs.organization)
        assert last
    alter(cast, 3, organization=cast.theirs.organization, number=last.number + 1)

    code, said = verify(capsys)

    assert code == 1
    assert "DIFFERS  northgate, line 3, missing: Line 3 is missing." in said
    assert (
        f"DIFFERS  zanzibar, line {last.number + 1}, moved: Line {last.number + 1} "
        "was moved here: it was line 3 of northgate."
    ) in said


def test_two_swapped_lines_are_named_with_where_they_were(
    cast: Cast, capsys: Output
) -> None:
    alter(cast, 2, number=1000)
    alter(cast, 4, number=2)
    alter(cast, 1000, number=4)

    code, said = verify(capsys)

    assert code == 1
    assert "Line 2 was moved here: it was line 4." in said
    assert "Line 4 was moved here: it was line 2." in said


def test_line_deleted_in_the_middle_is_named(cast: Cast, capsys: Output) -> None:
    delete(cast, 4, 5)

    code, said = verify(capsys)

    assert code == 1
    assert "northgate, line 4, missing: Lines 4 to 5 are missing." in said


@pytest.mark.parametrize(
    ("least", "words"),
    [(8, "The record ends with line 7, but the anchor"), (1, "The record is gone")],
)
def test_deleted_end_does_not_fit_the_anchor(
    cast: Cast, capsys: Output, least: int, words: str
) -> None:
    delete(cast, least)

    code, said = verify(capsys)

    assert code == 1
    assert f"northgate, line {least}, cut off: {words}" in said


@pytest.mark.parametrize(
    "change",
    [lambda c: alter(c, 2, verb="x"), lambda c: delete(c, 2, 2)],
    ids=["changed", "deleted"],
)
def test_recomputed_record_does_not_fit_the_anchor(
    cast: Cast, capsys: Output, change: Callable[[Cast], None]
) -> None:
    change(cast)
    recompute(cast)

    _, said = verify(capsys, "--anchors", "/nowhere")
    assert "matches  northgate: lines" in said
    code, said = verify(capsys)

    assert code == 1
    assert ", recomputed: " in said or ", cut off: " in said


def test_missing_file_of_anchors_is_told_and_the_check_goes_on(
    cast: Cast, capsys: Output, anchored: Path
) -> None:
    anchored.unlink()
    with scopes_disabled():
        RecordCheck.objects.all().delete()

    code, said = verify(capsys)

    assert code == 0
    assert f"{anchored} is missing, so nothing shows whether" in said
    assert "matches  northgate" in said
    assert "northgate has no anchor yet, so nothing shows" in said


@pytest.mark.parametrize(
    "lose", [Path.unlink, lambda file: file.write_text("")], ids=["file", "content"]
)
def test_anchors_that_were_written_and_are_gone_are_a_fault(
    cast: Cast, capsys: Output, anchored: Path, lose: Callable[[Path], None]
) -> None:
    lose(anchored)

    for arguments in ((), ("--anchors", str(anchored))):
        code, said = verify(capsys, *arguments)

        assert code == 1
        assert "matches  northgate: lines" in said
        today = timezone.localdate()
        assert (
            f"DIFFERS  northgate, unanchored: Anchors of {today.day} {today:%B %Y} "
            "were written, but none of them is in the file."
        ) in said


def days_of_anchors(cast: Cast, file: Path, *ago: int) -> None:
    """Let our record have been anchored on some days, and the file have these alone."""
    with scope(organization=cast.ours.organization):
        head = Event.objects.head(cast.ours.organization)
        assert head
        today = timezone.localdate()
        RecordCheck.objects.update(anchored_since=today - timedelta(days=9))
        own = [
            Anchor(
                today - timedelta(days=days),
                cast.ours.organization.pk,
                head.number,
                head.digest,
            )
            for days in ago
        ]
    others = [
        line
        for line in file.read_text().splitlines()
        if str(cast.ours.organization.pk) not in line
    ]
    signed = [anchors.sign_anchor(anchor) for anchor in own]
    file.write_text("".join(f"{line}\n" for line in (*others, *signed)))


@pytest.mark.parametrize(
    ("ago", "codes"),
    [((9, 0), (0, 0)), ((3, 0), (1, 1)), ((9, 1), (1, 0)), ((9,), (1, 0))],
    ids=["all", "later ones alone", "not the last", "only the first"],
)
def test_first_and_last_day_of_the_anchors_are_compared(
    cast: Cast,
    capsys: Output,
    anchored: Path,
    ago: tuple[int, ...],
    codes: tuple[int, int],
) -> None:
    days_of_anchors(cast, anchored, *ago)

    own, said = verify(capsys)
    copied, of_copy = verify(capsys, "--anchors", str(anchored))

    # A copy may be older than the last anchor, which is told.
    assert (own, copied) == codes
    assert ("DIFFERS  northgate, unanchored" in said) == (own == 1)
    assert ("northgate: this copy has the anchors of" in of_copy) == (codes == (1, 0))


@pytest.mark.parametrize("place", range(6), ids=str)
def test_edited_anchor_is_found_by_its_signature(
    cast: Cast, capsys: Output, anchored: Path, place: int
) -> None:
    first, *rest = sorted(
        anchored.read_text().splitlines(),
        key=lambda line: str(cast.ours.organization.pk) in line,
    )
    words = first.split(" ")
    words[place] = words[place][:-1] + ("0" if words[place][-1] != "0" else "1")
    anchored.write_text("\n".join([" ".join(words), *rest, ""]))

    code, said = verify(capsys)

    assert code == 1
    assert f"DIFFERS  {anchored}, line 1: the signature does not fit." in said
    assert "matches  northgate" in said


def test_anchors_of_an_earlier_key_are_read(cast: Cast, capsys: Output) -> None:
    old = in_use.SECRET_KEY
    with override_settings(SECRET_KEY="n" * 50, SECRET_KEY_FALLBACKS=[old]):
        code, _ = verify(capsys)
    with override_settings(SECRET_KEY="n" * 50):
        other, said = verify(capsys)

    assert (code, other) == (0, 1)
    assert "signed with a SECRET_KEY that this site does not know" in said


def test_anchors_of_an_organization_that_is_gone_are_told(
    cast: Cast, capsys: Output, anchored: Path
) -> None:
    gone = "00000000-0000-0000-0000-000000000007"
    anchor = Anchor(date(2026, 11, 26), UUID(gone), 5, "f" * 64)
    with anchored.open("a") as file:
        file.write(anchors.sign_anchor(anchor) + "\n")

    code, said = verify(capsys)

    assert code == 1
    assert f"DIFFERS  {gone}: anchors name 5 lines of this organization" in said
    assert verify(capsys, "--organization", "northgate")[0] == 0


def our_line(cast: Cast, number: int) -> Line:
    with scope(organization=cast.ours.organization):
        return Event.objects.get(number=number).line


def test_what_a_paper_prints_is_compared(cast: Cast, capsys: Output) -> None:
    digest = our_line(cast, 4).digest
    asked = ("--organization", "northgate", "--line", "4", "--digest")

    assert verify(capsys, *asked, digest)[0] == 0
    code, said = verify(capsys, *asked, digest[:16].upper())
    assert (code, "matches  line 4 of the paper" in said) == (0, True)

    code, said = verify(capsys, *asked, "0" * 64)
    assert code == 1
    assert "Line 4 is not the one that the paper names" in said


def test_paper_tells_of_an_end_that_was_cut_off(
    cast: Cast, capsys: Output, anchored: Path
) -> None:
    digest = our_line(cast, 9).digest
    anchored.unlink()
    delete(cast, 8)

    code, said = verify(
        capsys, "--organization", "northgate", "--line", "9", "--digest", digest
    )

    assert code == 1
    assert "The record ends with line 7, but the paper names line 9." in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--organization", "nobody"], "no organization with the slug “nobody”"),
        (["--line", "4"], "Give --line NUMBER, --digest HEX and --organization SLUG"),
        (
            ["--organization", "northgate", "--line", "0", "--digest", "f" * 64],
            "Give --line NUMBER",
        ),
        (
            ["--organization", "northgate", "--line", "1", "--digest", "f" * 15],
            "give the first 16 digits or more",
        ),
        (["--anchors", "."], "cannot be read"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_2(
    cast: Cast, arguments: list[str], words: str
) -> None:
    with pytest.raises(CommandError, match=words) as refused:
        call_command("verify_record", *arguments)

    assert refused.value.returncode == 2


def test_only_the_first_faults_of_a_record_are_told(
    cast: Cast, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scope(organization=cast.ours.organization):
        Event.objects.update(subject="x")
    monkeypatch.setattr("audits.services.record.record_checks.MOST_TOLD", 3)

    _, said = verify(capsys, "--organization", "northgate")

    assert said.count("DIFFERS") == 3
    assert "and 8 more" in said


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
    append(cast, "audit.approved", timedelta(hours=hours))
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
