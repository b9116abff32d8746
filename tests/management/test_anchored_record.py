"""manage.py verify_record compares a record with its anchors and with papers."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings as in_use
from django.test import override_settings
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Event, RecordCheck
from audits.record.anchors import Anchor
from audits.record.lines import Line
from audits.services.record import anchors
from tests.casting import Cast
from tests.management.verified_records import (
    Output,
    alter,
    anchored,
    delete,
    recompute,
    verify,
)

__all__ = ["anchored"]  # a fixture


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
