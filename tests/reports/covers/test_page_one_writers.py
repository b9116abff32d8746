"""Who wrote page 1, before the sign-off and after it: everybody is named."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit, Cover, CoverVersion, Event, Role
from audits.reports.context import Paper, build_paper
from audits.services.due.covers import cover_of
from audits.services.papers.covers import digest_of_words, save_cover
from audits.services.papers.packs.board_packs import is_as_asked, request_pack
from audits.services.papers.page_one_writers import (
    Writer,
    Writers,
    cover_and_writers,
    writers_of,
)
from audits.services.papers.reports import request_report
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.pages import html_of
from tests.reviews.conftest import client_of

RISK = {"text": "The budget is cut.", "owner": "Ada"}
CHANGED = (
    "Page 1 of the board paper was changed after the sign-off. "
    '<a href="#page-1-changed">See what changed</a>'
)
SPEND = "Approve 5 million now."


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def wrote(cast: Cast, role: Role, **words: Any) -> None:
    audit, by = cast.ours.submitted, cast.ours.people[role]
    save_cover(audit=audit, by=by, fields=words)


def approve(cast: Cast) -> None:
    review_audit(
        audit=cast.ours.submitted,
        by=cast.ours.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(cast.ours.submitted),
    )


def paper(cast: Cast) -> Paper:
    return build_paper(Audit.objects.get(pk=cast.ours.submitted.pk))


def page(cast: Cast, route: str, role: Role) -> str:
    url = reverse(route, args=[cast.ours.submitted.pk])
    return html_of(client_of(cast, role).get(url))


def test_later_correction_hides_nobody_who_changed_page_1_before_it(
    cast: Cast,
) -> None:
    wrote(cast, Role.CONTRIBUTOR, decision_asked="Agree to build it.", next_date="x")
    approve(cast)
    before = page(cast, "result", Role.VIEWER)
    wrote(cast, Role.CONTRIBUTOR, decision_asked=SPEND)
    wrote(cast, Role.ADMIN, next_date="10 March 2027")

    result = page(cast, "result", Role.VIEWER)
    page_1 = page(cast, "cover", Role.ADMIN)

    told, fold, _ = result.partition('<div class="folds">')
    assert fold
    assert CHANGED in told
    assert CHANGED not in before
    assert 'id="page-1-changed"' in result
    [short], [said] = paper(cast).since_sign_off, paper(cast).signed.all_since
    assert short == (
        "Northgate contributor and Northgate admin changed page 1 after the sign-off."
    )
    assert said.startswith("Northgate contributor changed page 1 on ")
    assert ", and Northgate admin on " in said
    assert said.endswith(", after the sign-off.")
    for shown in (result, page_1):
        assert f"<bdi>{said}</bdi>" in shown
        assert "<strong>Decision needed</strong>" in shown
        assert "As signed: “<bdi>Agree to build it.</bdi>”" in shown
        assert f"Now: “<bdi>{SPEND}</bdi>”" in shown
        assert "As signed: “<bdi>x</bdi>”" in shown
        assert "<strong>Why now</strong>" not in shown
    assert f'<p class="meta">{short}</p>' in page_1


def test_cover_and_its_writers_are_read_in_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def both() -> tuple[dict[str, Any], Writers]:
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        with django_assert_num_queries(1):
            cover, writers = cover_and_writers(audit)
        assert (cover.audit, cover.organization_id) == (audit, audit.organization_id)
        assert (cover.words, writers) == (cover_of(audit).words, writers_of(audit))
        return cover.words, writers

    assert both() == (Cover().words, Writers(each=()))
    wrote(cast, Role.CONTRIBUTOR, decision_asked="Agree to build it.", risks=[RISK])
    wrote(cast, Role.ADMIN, decide_by=date(2027, 1, 7), next_date="x")
    assert [writer.name for writer in both()[1].each] == [
        "Northgate contributor",
        "Northgate admin",
    ]
    approve(cast)
    wrote(cast, Role.CONTRIBUTOR, decision_asked=SPEND)
    words, writers = both()
    assert words["risks"] == [RISK]
    assert words["decide_by"] == date(2027, 1, 7)
    assert words["decision_asked"] == SPEND
    assert writers.last is not None
    assert writers.last[0] == "Northgate contributor"
    # A renewal copies the words, which nobody has changed since.
    CoverVersion.objects.all().delete()
    assert both() == (words, Writers(each=()))


@pytest.mark.thorough
@pytest.mark.once
def test_appendix_says_which_words_were_signed(cast: Cast) -> None:
    approve(cast)
    wrote(cast, Role.CONTRIBUTOR, decision_asked=SPEND)

    signed = paper(cast).signed

    assert [(x.label, x.signed, x.now) for x in signed.changed] == [
        ("Decision needed", "Empty", SPEND)
    ]
    assert signed.all_since == paper(cast).since_sign_off


@pytest.mark.thorough
@pytest.mark.once
def test_words_that_were_changed_back_are_called_the_signed_ones(cast: Cast) -> None:
    wrote(cast, Role.CONTRIBUTOR, decision_asked="Agree to build it.")
    approve(cast)
    wrote(cast, Role.ADMIN, decision_asked=SPEND)
    wrote(cast, Role.CONTRIBUTOR, decision_asked="Agree to build it.")

    result = page(cast, "result", Role.VIEWER)

    assert "Northgate admin changed page 1 on " in result
    assert "and Northgate contributor on " in result
    assert "Page 1 now has the words that were signed." in result


@pytest.mark.thorough
@pytest.mark.once
def test_reviewer_who_wrote_page_1_is_named_on_result_and_paper(cast: Cast) -> None:
    wrote(cast, Role.REVIEWER, decision_asked=SPEND)

    before = page(cast, "result", Role.VIEWER)
    approve(cast)

    line = "<p>Text of page 1: <bdi>Northgate reviewer</bdi></p>"
    assert line in before
    assert line in page(cast, "result", Role.VIEWER)
    signed = paper(cast).signed
    assert signed.writers == signed.all_writers == "Northgate reviewer"
    in_print = "* marks what <b><bdi>Northgate reviewer</bdi></b> wrote</span>"
    assert in_print in page(cast, "cover", Role.CONTRIBUTOR)


@pytest.mark.thorough
@pytest.mark.once
def test_author_who_wrote_page_1_alone_is_named_as_author_only(cast: Cast) -> None:
    nobody = paper(cast).signed.writers
    wrote(cast, Role.CONTRIBUTOR, decision_asked=SPEND)

    assert (nobody, paper(cast).signed.writers) == ("", "")
    assert "Text of page 1:" not in page(cast, "result", Role.VIEWER)


@pytest.mark.thorough
@pytest.mark.once
def test_whose_words_were_replaced_is_named_too(cast: Cast) -> None:
    wrote(cast, Role.REVIEWER, decision_asked=SPEND)
    wrote(cast, Role.CONTRIBUTOR, decision_asked="Agree to build it.")

    assert paper(cast).signed.writers == "Northgate reviewer and Northgate contributor"


@pytest.mark.thorough
@pytest.mark.once
def test_who_only_changed_it_after_the_sign_off_is_told_as_that(cast: Cast) -> None:
    approve(cast)
    wrote(cast, Role.ADMIN, decision_asked=SPEND)

    assert paper(cast).signed.writers == ""
    assert paper(cast).since_sign_off[0].startswith("Northgate admin changed page 1")


@pytest.mark.once
def test_page_1_names_three_and_the_appendix_all() -> None:
    at = datetime(2026, 11, 26, 21, 50, tzinfo=UTC)
    names = ("Ann", "Bob", "Cy", "Di", "Eve")
    each = [Writer(name=n, is_author=False, before=at, after=at) for n in names]
    writers, day = Writers(each=tuple(each)), "26 November 2026, 21:50"

    assert writers.of_others(3) == "Ann, Bob, Cy and 2 more people (A8)"
    assert writers.of_others(4) == "Ann, Bob, Cy, Di and 1 more person (A8)"
    assert writers.of_others() == "Ann, Bob, Cy, Di and Eve"
    assert writers.shortly_after_sign_off() == (
        "Ann, Bob, Cy and 2 more people (A8) changed page 1 after the sign-off."
    )
    assert writers.after_sign_off() == (
        f"Ann changed page 1 on {day}, Bob on {day}, Cy on {day}, Di on {day}, and Eve "
        f"on {day}, after the sign-off."
    )


@pytest.mark.on_both
def test_paper_and_pack_are_made_again_when_somebody_else_wrote(cast: Cast) -> None:
    ours = cast.ours
    wrote(cast, Role.CONTRIBUTOR, decision_asked=SPEND)
    audits = Audit.objects.filter(pk=ours.submitted.pk)
    first, _ = request_report(audit=ours.submitted, by=ours.contributor)
    pack, _ = request_pack(
        organization=ours.organization, by=ours.contributor, audits=audits
    )
    was_as_asked = is_as_asked(pack)

    wrote(cast, Role.REVIEWER, decision_asked="Other words")
    wrote(cast, Role.REVIEWER, decision_asked=SPEND)

    second, _ = request_report(audit=ours.submitted, by=ours.contributor)
    assert first.pk != second.pk
    assert was_as_asked
    assert not is_as_asked(pack)


def test_record_says_what_of_page_1_was_changed_and_the_hash_of_its_words(
    cast: Cast,
) -> None:
    wrote(cast, Role.CONTRIBUTOR, decision_asked=SPEND)

    line = Event.objects.filter(verb="cover.saved").order_by("number").last()

    assert line is not None
    assert line.details == {
        "changed": ["decision_asked"],
        "words": digest_of_words(cover_of(cast.ours.submitted)),
    }
    assert SPEND not in json.dumps(line.details)
    assert CoverVersion.objects.get().words == {"decision_asked": SPEND}
