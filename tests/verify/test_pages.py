"""Whatever is drawn over an amount, the page that shows it is named."""

import os
from collections.abc import Callable

import pytest
from django.db import connection
from django_scopes import scope
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from audits.models import FileProblem, Report
from audits.verify.pages import Drawn, Pages, compared
from audits.verify.papers import verify_paper
from tests.casting import Cast
from tests.examples import some_of, thorough, up_to
from tests.verify import changed_pages
from tests.verify.changed_pages import WAYS, amounts
from tests.verify.made_papers import paper as bare_paper
from tests.verify.stored_papers import StoredPaper, drawn, pages_drawn, stored_paper

pytestmark = pytest.mark.once


@pytest.fixture
def paper(cast: Cast) -> StoredPaper:
    return stored_paper(cast.ours)


def differing(paper: StoredPaper, pdf: bytes) -> tuple[int, ...]:
    """Return the numbers of the pages that differ, found in this process."""
    return compared(pages_drawn(pdf), pages_drawn(paper.pdf), None).differing


@pytest.mark.thorough
def test_paper_as_it_was_made_is_reproduced_with_all_its_pages(
    paper: StoredPaper,
) -> None:
    verified = verify_paper(paper.pdf)

    assert verified.outcome == "reproduced"
    assert verified.pages is not None
    count = len(drawn(paper.pdf).pages)
    assert verified.pages.count == count > 1
    assert [page.what_differs for page in verified.pages.each] == [""] * count
    assert verified.pages.sentence == (
        f"All {count} pages are byte for byte what Attune made on 24 November 2026."
    )


@pytest.mark.thorough
def test_any_amount_overprinted_in_any_way_names_its_page(paper: StoredPaper) -> None:
    printed = amounts(paper.pdf)
    count = len(drawn(paper.pdf).pages)
    assert {amount.page for amount in printed} == set(range(count))

    @settings(max_examples=up_to(200, 10), deadline=None)
    @given(
        st.integers(0, count - 1).flatmap(
            lambda page: st.sampled_from([a for a in printed if a.page == page])
        ),
        st.sampled_from(WAYS),
        st.integers(0, 99_999),
    )
    def named(amount: changed_pages.Amount, way: changed_pages.Way, other: int) -> None:
        changed = way(paper.pdf, amount, f"{other:,}")

        assert differing(paper, changed) == (amount.page + 1,)

    named()


@pytest.mark.thorough
@pytest.mark.parametrize("way", some_of(WAYS, 1))
def test_overprinted_paper_is_not_reproduced(
    paper: StoredPaper, way: changed_pages.Way
) -> None:
    amount = next(a for a in amounts(paper.pdf) if a.page == 2)

    verified = verify_paper(way(paper.pdf, amount, "6,484"))

    assert verified.attachment.outcome == "reproduced"
    assert verified.outcome == "pages_differ"
    assert verified.pages is not None
    assert verified.pages.sentence.startswith(
        "Page 3 differs from the paper that Attune made on 24 November 2026."
    )


@pytest.mark.thorough
def test_other_glyphs_in_a_font_name_every_page_that_uses_it(
    paper: StoredPaper,
) -> None:
    assert len(differing(paper, changed_pages.with_other_glyphs(paper.pdf))) > 1


@pytest.mark.thorough
def test_other_colours_name_every_page(paper: StoredPaper) -> None:
    changed = changed_pages.with_other_black(paper.pdf)

    pages = range(1, len(drawn(paper.pdf).pages) + 1)
    assert differing(paper, changed) == tuple(pages)


def test_form_that_draws_itself_names_its_page(paper: StoredPaper) -> None:
    changed = changed_pages.with_form_in_itself(paper.pdf)

    assert differing(paper, changed) == (2,)


def test_page_that_was_added_or_removed_is_named(paper: StoredPaper) -> None:
    longer, shorter = (
        compared(drawn(changed(paper.pdf)), drawn(paper.pdf), None)
        for changed in (changed_pages.with_page_again, changed_pages.without_last_page)
    )

    count = len(drawn(paper.pdf).pages)
    assert (longer.differing, shorter.differing) == ((count + 1,), (count,))
    said = f"The file has {count + 1} pages and that paper {count}."
    assert said in longer.sentence
    assert longer.each[-1].what_differs == "The paper that was made has no such page."
    assert shorter.each[-1].what_differs == "The file lacks this page."


