"""The text of page 1 that a page keeps follows all that it is made of."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Role
from audits.services.papers.covers import save_cover
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.parts.test_pages_of_parts import drawn_from_nothing, shown
from tests.reviews.conftest import client_of

pytestmark = pytest.mark.once

type Change = Callable[[Cast], None]

RISK = {"text": "Cost", "owner": "Ada"}
LEAD, ADMIN, REVIEWER = Role.CONTRIBUTOR, Role.ADMIN, Role.REVIEWER


def wrote(role: Role, **words: Any) -> Change:
    def change(cast: Cast) -> None:
        save_cover(audit=cast.ours.submitted, by=cast.ours.people[role], fields=words)

    return change


def renamed(cast: Cast) -> None:
    admin = cast.ours.people[ADMIN]
    admin.name = "Grace Hopper"
    admin.save()


def signed(cast: Cast) -> None:
    review_audit(
        audit=cast.ours.submitted,
        by=cast.ours.people[REVIEWER],
        outcome="approved",
        submission=submission_of(cast.ours.submitted),
    )


def stopped(cast: Cast) -> None:
    use_case = cast.ours.submitted.use_case
    use_case.stage = "stopped"
    use_case.save()


# What each change brings to the words of page 1, and what it takes away.
CHANGES: tuple[tuple[Change, str, str], ...] = (
    (wrote(LEAD, why_now="It is due."), "It is due.", ""),
    (wrote(LEAD, why_now="It is spent."), "It is spent.", "It is due."),
    (wrote(ADMIN, risks=[RISK]), "Cost (Ada)", "The author names no others."),
    (wrote(ADMIN, decide_by=date(2027, 1, 7)), "7 January 2027", "Not set. First"),
    (renamed, "Written by Northgate contributor and Grace Hopper", "Northgate admin"),
    (signed, "Decide by 7 January 2027.", ""),
    (stopped, "Agreed to build", "Decision needed"),
    (wrote(LEAD, sponsor="R. Adeyemi"), "R. Adeyemi (not asked to agree)", "Sponsor E"),
    (
        wrote(LEAD, sponsor_agreed_on=date(2026, 2, 3)),
        "Sponsor R. Adeyemi (agreed on 3 February 2026)",
        "not asked to agree",
    ),
)


def words(page: str) -> str:
    """Return the text of page 1 that a page of an audit shows."""
    text = page.split("<dt>What the paper is for</dt>")[1].split("</p>", maxsplit=1)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", text).split()).replace(" .", ".")


@pytest.mark.thorough
def test_text_of_page_one_follows_every_change(cast: Cast, client: Client) -> None:
    submitted = cast.ours.submitted
    result, review = (reverse(of, args=[submitted.pk]) for of in ("result", "review"))
    reviewer = client_of(cast, REVIEWER)
    before = ""

    for change, brings, takes_away in CHANGES:
        with scope(organization=cast.ours.organization):
            change(cast)
            submitted.refresh_from_db()
        pages = [(client, result)]
        if submitted.state == "in_review":
            pages.append((reviewer, review))
        assert takes_away in before
        for browser, url in pages:
            page = shown(browser, url)
            assert page == drawn_from_nothing(browser, url), brings
            before = words(page)
            assert brings in before
            assert not takes_away or takes_away not in before


def test_text_of_page_one_says_that_a_day_has_passed_since(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = reverse("result", args=[cast.ours.submitted.pk])
    with scope(organization=cast.ours.organization):
        wrote(LEAD, decide_by=date(2027, 1, 7))(cast)
    said = []
    for day in (7, 8):
        monkeypatch.setattr(timezone, "localdate", lambda *_, d=day: date(2027, 1, d))
        said.append(words(shown(client, url)))

    assert "Next date Decide by 7 January 2027. Filled in" in said[0]
    assert (
        "Next date Decide by 7 January 2027: this date has passed, so decide at the "
        "next meeting. "
    ) in said[1]
