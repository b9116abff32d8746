"""manage.py verify_record finds whatever was done to a record."""

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope, scopes_disabled

from audits.models import Event
from tests.casting import Cast
from tests.management.verified_records import (
    Output,
    alter,
    anchored,
    delete,
    verify,
)

pytestmark = pytest.mark.on_both

__all__ = ["anchored"]  # a fixture


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


@pytest.mark.once
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


@pytest.mark.once
def test_only_the_first_faults_of_a_record_are_told(
    cast: Cast, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scope(organization=cast.ours.organization):
        Event.objects.update(subject="x")
    monkeypatch.setattr("audits.services.record.record_checks.MOST_TOLD", 3)

    _, said = verify(capsys, "--organization", "northgate")

    assert said.count("DIFFERS") == 3
    assert "and 8 more" in said