@pytest.mark.thorough
def test_change_outside_the_pages_is_told(paper: StoredPaper) -> None:
    changed = changed_pages.with_bookmark(paper.pdf)

    pages = compared(drawn(changed), drawn(paper.pdf), None)

    assert pages.outcome == "different"
    assert pages.differing == ()
    assert pages.sentence.startswith("Something outside the pages differs")


@pytest.mark.thorough
def test_paper_that_was_only_saved_again_names_no_page_and_is_not_reproduced(
    paper: StoredPaper,
) -> None:
    verified = verify_paper(changed_pages.saved_again(paper.pdf))

    assert verified.outcome == "saved_again"
    assert verified.pages is not None
    assert verified.pages.differing == ()
    assert "Another program saved the file again" in verified.pages.sentence


@pytest.mark.thorough
def test_paper_of_another_installation_is_not_compared(paper: StoredPaper) -> None:
    with scope(organization=paper.report.organization):
        Report.objects.all().delete()

    verified = verify_paper(paper.pdf)

    assert verified.outcome == "not_compared"
    assert verified.pages is not None
    assert verified.pages.each == ()
    assert verified.pages.sentence.startswith(
        "The printed pages were not compared: this installation has no paper"
    )
    assert verified.attachment.says is not None
    assert verified.attachment.says.amounts


def test_paper_is_not_compared_while_the_storage_is_away(
    paper: StoredPaper, settings: Settings
) -> None:
    changed = WAYS[0](paper.pdf, amounts(paper.pdf)[0], "1")
    settings.MEDIA_ROOT = "/nowhere"

    verified = verify_paper(changed)

    assert verified.outcome == "not_compared"
    assert verified.pages is not None
    assert "the storage of files does not answer." in verified.pages.sentence


def test_paper_is_not_compared_without_a_database(paper: StoredPaper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audits_report RENAME TO audits_no_report")

    verified = verify_paper(paper.pdf)

    assert verified.outcome == "not_compared"
    assert verified.pages is not None
    assert "the database of this installation cannot be" in verified.pages.sentence


@pytest.mark.thorough
def test_paper_without_a_record_line_is_not_compared(db: None) -> None:
    assert verify_paper(bare_paper()).outcome == "not_compared"


def test_paper_whose_stored_file_was_altered_is_not_compared(
    paper: StoredPaper,
) -> None:
    amount = amounts(paper.pdf)[0]
    changed = WAYS[0](paper.pdf, amount, "1")
    with paper.report.file.open("wb") as stored:
        stored.write(changed)

    verified = verify_paper(changed)

    assert verified.outcome == "not_compared"
    assert verified.pages is not None
    assert "missing or was altered. Make the paper again." in verified.pages.sentence
    with scope(organization=paper.report.organization):
        assert FileProblem.objects.get().state == FileProblem.State.ALTERED


@pytest.mark.parametrize(
    "way",
    [
        changed_pages.with_bomb,
        thorough(changed_pages.with_many_pages),
        changed_pages.with_nesting,
    ],
)
def test_file_that_is_too_complex_is_not_compared(
    paper: StoredPaper, way: Callable[[bytes], bytes]
) -> None:
    changed = way(paper.pdf)
    before = os.times().children_user

    verified = verify_paper(changed)

    assert os.times().children_user - before < 4
    assert verified.outcome == "not_compared"
    assert verified.pages is not None
    assert "too complex" in verified.pages.sentence


@pytest.mark.parametrize(
    ("found", "made", "outcome", "sentence"),
    [
        ("ab", "ab", "saved_again", "All 2 pages have the content that Attune made."),
        ("a", "a", "saved_again", "The page has the content that Attune made."),
        ("ax", "ab", "different", "Page 2 differs from the paper that Attune made."),
        ("xyc", "abc", "different", "Pages 1 and 2 differ from the paper that"),
        ("wxyz", "abcd", "different", "Pages 1, 2, 3 and 4 differ from the paper"),
    ],
)
def test_pages_are_named_in_a_sentence(
    found: str, made: str, outcome: str, sentence: str
) -> None:
    pages = compared(Drawn(tuple(found), ""), Drawn(tuple(made), ""), None)

    assert pages.outcome == outcome
    assert pages.sentence.startswith(sentence)


def test_paper_of_one_page_is_told_as_one() -> None:
    assert Pages.same(1, None).sentence == "The page is byte for byte what Attune made."
