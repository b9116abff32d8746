"""The conditions of a sign-off on paper, in its file and in the annex."""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import timezone
from django.utils.html import strip_tags
from django_scopes import scope

from audits.frameworks.loading import loader
from audits.models import Audit, Cover, Review, SignOffCondition, User
from audits.models.sign_offs.conditions import ALONE
from audits.reports.annex import build_annex
from audits.reports.context import build_paper
from audits.reports.pdf_client import to_html
from audits.reports.signed.sign_offs import sign_off_words
from audits.reports.typesetting.sheets import STEPS
from audits.scoring.days import in_words
from audits.scoring.exchange.page_one import stated_conditions
from audits.scoring.exchange.verification import verify
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.words import Money
from audits.services.answers.answers import fresh_audit
from audits.services.due.covers import cover_of
from audits.services.papers.covers import save_cover
from audits.services.papers.reports import is_current, request_report
from audits.services.reviews.condition_steps import (
    confirm_condition,
    meet_condition,
    take_back,
)
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.conditions import condition_of, in_days, sign_with, term
from tests.reports.packs.made_packs import add_decision
from tests.reports.test_twelve_verdicts import assessed


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def audit(cast: Cast, reviewer: User) -> Audit:
    audit = cast.ours.submitted
    sign_with(audit, reviewer, term(audit, "Test it on 30 cases."))
    return fresh_audit(audit)


def file_of(audit: Audit) -> bytes:
    return build_paper(audit).attachment.content


@pytest.mark.thorough
def test_page_one_says_what_is_open_and_then_that_it_is_met(
    audit: Audit, reviewer: User
) -> None:
    still_open = build_paper(audit).sign_off
    meet_condition(condition=condition_of(audit), by=reviewer, words="30 passed.")
    met = build_paper(fresh_audit(audit)).sign_off

    assert "Test it on 30 cases (Northgate contributor, by " in still_open
    assert "It is met." not in still_open
    confirmed = f"Northgate reviewer on {in_words(timezone.localdate())} ({ALONE})"
    assert met.endswith(f"It is met, confirmed by {confirmed}.")


@pytest.mark.thorough
def test_appendix_names_who_measures_until_when_and_that_no_sponsor_was_asked(
    audit: Audit, cast: Cast
) -> None:
    day = in_words(condition_of(audit).due_on)

    signed, unsigned = build_paper(audit), build_paper(add_decision(cast.ours, "New"))
    said = " ".join(strip_tags(to_html(signed, STEPS[0])).split())

    assert signed.signed.who_measures == (
        f"Northgate contributor, by {day}, for a condition of the sign-off (A8)"
    )
    assert signed.signed.who_measures in said
    owner = unsigned.owner
    assert unsigned.signed.who_measures == f"not set yet; {owner} names both"
    [sponsor] = [x for x in unsigned.signoffs if x.role == "Sponsor"]
    assert (sponsor.name, sponsor.said) == ("Not named yet", "Not asked to agree")
    words = {"sponsor": "Ada Roth", "sponsor_agreed_on": date(2026, 2, 3)}
    for written, shown in (
        ({"sponsor": "Ada Roth"}, "Sponsor* Ada Roth (not asked to agree)"),
        (words, "Sponsor* Ada Roth (agreed on 3\xa0February 2026)"),
    ):
        save_cover(audit=audit, by=audit.use_case.owner, fields=written)
        paper = build_paper(audit)
        page = " ".join(strip_tags(to_html(paper, STEPS[0])).split(" "))
        assert shown in re.sub(r"[ \n]+", " ", page)
    sponsor = paper.signoffs[0]
    assert (sponsor.said, sponsor.day) == ("Agreed", date(2026, 2, 3))
    assert "Ada Roth Agreed 3 February 2026" in re.sub(r"\s+", " ", page)
    has_target = "sets the target before the test" not in said
    assert has_target is not signed.plan.lacks_target


@pytest.mark.thorough
def test_next_date_of_page_one_is_that_of_the_open_condition(
    audit: Audit, reviewer: User
) -> None:
    condition = condition_of(audit)
    day = in_words(condition.due_on)

    still_open = build_paper(audit).one.next_date
    meet_condition(condition=condition, by=reviewer, words="30 passed.")
    met = build_paper(fresh_audit(audit)).one.next_date

    assert still_open == f"Condition of the sign-off: {day}."
    assert "Condition of the sign-off" not in met


@pytest.mark.thorough
def test_day_of_the_decision_stays_beside_that_of_the_condition(audit: Audit) -> None:
    cover = cover_of(audit)
    cover.decide_by = in_days(14)
    due = in_words(condition_of(audit).due_on)

    asked = build_paper(audit, cover).one.next_date
    cover.purpose = Cover.Purpose.INFORMATION
    told = build_paper(audit, cover).one.next_date

    assert asked == f"Decide by {in_words(in_days(14))}; condition by {due}."
    assert "Decide by" not in told


