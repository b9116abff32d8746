"""A year of one use case: signed, decided, carried out, due for review, renewed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import Page, expect

from audits.models import Audit, Report
from tests.casting import Cast, Tenant
from tests.e2e.browser.sections import choose, save_and_continue
from tests.e2e.conftest import OpenPage
from tests.e2e.year.decision import (
    CONDITION,
    FREED,
    carry_out,
    decide,
    meet_the_condition,
    upload_usage,
)
from tests.e2e.year.market import (
    DUE,
    assert_market_of_today_is_told,
    assert_timeline_tells_the_year,
    model_ends,
)
from tests.e2e.year.pages import assert_says, downloaded, go
from tests.e2e.year.papers import (
    assert_says_what_was_freed,
    first_page_of_pack,
    make_paper,
)
from tests.e2e.year.submission import (
    answer,
    answer_first_section,
    register,
    review,
    sign,
    sign_with_condition,
    submit,
)
from tests.outcomes.signed import MODEL
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE

pytestmark = pytest.mark.once

NAME = "Letters of complaint"
STOPS = FIRM_RETRIEVAL_CASE | ANSWERS["stop_fine_tuning"]
SINCE = (
    "What changed since the sign-off of 10 December 2026",
    "New verdict: Retrieval (RAG)",
)

type GoTo = Callable[[date], None]


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> GoTo:
    """Set the clock of the server to a day, at noon; it goes on from there."""

    def go_to(day: date) -> None:
        ahead = datetime.combine(day, time(12), UTC) - datetime.now(UTC)

        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime.now(tz) + ahead

        monkeypatch.setattr(timezone, "datetime", Clock)

    return go_to


def test_year_of_a_use_case(
    cast: Cast, turn_page: OpenPage, on: GoTo, tmp_path: Path
) -> None:
    ours, lead = cast.ours, cast.ours.contributor
    on(date(2026, 12, 1))
    audit = submitted(ours, turn_page)
    on(date(2026, 12, 10))
    paper = signed_with_a_condition(ours, audit, turn_page)

    on(date(2026, 12, 15))
    decide(turn_page(lead, reverse("board", args=[audit.pk])))
    # What a pack says of a decision, the one of spring shows.
    first_page_of_pack(turn_page(lead, reverse("portfolio")), ours, "Winter")
    on(date(2027, 1, 5))
    meet_the_condition(ours, audit, turn_page)
    on(date(2027, 2, 3))
    page = turn_page(lead, reverse("board_step", args=[audit.pk, "money"]))
    upload_usage(page)
    carry_out(page, audit)
    spring = turn_page(lead, reverse("portfolio"))
    assert_says_what_was_freed(first_page_of_pack(spring, ours, "Spring"), ours)

    on(date(2027, 6, 2))
    model_ends(tmp_path)
    page = turn_page(lead, reverse("result", args=[audit.pk]))
    assert_market_of_today_is_told(page, audit)

    on(date(2027, 7, 1))
    new = renewed(ours, audit, turn_page)
    page = turn_page(lead, reverse("result", args=[new.pk]))
    assert_says(page, "Signed off", "The board: Not yet decided", "Use retrieval: find")
    assert_replaced_is_kept(page, audit)
    go(page, "paper", paper)
    words = downloaded(page)
    assert "Letters of complaint: stop training, use retrieval" in words
    assert "Stop fine-tuning and use retrieval." in words
    go(page, "timeline", new)
    assert_timeline_tells_the_year(page)


def assert_replaced_is_kept(page: Page, audit: Audit) -> None:
    """With its decision and what was done, and nothing that is still asked for."""
    go(page, "result", audit)
    assert_says(page, "A newer audit has replaced this one, which is kept unchanged.")
    assert_says(page, "Decided: Agree to spend nothing more on training")
    expect(page.locator("main")).not_to_contain_text("Asked for:")
    go(page, "board", audit)
    assert_says(page, "What the board decided on", "What was done", "$45,548")
    assert_says(page, FREED, "The job was ended.")


def submitted(ours: Tenant, turn_page: OpenPage) -> Audit:
    """Register, answer and submit a use case; its costs and some answers are given."""
    page = turn_page(ours.contributor, reverse("register"))
    register(page, NAME)
    asked = answer_first_section(page, STOPS)
    rest = {name: value for name, value in STOPS.items() if name not in asked}
    with scope(organization=ours.organization):
        audit = Audit.objects.with_use_case().get(use_case__name=NAME)
        given = GIVEN | {"today": "distil", "model": MODEL}
        answer(audit, ours.contributor, rest, given)
    submit(page, audit)
    assert_says(page, "In review")
    return audit


def signed_with_a_condition(ours: Tenant, audit: Audit, turn_page: OpenPage) -> Report:
    """Sign an audit off with a condition; return its paper once it is made."""
    page = review(ours, audit, turn_page, ["Stop fine-tuning and use retrieval."])
    sign_with_condition(page, CONDITION, ours.contributor, date(2027, 1, 9))
    page = turn_page(ours.contributor, reverse("result", args=[audit.pk]))
    assert_says(
        page,
        *("Signed off, with conditions", "The board: Not yet decided"),
        *(
            "“Retrieval” costs $45,548 over 12 months; the current plan, “Distilled "
            "model”, $141,654.",
        ),
        *(CONDITION, "Open, due on 9 January 2027"),
    )
    return make_paper(page, audit)


def renewed(ours: Tenant, audit: Audit, turn_page: OpenPage) -> Audit:
    """Sign an audit off that says what was done since."""
    page = turn_page(ours.contributor, reverse("result", args=[audit.pk]))
    page.get_by_role("button", name="Start a new audit").click()
    assert_says(
        page,
        *(f"Review due since 2 June 2027: {DUE}", "$51,148"),
        "The earlier verdict stays in force until this one is signed off",
    )
    page.get_by_role("link", name="The job and the fault").click()
    choose(page, "state", ANSWERS["rag"]["state"])
    page.get_by_role("link", name="Add the numbers").click()
    page.get_by_label("What runs today or is planned").select_option("rag")
    page.get_by_label("Model for prompts, in use or planned").select_option(
        "gpt-6-luna"
    )
    save_and_continue(page)
    with scope(organization=ours.organization):
        new = Audit.objects.get(supersedes=audit)
    submit(page, new)
    sign(review(ours, new, turn_page, SINCE))
    return new
