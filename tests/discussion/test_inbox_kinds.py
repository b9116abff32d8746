"""Every kind of row of the inbox: who is told, what, and where it leads."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import (
    AnswerRequest,
    Audit,
    Comment,
    PortfolioRow,
    Review,
    Role,
    Stage,
    Version,
)
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.discussion.answer_requests import ask_colleague, close_ask
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.discarding import discard_draft
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.conditions import decided
from tests.discussion.conftest import ClientOf
from tests.discussion.inboxes import lead_of, mark_all, of_kind, place, rows
from tests.discussion.said import comment
from tests.examples import some_of
from tests.pages import html_of

OWNER, REVIEWER, ADMIN = Role.CONTRIBUTOR, Role.REVIEWER, Role.ADMIN


def decide(cast: Cast, outcome: str, words: str = "") -> Review:
    submitted = cast.ours.submitted
    submitted.refresh_from_db()
    return review_audit(
        audit=submitted,
        by=cast.ours.people[REVIEWER],
        **decided(submitted, outcome, words),
        submission=submission_of(submitted),
    )


@pytest.mark.on_both
def test_what_is_sent_back_is_told_to_its_submitter_and_its_owner(
    cast: Cast, owner: Client, client_of: ClientOf
) -> None:
    with scope(organization=cast.ours.organization):
        cast.ours.submitted.use_case.owner = cast.ours.people[Role.VIEWER]
        cast.ours.submitted.use_case.save()
        review = decide(cast, "sent_back", "Count again.")

    for role, page in ((OWNER, ""), (Role.VIEWER, "result/")):
        [row] = of_kind(client_of(role), "sent-back")
        assert "Northgate handbook" in row
        said = "Northgate reviewer sent the audit back, just now"
        # A viewer may not answer: it waits for others, and that only happened.
        waits = "" if page else f". It waits for {cast.ours.contributor} to answer"
        assert f"{said}{waits} Count again." in row
        there = f"/audits/{cast.ours.submitted.pk}/{page}"
        assert place(client_of(role), "sent-back", review) == there
    assert of_kind(client_of(REVIEWER), "sent-back") == []
    assert of_kind(client_of(ADMIN), "sent-back") == []


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("approved", "signed off the verdict"),
        pytest.param("conditions", "with conditions", marks=pytest.mark.once),
    ],
)
@pytest.mark.on_both
def test_sign_off_is_told(cast: Cast, owner: Client, outcome: str, said: str) -> None:
    with scope(organization=cast.ours.organization):
        review = decide(cast, outcome, "Until June.")

    [row] = of_kind(owner, "signed")
    assert f"{said}, just now Until June." in row
    assert place(owner, "signed", review) == reverse(
        "result", args=[cast.ours.submitted.pk]
    )


def test_review_waits_for_everybody_who_may_make_it(
    cast: Cast, client_of: ClientOf
) -> None:
    submitted = cast.ours.submitted.pk
    for role in (REVIEWER, ADMIN):
        client = client_of(role)
        [row] = of_kind(client, "to-review")
        assert "Northgate contributor submitted the answers for review" in row
        assert "Waits for you: Review" in row
        assert place(client, "to-review", submitted) == f"/audits/{submitted}/review/"
    for role in (OWNER, Role.VIEWER):
        assert of_kind(client_of(role), "to-review") == []

    with scope(organization=cast.ours.organization):
        Audit.objects.update(submitted_by=cast.ours.people[ADMIN])
        assert of_kind(client_of(ADMIN), "to-review") == []
        decide(cast, "sent_back", "Count again.")
    assert of_kind(client_of(REVIEWER), "to-review") == []


@pytest.mark.thorough
@pytest.mark.parametrize("role", some_of([OWNER, REVIEWER, ADMIN], 1))
def test_as_many_rows_say_that_they_wait_as_the_count_does(
    cast: Cast, client_of: ClientOf, role: Role
) -> None:
    ours, client = cast.ours, client_of(role)
    with scope(organization=ours.organization):
        of, by = ours.people[role], ours.people[Role.VIEWER]
        for section in ("cost", "purpose"):
            ask_colleague(audit=ours.draft, by=by, of=of, section=section, question="")
    before = [row for row in rows(client) if "Waits for you" in row]
    assert lead_of(client).startswith(f"{len(before)} things wait for you.")
    assert len(before) >= 2

    with scope(organization=ours.organization):
        ask = AnswerRequest.objects.get(of=of, section="cost")
        close_ask(ask=ask, by=of)

    after = [row for row in rows(client) if "Waits for you" in row]
    assert len(after) == len(before) - 1
    assert not any("Done" in row for row in after)
    page = html_of(client.get("/inbox/"))
    assert page.count("Waits for you") == len(after)


@pytest.mark.thorough
def test_review_that_is_submitted_again_is_unread_again(
    cast: Cast, client_of: ClientOf
) -> None:
    reviewer = client_of(REVIEWER)
    place(reviewer, "to-review", cast.ours.submitted.pk)
    assert not of_kind(reviewer, "to-review")[0].startswith("Unread:")

    with scope(organization=cast.ours.organization):
        decide(cast, "sent_back", "Count again.")
        submit_audit(audit=cast.ours.submitted, by=cast.ours.contributor)

    assert of_kind(reviewer, "to-review")[0].startswith("Unread:")


@pytest.mark.on_both
def test_review_that_is_due_waits_for_the_owner(
    cast: Cast, owner: Client, client_of: ClientOf
) -> None:
    with scope(organization=cast.ours.organization):
        decide(cast, "approved")
        assert of_kind(owner, "due") == []
        Audit.objects.filter(pk=cast.ours.submitted.pk).update(
            review_due_at=timezone.now() - timedelta(days=400)
        )
        PortfolioRow.objects.update(review_cause="Prices doubled.")

    [row] = of_kind(owner, "due")
    assert "The signed verdict has needed a review since" in row
    assert ". Start a new audit before anybody spends money on what it advises" in row
    assert "Waits for you: Start a new audit" in row
    assert "Prices doubled." in row
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.update(stage=Stage.STOPPED)
        Audit.objects.filter(pk=cast.ours.submitted.pk).update(
            review_due_at=timezone.now()
        )
    [row] = of_kind(owner, "due")
    said = (
        "The use case has stopped, so its review can wait. Before anyone resumes the "
        "use case, answer the questions again in a new audit."
    )
    assert said in row
    assert "Waits for you: Can wait" in row
    tag = '<span class="status"><span class="visually-hidden">Waits for you: </span>'
    inbox = " ".join(html_of(owner.get(reverse("inbox"))).split())
    assert tag in inbox  # grey, as on the page of the use cases
    home = " ".join(html_of(owner.get(reverse("use_cases"))).split())
    assert said in home
    assert '<span class="status">Review due before it resumes</span>' in home
    assert lead_of(owner).startswith("1 thing waits for you.")
    assert place(owner, "due", cast.ours.submitted.pk)
    assert of_kind(client_of(ADMIN), "due") == []


@pytest.mark.on_both
def test_end_of_my_model_is_told_90_days_before(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = client_of(OWNER)
    with scope(organization=cast.ours.organization):
        mine = PortfolioRow.objects.filter(audit=cast.ours.submitted)
        mine.update(model="gpt-5")

    for day, told in (
        (date(2026, 9, 11), 0),
        (date(2026, 12, 12), 0),
        (date(2026, 12, 11), 1),
        (date(2026, 9, 12), 1),
    ):
        monkeypatch.setattr(timezone, "localdate", lambda *_, day=day: day)
        found = of_kind(owner, "retires")
        assert len(found) == told, day

    assert of_kind(client_of(ADMIN), "retires") == []
    assert "GPT-5 The model retires on 11 December 2026" in found[0]
    assert place(owner, "retires", cast.ours.submitted.pk)
    assert not of_kind(owner, "retires")[0].startswith("Unread:")
    with scope(organization=cast.ours.organization):
        # Nothing is to be moved in a plan to train that the verdict advises against.
        mine.update(at_risk=True, training_once=Decimal(19322), stage=Stage.BUILDING)
    assert of_kind(owner, "retires") == []
    with scope(organization=cast.ours.organization):
        mine.update(stage=Stage.LIVE)
    assert len(of_kind(owner, "retires")) == 1
    with scope(organization=cast.ours.organization):
        mine.update(board_state="carried_out")  # another way has replaced it
    assert of_kind(owner, "retires") == []
    with scope(organization=cast.ours.organization):
        mine.update(board_state="open")
    assert len(of_kind(owner, "retires")) == 1
    with scope(organization=cast.ours.organization):
        mine.update(stage=Stage.STOPPED)
    assert of_kind(owner, "retires") == []


def test_portfolio_row_has_the_model_that_a_plan_pays_for(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        sent = {("number", "model"): Sent(value="gpt-5")}
        save_entries(
            audit=fresh_audit(cast.ours.draft),
            by=cast.ours.contributor,
            sent=sent,
            sender=Sender(),
        )
        row = PortfolioRow.objects.get(audit=cast.ours.draft)

    assert row.model == "gpt-5"


@pytest.mark.on_both
def test_answer_that_was_set_aside_waits_for_who_gave_it(
    cast: Cast, owner: Client, client_of: ClientOf
) -> None:
    assert of_kind(owner, "conflict") == []  # it was submitted since
    with scope(organization=cast.ours.organization):
        Version.objects.filter(pk=cast.ours.set_aside.pk).update(
            audit=cast.ours.draft, by=cast.ours.people[ADMIN], at=timezone.now()
        )

    draft, version = cast.ours.draft.pk, cast.ours.set_aside
    admin = client_of(ADMIN)
    [row] = of_kind(admin, "conflict")
    assert "Your answer was set aside just now: choose which one counts" in row
    assert place(admin, "conflict", version) == f"/audits/{draft}/conflicts/"
    [row] = of_kind(owner, "conflict")
    assert "An answer of Northgate admin was set aside just now" in row
    assert place(owner, "conflict", version) == f"/audits/{draft}/questions/incumbent/"
    assert of_kind(client_of(REVIEWER), "conflict") == []
    with scope(organization=cast.ours.organization):
        Version.objects.update(settled=True)
    assert of_kind(admin, "conflict") == of_kind(owner, "conflict") == []


@pytest.mark.on_both
def test_draft_that_is_discarded_is_told_to_who_worked_on_it(
    cast: Cast, owner: Client, client_of: ClientOf
) -> None:
    with scope(organization=cast.ours.organization):
        decide(cast, "approved")
        old = Audit.objects.get(pk=cast.ours.submitted.pk)
        new = begin_again(audit=old, by=cast.ours.contributor)
        admin = cast.ours.people[ADMIN]
        save_answers(audit=new, by=admin, answers={"state": "planned"})
        discard_draft(audit=new, by=cast.ours.contributor)

    client = client_of(ADMIN)
    [row] = of_kind(client, "discarded")
    assert "discarded by Northgate contributor, just now" in row
    assert place(client, "discarded", new.pk) == f"/audits/{new.pk}/result/"
    assert of_kind(owner, "discarded") == []


@pytest.mark.thorough
def test_what_happened_long_ago_is_left_out_and_what_waits_stays(
    cast: Cast, owner: Client, client_of: ClientOf
) -> None:
    reviewer = client_of(REVIEWER)
    ago = timezone.now() - timedelta(days=100)
    with scope(organization=cast.ours.organization):
        comment(cast, ADMIN)
        decide(cast, "sent_back", "Count again.")
        Comment.objects.update(at=ago)
        Review.objects.update(at=ago)
        AnswerRequest.objects.update(at=ago)
        Version.objects.update(settled=True)

    [row] = rows(owner)
    assert "sent the audit back, 3 months ago. It waits for" in row
    assert lead_of(owner).startswith("1 thing waits for you.")
    [row] = rows(reviewer)
    assert "The job and the fault" in row
    mark_all(reviewer)
    assert lead_of(reviewer) == "1 thing waits for you. You have read everything."


@pytest.mark.thorough
@pytest.mark.parametrize("right", [Role.VIEWER, Role.CONTRIBUTOR])
def test_rights_that_are_taken_away_take_the_rows_with_them(
    cast: Cast, client_of: ClientOf, right: Role
) -> None:
    reviewer = client_of(REVIEWER)
    assert len(rows(reviewer)) == 2
    with scope(organization=cast.ours.organization):
        cast.ours.people[REVIEWER].memberships.update(role=right)

    left = rows(reviewer)

    page = reviewer.get(reverse("use_cases")).content.decode()
    number = re.search(r"Inbox\s*\(?\s*(\d*)", page)
    assert number
    assert number[1] == ("1" if right == Role.CONTRIBUTOR else "")
    of_review = reverse("notice", args=["to-review", cast.ours.submitted.pk])
    of_ask = reverse("notice", args=["asked", cast.ours.ask.pk])
    assert len(left) == (1 if right == Role.CONTRIBUTOR else 0)
    assert reviewer.get(of_review).status_code == 404
    expected = 302 if right == Role.CONTRIBUTOR else 404
    assert reviewer.get(of_ask).status_code == expected


def test_review_that_waits_says_what_is_to_be_decided_at_home_too(
    cast: Cast, client_of: ClientOf
) -> None:
    due = {"due_on": date(2099, 12, 14), "stage": "planned"}
    asked = {"asked": Decimal(69_000), "asked_said": "in part", "is_provisional": False}
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(audit=cast.ours.submitted)
        rows.update(**due, **asked)
    reviewer = client_of(REVIEWER)

    [row] = of_kind(reviewer, "to-review")
    home = home_of(reviewer)

    said = (
        "Asks the board for $69,000 over 12 months, some costs not included; the "
        "board decides by 14 December 2099"
    )
    assert f"Retrieval (RAG) · {said}" in row
    assert "Waits for you: Review" in row
    # The page that opens first has one line for it.
    assert (
        "asks the board for $69,000 over 12 months, some costs not included · "
        "board due 14 Dec 2099" in home
    )
    # What comes after it is named, where it is known.
    with scope(organization=cast.ours.organization):
        rows.update(asked_then=Decimal(79_384))
    then = "sks the board for $69,000 over 12 months, then for $79,384 more"
    assert f"A{then}; the board" in of_kind(reviewer, "to-review")[0]
    assert f"a{then} · board due" in home_of(reviewer)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 open question can"),
        (4, "4 open questions can"),
        (0, "More answers are needed, so"),
    ],
)
@pytest.mark.on_both
def test_what_nobody_can_sign_waits_for_its_team_alone(
    cast: Cast, client_of: ClientOf, number: int, said: str
) -> None:
    submitted = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=submitted.pk).update(open_questions=number)
        PortfolioRow.objects.filter(audit=submitted).update(open_questions=number)
    ready, owner = client_of(REVIEWER), client_of(OWNER)
    assert of_kind(owner, "not-ready") == []
    assert len(of_kind(ready, "to-review")) == 1

    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=submitted.pk).update(is_provisional=True)
        PortfolioRow.objects.filter(audit=submitted).update(is_provisional=True)

    assert of_kind(ready, "to-review") == []
    assert of_kind(ready, "not-ready") == []
    [row] = of_kind(owner, "not-ready")
    assert said in row
    assert "so nobody can sign it off" in row
    assert row.endswith("Waits for you: Take back and answer")
    leads_to = place(owner, "not-ready", submitted.pk)
    assert leads_to == f"/audits/{submitted.pk}/reopen/"
    home = home_of(owner)
    assert "1 thing waits for you." in home
    assert "In review" not in home, "its only row is among those that wait"
    assert "With a reviewer" not in home
    assert home.count("Take back and answer") == 1

    with scope(organization=cast.ours.organization):
        cast.ours.people[OWNER].memberships.update(role=Role.VIEWER)
    home = home_of(owner)
    assert "Take back and answer" not in home
    assert home.count("Needs more answers") == 1


def home_of(client: Client) -> str:
    return " ".join(strip_tags(html_of(client.get(reverse("use_cases")))).split())