@pytest.mark.thorough
def test_page_one_says_that_the_amount_waits_for_what_is_open(
    audit: Audit, reviewer: User
) -> None:
    money = money_of(assessed("distil"))
    assert money
    assert money.asks_now

    said = [signed_said(audit, money)]
    without = signed_said(audit, None)
    meet_condition(condition=condition_of(audit), by=reviewer, words="30 passed.")
    said.append(signed_said(audit, money))

    assert said[0] == f"{without} The amount waits until it is met."
    day = in_words(timezone.localdate())
    confirmed = f"{reviewer} on {day} ({ALONE})"
    assert said[1] == f"{without} It is met, confirmed by {confirmed}."


def test_nothing_is_met_until_who_may_sign_off_confirms_it(
    audit: Audit, reviewer: User
) -> None:
    money, owner = money_of(assessed("distil")), audit.use_case.owner
    meet_condition(condition=condition_of(audit), by=owner, words="I tested it.")

    said = signed_said(audit, money)
    paper = build_paper(fresh_audit(audit))
    confirm_condition(condition=condition_of(audit), by=reviewer)
    later = build_paper(fresh_audit(audit))

    assert said.endswith(
        f" {owner} says that it is met, with no file or link. "
        "The amount waits until it is confirmed."
    )
    assert paper.state == "Signed off, conditions said to be met"
    assert json.loads(paper.attachment.content)["page_1"]["conditions"][0]["state"] == (
        "said"
    )
    assert later.state == "Signed off, conditions met"
    assert f"It is met, confirmed by {reviewer} on " in later.sign_off
    assert [(row.name, row.said) for row in later.signoffs][-2:] == [
        (str(owner), "Says that it is met: I tested it. (no file or link)"),
        (str(reviewer), "Confirmed that it is met"),
    ]
    assert money
    assert signed_said(audit, money).endswith(f"{in_words(timezone.localdate())}.")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("by_owner", "link", "is_alone"),
    [(False, "", True), (False, "https://example.org/run", False), (True, "", False)],
)
def test_paper_says_where_one_person_asked_and_confirmed_without_a_proof(
    audit: Audit, reviewer: User, by_owner: bool, link: str, is_alone: bool
) -> None:
    by = audit.use_case.owner if by_owner else reviewer
    meet_condition(condition=condition_of(audit), by=by, words="It is met.", link=link)
    if by_owner:
        confirm_condition(condition=condition_of(audit), by=reviewer)

    said = build_paper(fresh_audit(audit))

    assert by != reviewer or said.state == "Signed off, conditions met"
    for place in (said.sign_off, said.signoffs[-1].said):
        assert place.endswith((f"({ALONE})", f"({ALONE}).")) is is_alone, place
    shown = SignOffCondition.objects.with_steps().get(audit=audit)
    assert (ALONE in shown.shown_by, ALONE in shown.became) == (is_alone, is_alone)


@pytest.mark.thorough
def test_page_one_names_the_link_that_shows_it(audit: Audit) -> None:
    owner = audit.use_case.owner
    meet_condition(
        condition=condition_of(audit),
        by=owner,
        words="Tested.",
        link="https://example.org/run",
        name="Run of May",
    )

    said = build_paper(fresh_audit(audit)).sign_off

    assert said.endswith(f"{owner} says that it is met, with the link “Run of May”.")


@pytest.mark.thorough
def test_page_one_says_what_waits_for_the_rest_of_several(
    cast: Cast, reviewer: User
) -> None:
    money, audit = money_of(assessed("distil")), cast.ours.submitted
    sign_with(audit, reviewer, term(audit, "Test it."), term(audit, "Ask legal."))
    first, second = SignOffCondition.objects.all()

    said = []
    for each in (first, second):
        said.append(signed_said(audit, money))
        meet_condition(condition=each, by=reviewer, words="Done.")
    said.append(signed_said(audit, money))

    assert said[0].endswith(" The amount waits until they are met.")
    assert said[1].endswith(
        f" 1 of 2 are met, as confirmed (1 {ALONE}); the amount waits for the rest."
    )
    assert said[2].endswith(f" 2 of 2 are met, as confirmed (2 {ALONE}).")


