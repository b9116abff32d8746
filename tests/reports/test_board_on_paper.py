"""A paper that is made after the board has decided has its words, amount and days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import scope

from audits.models import Audit, BoardDecision, Cover
from audits.reports.context import build_paper
from audits.reports.signed.sign_offs import state_on_paper
from audits.scoring.board.paper_words import BoardSaid
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit
from audits.services.due.board_decisions import said_by_board
from audits.services.papers.covers import save_cover
from audits.services.papers.page_one_words import words_of_page_one
from tests.board.boards import did, in_days, record, sign
from tests.casting import Cast
from tests.reports.papers import words_of

CHANGED = "Only the test of few-shot now; the move comes back to the board."
MANY = "The board approves the test alone. " + "It asks for one figure more. " * 20


@pytest.fixture
def audit(cast: Cast) -> Iterator[Audit]:
    with scope(organization=cast.ours.organization):
        save_cover(
            audit=cast.ours.submitted,
            by=cast.ours.contributor,
            fields={"decide_by": date(2027, 3, 1)},
        )
        yield sign(cast.ours)


def paper(audit: Audit) -> tuple[str, str]:
    return words_of(build_paper(fresh_audit(audit)))


def amended(cast: Cast, audit: Audit, words: str = CHANGED) -> None:
    record(
        *(audit, cast.ours.contributor, "amended"),
        words=words,
        amount=Decimal(15_251),
        decided_on=date(2026, 11, 12),
        carry_out_by=date(2099, 1, 8),
        look_on=date(2099, 1, 12),
    )


@pytest.mark.thorough
def test_approved_with_changes_says_what_changed_and_by_when(
    cast: Cast, audit: Audit
) -> None:
    assert "Decide by" in paper(audit)[0]
    amended(cast, audit)

    one, rest = paper(audit)

    assert "Nobody yet" not in one
    signed = f"Signed off by Northgate reviewer on {in_words(timezone.localdate())}."
    board = f"Board: Approved with changes, $15,251. “{CHANGED}”"
    assert f"Terms {signed} {board}" in one
    following = "Carry out by 8 January 2099; the board looks again on 12 January 2099."
    assert following in one
    assert "Decide by" not in one
    assert f"{board} Carry out by" in rest
    assert "Board Board, winter Approved with changes 12 November 2026" in rest
    assert "12 November 2026" in rest


@pytest.mark.thorough
def test_long_words_are_shortened_on_page_one_and_whole_in_the_appendix(
    cast: Cast, audit: Audit
) -> None:
    amended(cast, audit, MANY)

    one, rest = paper(audit)

    assert "… (A8)”" in one
    assert MANY.strip() not in one
    assert MANY.strip() in rest


@pytest.mark.thorough
def test_what_is_carried_out_has_no_day_for_it(cast: Cast, audit: Audit) -> None:
    decision = record(audit, cast.ours.contributor, carry_out_by=in_days(9))
    assert "Next date Carry out by" in paper(audit)[0]
    for kind in ("stage", "training"):
        did(decision, cast.ours.contributor, kind)

    assert "Next date The verdict is valid until" in paper(audit)[0]


@pytest.mark.thorough
def test_deferred_is_asked_again_whatever_the_cover_is_for(
    cast: Cast, audit: Audit
) -> None:
    Cover.objects.update(purpose=Cover.Purpose.INFORMATION)
    assert " Signed off The reviewer agreed " in paper(audit)[0]
    record(audit, cast.ours.contributor, "deferred", look_on=date(2099, 2, 1))

    one = paper(audit)[0]

    # What is deferred reads like no approval.
    assert " Deferred Not decided yet. It asks " in one
    assert "Agreed" not in one
    assert "Terms Board: Deferred. “Ask again with numbers.”" in one
    assert "Approval Approve" not in one
    # It hears nothing of what it put off: no cost, and no result.
    assert one.endswith("Next date The board looks again on 1 February 2099.")


@pytest.mark.thorough
def test_doing_nothing_is_no_choice_once_the_board_has_approved(
    cast: Cast, audit: Audit
) -> None:
    before = build_paper(fresh_audit(audit)).one.amount
    assert " If we do nothing " in paper(audit)[0]
    record(audit, cast.ours.contributor, amount=Decimal(300))
    BoardDecision.objects.update(asked=Decimal("383.6"))

    one, _ = paper(audit)

    # The box has what was decided beside what was asked for.
    part = "$300 of the $384 asked for is approved."
    assert f"{part} {before}".strip() in one
    said = said_by_board(fresh_audit(audit))
    assert said
    whole = replace(said, amount=Decimal(384))
    assert (whole.granted, replace(whole, amount=None).granted) == ("", "")
    assert "If we do nothing" not in one
    assert " If it is not done " in one
    assert "See “If it is not done” above" in one
    found = fresh_audit(audit)
    page = words_of_page_one(found, build_paper(found).assessment)
    assert "If it is not done" in {field.label for field in page.fields}


def test_what_was_done_since_is_said_in_place_of_what_held_at_the_sign_off(
    cast: Cast, audit: Audit
) -> None:
    decision = record(audit, cast.ours.contributor)
    found = fresh_audit(audit)
    before = build_paper(found).one
    did(decision, cast.ours.contributor, "training")

    after = build_paper(fresh_audit(audit)).one

    day = date_format(timezone.localdate(), "j F Y")
    signed = "The rows below are as signed."
    assert after.why_now == f"Reported as done: training stopped on {day}. {signed}"
    assert f" Done so far {after.why_now}" in paper(audit)[0]
    assert before.why_now != after.why_now
    assert after.if_nothing == "1 of 2 steps is not done yet: change the stage."
    assert "goes" not in after.if_nothing
    page = words_of_page_one(fresh_audit(audit), build_paper(found).assessment)
    said = {field.label: field.lines[0] for field in page.fields}
    assert said["Done so far"] == after.why_now
    assert said["If it is not done"] == after.if_nothing


def test_what_follows_if_the_rest_is_not_done_stays_beside_the_open_steps() -> None:
    ends = "The tuned model stops when it retires on 14 January 2027."
    steps = ("take the tuned model out of service", "meet 1 condition")
    told = BoardSaid(
        outcome="approved",
        on=date(2026, 11, 30),
        meeting="Board",
        words="",
        amount=None,
        currency="USD",
        carry_out_by=None,
        look_on=None,
        is_carried_out=False,
        by="Ingrid Vik",
        steps=(2, 4),
        reported="Reported as done: replacement set up on 30 November 2026.",
        missing=steps,
        runs_on=True,
    )

    said = told.goes_on(ends)
    stopped = replace(told, runs_on=False).goes_on(ends)

    named = f"2 of 4 steps are not done yet: {'; '.join(steps)}."
    assert (said, stopped) == (f"{ends} {named}", named)


def test_nothing_is_left_once_all_is_carried_out(cast: Cast, audit: Audit) -> None:
    decision = record(audit, cast.ours.contributor)
    for kind in ("stage", "training"):
        did(decision, cast.ours.contributor, kind)

    one = build_paper(fresh_audit(audit)).one

    assert one.nothing_head == "If we do nothing"
    assert one.if_nothing.startswith("All that the board approved is done.")
    assert "training stopped on" in one.why_now


@pytest.mark.thorough
def test_words_of_an_author_stay_after_a_step(cast: Cast, audit: Audit) -> None:
    Cover.objects.update(why_now="The vendor asks.", if_nothing="It goes on.")
    decision = record(audit, cast.ours.contributor)
    did(decision, cast.ours.contributor, "training")

    one = build_paper(fresh_audit(audit)).one

    assert (one.why_now, one.if_nothing) == ("The vendor asks.", "It goes on.")


@pytest.mark.thorough
def test_plain_sign_off_names_the_reviewer(audit: Audit) -> None:
    by = audit.reviews.get().by
    assert (
        f"Signed off by {by} (reviewer, wrote none of the answers)" in paper(audit)[0]
    )


@pytest.mark.thorough
def test_author_reads_the_same_next_date(cast: Cast, audit: Audit) -> None:
    amended(cast, audit)
    found = fresh_audit(audit)
    assert found.assessment
    page = words_of_page_one(found, build_paper(found).assessment)

    said = {field.label: field.lines[0] for field in page.fields}

    assert said["Next date"].startswith("Carry out by 8 January 2099")
    assert said["What the paper is for"].endswith("approved with changes")


def test_paper_says_that_the_reviewer_answered_nothing_or_owns_the_use_case(
    audit: Audit,
) -> None:
    review = audit.reviews.get()
    asked = f"{audit.get_state_display()} by {review.by}"

    assert state_on_paper(audit, (review,), "asked") == (
        f"{asked} (reviewer, wrote none of the answers)"
    )
    review.owner = review.by
    assert state_on_paper(audit, (review,), "asked") == (
        f"{asked} (reviewer and owner, wrote none of the answers)"
    )
    review.own_answers = 2
    assert state_on_paper(audit, (review,), "asked") == asked
    [*_, last] = build_paper(audit).signoffs
    assert last.said == "Signed off (wrote none of the answers)"
