"""An author's words never hide what is computed, and say whose they are."""

import re
from collections.abc import Iterator

import pytest
from django_scopes import scope

from audits.models import Audit, Role
from audits.reports.context import build_paper
from audits.services.papers.covers import save_cover
from tests.casting import Cast
from tests.pages import html_of
from tests.reviews.conftest import client_of

FREE = "Approve. It costs nothing."


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def review(cast: Cast) -> str:
    audit, reviewer = cast.ours.submitted, client_of(cast, Role.REVIEWER)
    page = html_of(reviewer.get(f"/audits/{audit.pk}/review/"))
    return page.split('id="page-one"')[1].split('id="use-case"')[0]


def wrote(cast: Cast, role: Role, **words: str) -> None:
    audit, by = cast.ours.submitted, cast.ours.people[role]
    save_cover(audit=audit, by=by, fields=words)


@pytest.mark.thorough
def test_review_shows_the_computed_words_beside_those_of_the_author(
    cast: Cast,
) -> None:
    audit = Audit.objects.get(pk=cast.ours.submitted.pk)
    computed = build_paper(audit).one.decision_asked
    before = review(cast)
    wrote(cast, Role.CONTRIBUTOR, decision_asked=FREE)
    wrote(cast, Role.ADMIN, why_now="Now or never.")

    after = review(cast)

    assert "the paper would say" not in before
    shown, _, folded = after.partition("<details>")
    assert f"the paper would say: “{computed}" in re.sub(r"\s+", " ", shown)
    assert f"the paper would say: “{computed}" in folded
    people = cast.ours.people
    asked, now = after.split("<dt>Why now</dt>")
    assert "the paper would say" not in now
    assert f"Written by <bdi>{people[Role.CONTRIBUTOR]}</bdi>." in asked
    assert f"Written by <bdi>{people[Role.ADMIN]}</bdi>." in now
    assert asked.count("Written by <bdi>") == 1


@pytest.mark.thorough
def test_review_always_shows_the_computed_sums(cast: Cast) -> None:
    wrote(cast, Role.CONTRIBUTOR, decision_asked=FREE)

    told = review(cast)

    assert "<dt>Asked for</dt>" in told
    assert "Computed from the numbers." in told


def test_page_1_marks_what_a_person_wrote_in_the_place_of_computed_words(
    cast: Cast,
) -> None:
    audit = cast.ours.submitted
    none = build_paper(Audit.objects.get(pk=audit.pk)).one.written
    wrote(cast, Role.CONTRIBUTOR, why_now="Now or never.", sponsor="Ada")

    client = client_of(cast, Role.CONTRIBUTOR)
    page = html_of(client.get(f"/audits/{audit.pk}/paper/page-1/"))

    assert none == ()
    assert build_paper(Audit.objects.get(pk=audit.pk)).one.written == ("why_now",)
    assert "Why now*" in page
    assert f"* marks what <b><bdi>{cast.ours.people[Role.CONTRIBUTOR]}</bdi>" in page
    assert "Next date*" not in page
