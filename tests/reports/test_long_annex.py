"""Many comments and changes: what an annex prints, cuts and counts of them."""

from collections.abc import Iterator

import pytest
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit, Comment
from audits.reports import pdf_client
from audits.reports.annex import build_annex
from audits.reports.pdf_client import print_annex
from audits.services.papers import annexed, annexed_changes
from tests.casting import Cast
from tests.printed import Printed
from tests.reports.annexes import comment, said_of, say, submitted
from tests.reports.annexes import opened as _opened

pytestmark = pytest.mark.once
opened = _opened


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.mark.thorough
def test_what_is_cut_is_counted(
    cast: Cast, opened: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annexed, "MOST_COMMENTS", 2)
    monkeypatch.setattr(annexed_changes, "MOST_CHANGES", 1)
    for text in ("Comment one", "Comment two", "Comment three"):
        comment(cast, opened, text)
    for note in ("First", "Second " * 60, "Third", "Fourth"):
        say(cast, opened, note__goal=note)

    said = said_of(submitted(cast, opened))

    assert "Comment one" not in said
    assert "Comment two" in said
    assert "Comment three" in said
    assert "1 older comment not printed; 2 older changes not printed." in said
    assert "from “Third” to “Fourth”" in said


def test_long_text_of_a_change_is_cut_and_the_note_is_whole(
    cast: Cast, opened: Audit
) -> None:
    note = "Second " * 60
    say(cast, opened, note__goal=note)
    say(cast, opened, note__goal="Third")
    say(cast, opened, note__goal=f"{note}end")

    said = said_of(submitted(cast, opened))

    assert "its texts are cut after 240 characters" in said
    assert "…” to “Third”" in said
    assert "Second Second end" in said


def test_three_hundred_comments_are_said_and_a_long_annex_is_printed_apart(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = cast.ours.submitted
    Comment.objects.bulk_create(
        Comment(
            organization=audit.organization,
            audit=audit,
            question="goal",
            text=f"Remark {number} of many",
            by=cast.ours.contributor,
        )
        for number in range(300)
    )

    said = said_of(audit)

    assert all(f"Remark {number} of many" in said for number in range(300))
    assert "not printed" not in said
    with monkeypatch.context() as patch:
        patch.setattr(annexed, "MOST_COMMENTS", 20)
        patch.setattr(pdf_client, "_SHORT_ANNEX", 0)
        printed = Printed(print_annex(build_annex(audit)).pdf)
    assert "Remark 299 of many" in " ".join(printed.words)


def test_comments_and_changes_take_no_more_queries(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    audit = Audit.objects.get(pk=cast.ours.submitted.pk)
    annexed.annexed(audit)
    with django_assert_num_queries(9):
        annexed.annexed(audit)
    for number in range(20):
        comment(cast, audit, f"Remark {number}")
    with django_assert_num_queries(9):
        annexed.annexed(audit)
