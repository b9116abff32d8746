"""The decisions that the portfolio names first: what each asks for, and their order."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import PortfolioRow, Role
from audits.services.papers.covers import save_cover
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.conditions import decided
from tests.portfolio.portfolio_pages import block, names, page
from tests.portfolio.rows_made import make_rows


@pytest.mark.once
def test_decision_says_ask_amount_date_signers_and_how_long_it_waits(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        fields = {"decide_by": date(2099, 12, 9)}
        save_cover(audit=audit, by=cast.ours.contributor, fields=fields)
        long_ago = timezone.now() - timedelta(days=19)
        PortfolioRow.objects.filter(audit=audit).update(submitted_at=long_ago)

    make_rows(cast.ours, 1, spend=Decimal(900), stage="live")

    decisions = block(page(client), "dec")

    assert (
        "Retrieval (RAG) Northgate handbook Agree to build or improve retrieval"
        in decisions
    )
    assert "Asked: not priced Board decides by 9 Dec 2099" in decisions
    signers = "Northgate admin or Northgate reviewer"
    assert f"for 19 days: {signers}" in decisions
    assert "In the author’s words" not in decisions


@pytest.mark.once
def test_words_of_the_author_are_the_ask_where_there_are_any_and_are_marked(
    cast: Cast, client: Client
) -> None:
    with scope(organization=cast.ours.organization):
        fields = {"decision_asked": "Approve EUR 120,000 now."}
        save_cover(audit=cast.ours.submitted, by=cast.ours.contributor, fields=fields)

    decisions = block(page(client), "dec")

    assert "Approve EUR 120,000 now. In the author’s words." in decisions
    assert "Agree to build retrieval" not in decisions


_ASKED = {"asked": Decimal(207_745), "stage": "planned", "year": Decimal(419_874)}


SAID: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "$207,745 asked, 12 months"),
    (
        {"asked_said": "in part"},
        "$207,745 asked, 12 months, not all costs",
    ),
    (
        {"stage": "stopped", "verdict": "stop_fine_tuning"},
        "Nothing new asked",
    ),
    ({"asked": None, "asked_said": "Nothing new"}, "Nothing new asked"),
    ({"asked": None, "asked_said": "Not priced"}, "Asked: not priced"),
)


# The page names five decisions at most.
@pytest.mark.parametrize("told", [SAID[:3], SAID[3:]], ids=["asked", "without a part"])
def test_decision_says_what_is_asked_and_no_other_amount(
    cast: Cast, client: Client, told: tuple[tuple[dict[str, Any], str], ...]
) -> None:
    for number, (money, _) in enumerate(told):
        fields = {"state": "in_review", "name": f"Lane {number}", **_ASKED | money}
        make_rows(cast.ours, 1, **fields)

    decisions = block(page(client), "dec")

    for number, (_, said) in enumerate(told):
        lane = decisions.partition(f"Lane {number}")[2].partition("Lane ")[0]
        assert said in lane.partition("No date set")[0]
        assert "$419,874" not in lane, "that is of the plan, not of what is asked"
        assert re.search(r"With a reviewer for \d+ days?: Northgate [A-Za-z ]+", lane)


def test_lead_counts_what_can_be_decided_and_names_the_first_day(
    cast: Cast, client: Client
) -> None:
    made = {"state": "in_review", "due_on": date(2099, 1, 5), "ask": "Fund it. Wait."}
    make_rows(cast.ours, 2, **made)
    make_rows(cast.ours, 1, is_provisional=True, **made)

    said = page(client)

    told = "3 of 5 use cases need a reviewer’s decision"
    assert words_of_lead(said) == f"{told}; the first by 5 January 2099."
    assert "1 cannot go to the board yet." in block(said, "dec")
    assert "Fund it." in block(said, "dec")
    assert "Wait." not in block(said, "dec")


def test_lead_names_the_day_of_what_is_overdue_and_cannot_be_voted_on(
    cast: Cast, client: Client
) -> None:
    waits = {"state": "in_review", "stage": "planned"}
    make_rows(cast.ours, 1, due_on=date(2099, 1, 5), **waits)
    late = waits | {"is_provisional": True, "due_on": date(2001, 11, 27)}
    make_rows(cast.ours, 1, **late)
    deferred = {"state": "signed_off", "stage": "planned", "board_state": "deferred"}
    make_rows(cast.ours, 1, board_due_on=date(2001, 2, 3), **deferred)

    first = page(client)
    # What the board decides within 14 days is not folded away.
    for days, near in ((14, True), (15, False)):
        day = timezone.localdate() + timedelta(days=days)
        with scope(organization=cast.ours.organization):
            own = PortfolioRow.objects.filter(board_state="deferred")
            own.update(board_due_on=day)
        section = page(client).partition('aria-labelledby="for-board"')[2]
        assert section.lstrip("> ").startswith("<details open") is near
    make_rows(cast.ours, 1, **late | {"due_on": date(2001, 11, 30)})
    second = page(client)

    due = "the first by 5 January 2099."
    assert words_of_lead(first).endswith(f"{due} 1 that is not ready is overdue.")
    assert words_of_lead(second).endswith(f"{due} 2 that are not ready are overdue.")
    cannot = "1 cannot go to the board yet; it was due on 27 November 2001."
    assert cannot in plain(block(first, "dec"))
    until = "The board deferred 1; it was deferred until 3 February 2001."
    assert until in plain(block(first, "for-board"))
    overdue = "2 are overdue, the first since 27 November 2001."
    assert f"2 cannot go to the board yet; {overdue}" in plain(block(second, "dec"))


def plain(words: str) -> str:
    return words.replace("\u00a0", " ").replace(" .", ".")


def words_of_lead(said: str) -> str:
    lead = said.partition('class="lead"')[2].partition(">")[2].partition("</p>")[0]
    return " ".join(strip_tags(lead).split())


@pytest.mark.on_both
def test_first_five_decisions_are_shown_by_date_then_by_waiting(
    cast: Cast, client: Client
) -> None:
    now = timezone.now()
    for name, due, waited in (
        ("E", None, 9),
        ("D", date(2099, 3, 1), 1),
        ("C", date(2099, 2, 1), 2),
        ("B", date(2099, 2, 1), 3),
        ("A", date(2001, 1, 1), 1),
    ):
        since = now - timedelta(days=waited)
        fields = {"state": "in_review", "due_on": due, "submitted_at": since}
        make_rows(cast.ours, 1, name=name, **fields)

    said = page(client)

    shown = said.partition('aria-labelledby="dec"')[2].partition("</section>")[0]
    assert re.findall(r"row-title[^>]*><bdi>([^<]*)", shown) == [*"ABCDE"]
    assert "The first 5 of 6." in " ".join(shown.split())
    assert "See all 6<" in shown
    assert len(names(page(client, needs="decision", sort="due_on"))) == 6
    assert names(page(client, needs="answers")) == []
    assert "Board: was due by 1 Jan 2001" in " ".join(shown.split())
    assert len(names(page(client, state="in_review", sort="due_on"))) == 6


def test_what_was_sent_back_waits_for_its_author_and_is_summed_once_ready(
    cast: Cast, client: Client
) -> None:
    audit, lead = cast.ours.submitted, cast.ours.contributor
    with scope(organization=cast.ours.organization):
        save_cover(audit=audit, by=lead, fields={"decide_by": date(2099, 12, 9)})
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            **decided(audit, "sent_back", "Test 30 cases first."),
            submission=submission_of(audit),
        )
        PortfolioRow.objects.filter(audit=audit).update(asked=Decimal(35_356))
    never = {"state": "draft", "stage": "planned", "asked": Decimal(7)}
    make_rows(cast.ours, 1, **never)
    signed = {"state": "signed_off", "stage": "planned", "board_state": "undecided"}
    make_rows(cast.ours, 1, name="Signed", board_due_on=date(2099, 12, 21), **signed)
    for name, day in (("Last", 22), ("First", 13)):
        waits = {"state": "in_review", "due_on": date(2099, 12, day), "name": name}
        make_rows(cast.ours, 1, **waits)

    said = page(client)

    attention = block(said, "attention")
    assert "Sent back Its author answers, and submits it again." in attention
    assert "$35,356 once ready Board decides by 9 Dec 2099" in attention
    assert f"With its author since today: {lead}" in attention
    decisions = block(said, "dec")
    assert "Northgate handbook asks for $35,356 once it is ready." in decisions
    places = [decisions.index(name) for name in ("First", "Signed", "Last")]
    assert places == sorted(places)
    assert "the first by 13 December 2099" in words_of_lead(said)