def test_page_one_says_first_which_condition_holds_money_and_whether_it_is_met(
    cast: Cast, reviewer: User
) -> None:
    audit = cast.ours.submitted
    meanwhile = term(audit, "Enter the pass mark.", holds_money=False)
    sign_with(audit, reviewer, meanwhile, term(audit, "Test the fallback."))

    still_open = signed_said(audit, None)
    holding = SignOffCondition.objects.get(holds_money=True)
    meet_condition(condition=holding, by=reviewer, words="Done.")
    met = signed_said(audit, None)
    in_full = [row.said for row in build_paper(fresh_audit(audit)).signoffs]

    first = "Test the fallback (Northgate contributor, by "
    assert f". Condition before the money is spent: {first}" in still_open
    assert still_open.endswith(") and 1 more (A8).")
    assert f". Condition before the money is spent, met: {first}" in met
    assert met.endswith(
        f") and 1 more (A8), open. 1 of 2 are met, as confirmed (1 {ALONE})."
    )
    [signed] = [said for said in in_full if "1. Enter the pass mark" in said]
    assert signed.endswith("\nCondition 2: before the money is spent.")


def signed_said(audit: Audit, money: Money | None) -> str:
    """Return what page 1 says of the last review."""
    return sign_off_words((Review.objects.of_submission(audit)[0],), "asked", money)


def words_of(audit: Audit, reviewer: User, *conditions: str, words: str = "") -> str:
    """Return the row of the sign-off on page 1."""
    review_audit(
        audit=audit,
        by=reviewer,
        outcome="conditions",
        words=words,
        conditions=[term(audit, each) for each in conditions],
        submission=submission_of(audit),
    )
    return build_paper(fresh_audit(audit)).sign_off


def test_comment_and_condition_are_apart(cast: Cast, reviewer: User) -> None:
    said = words_of(
        cast.ours.submitted, reviewer, "Test it.", words="Good. Show the split."
    )

    assert ": “Good. Show the split.” Condition: Test it (Northgate" in said


@pytest.mark.thorough
def test_first_of_several_conditions_is_said_in_short(
    cast: Cast, reviewer: User
) -> None:
    long = "Legal checks every deadline in the letters " * 5
    said = words_of(cast.ours.submitted, reviewer, long, "Test it.", "Ask the board.")

    assert ". Condition: Legal checks every deadline in the letters" in said
    assert said.endswith(" … and 2 more (A8).")
    assert "1." not in said


def test_condition_that_has_no_room_is_cut_before_its_comment_is_said(
    cast: Cast, reviewer: User
) -> None:
    long = "Legal checks every deadline in the letters " * 6
    said = words_of(cast.ours.submitted, reviewer, long, words="Good.")

    assert "Good." not in said
    assert said.endswith(" … (A8).")
    assert len(said.partition("Condition: ")[2]) <= 240


@pytest.mark.on_both
def test_what_became_of_it_is_in_the_appendix_and_the_annex_and_makes_a_new_paper(
    audit: Audit, reviewer: User
) -> None:
    report, _ = request_report(audit=audit, by=reviewer)
    found = condition_of(audit)
    meet_condition(
        condition=found, by=reviewer, words="30 passed.", link="https://example.org/run"
    )
    take_back(condition=found, by=reviewer, words="Of the old model.")
    audit = fresh_audit(audit)

    rows = [(row.role, row.said) for row in build_paper(audit).signoffs][-2:]
    annexed = [(row.role, row.said) for row in build_annex(audit).signoffs][-2:]

    assert rows == annexed
    assert rows == [
        ("Condition", "Says that it is met: 30 passed. (https://example.org/run)"),
        ("Condition", "Open again: Of the old model."),
    ]
    report.audit = audit
    assert not is_current(report=report)


@pytest.mark.thorough
def test_file_of_a_paper_has_its_conditions_and_is_reproduced(
    audit: Audit, reviewer: User
) -> None:
    page = json.loads(file_of(audit))["page_1"]
    found = verify(file_of(audit), loader.shipped())
    meet_condition(condition=condition_of(audit), by=reviewer, words="30 passed.")
    later = json.loads(file_of(fresh_audit(audit)))["page_1"]

    assert page["conditions"] == [
        {
            "words": "Test it on 30 cases.",
            "owner": "Northgate contributor",
            "due_on": in_days(30).isoformat(),
            "state": "open",
        }
    ]
    assert found.outcome == "reproduced"
    assert found.says
    assert [each.words for each in found.says.conditions] == ["Test it on 30 cases."]
    assert later["conditions"][0]["state"] == "met"


@pytest.mark.parametrize(
    "stated",
    [
        "x",
        ["x"],
        [{}] * 6,
        [{"words": "x", "owner": "x", "due_on": "x", "state": "done"}],
        [{"words": "x" * 401, "owner": "x", "due_on": "x", "state": "open"}],
        [{"words": 1, "owner": "x", "due_on": "x", "state": "open"}],
    ],
)
def test_conditions_in_another_form_are_none(stated: object) -> None:
    assert stated_conditions({"conditions": stated}) == ()
