"""What is emailed at once is what the settings say, and a part of the inbox."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils.formats import date_format
from django_scopes import scope
from django_tasks_db.models import DBTaskResult

from audits.models import Mails, Role, User
from audits.services.answers.answers import save_answers
from audits.services.discussion.answer_requests import ask_colleague, close_ask
from audits.services.people.mail_kinds import AT_ONCE
from audits.services.people.people import choose_mails
from audits.services.reviews.condition_steps import meet_condition, take_back
from audits.services.reviews.reviews import review_audit, submission_of
from tests import conditions
from tests.casting import Cast
from tests.conditions import in_days, term
from tests.examples import some_of
from tests.pages import html_of
from tests.queued_mails import send_queued_mails


def sign(cast: Cast) -> None:
    audit = cast.ours.submitted
    audit.refresh_from_db()
    review_audit(
        audit=audit,
        by=cast.ours.people[Role.REVIEWER],
        outcome="approved",
        words="Until June.",
        submission=submission_of(audit),
    )


def sign_with(cast: Cast, *owners: User) -> None:
    """Sign off with a condition of each owner, the last of them due first."""
    audit = cast.ours.submitted
    audit.refresh_from_db()
    asked = [
        term(audit, f"Test it on {number} cases.", owner=owner, days=90 - number)
        for number, owner in enumerate(owners, start=30)
    ]
    conditions.sign_with(audit, cast.ours.people[Role.REVIEWER], *asked)


def ask_another(cast: Cast) -> None:
    sign_with(cast, cast.ours.people[Role.VIEWER])


def ask_the_owner(cast: Cast) -> None:
    sign_with(cast, cast.ours.contributor)


def open_again(cast: Cast) -> None:
    ask_the_owner(cast)
    DBTaskResult.objects.all().delete()
    found = conditions.condition_of(cast.ours.submitted)
    meet_condition(condition=found, by=found.owner, words="Done.")
    take_back(
        condition=found, by=cast.ours.people[Role.REVIEWER], words="The old model."
    )


def answer(cast: Cast) -> None:
    ours = cast.ours
    admin = ours.people[Role.ADMIN]
    ask_colleague(
        audit=ours.draft,
        by=ours.contributor,
        of=admin,
        section="cost",
        question="latency",
    )
    given = {"goal": ["cost_latency"], "latency": "hard"}
    save_answers(audit=ours.draft, by=admin, answers=given)


def close(cast: Cast) -> None:
    ours = cast.ours
    admin = ours.people[Role.ADMIN]
    ask = ask_colleague(audit=ours.draft, by=ours.contributor, of=admin, section="cost")
    close_ask(ask=ask, by=admin)


HAPPENS = [
    (answer, ("Answered: Northgate triage", "admin has answered “Speed needed”.")),
    (close, ("Not answered: Northgate triage", "request without an answer.")),
    (sign, ("Signed off: Northgate handbook", "> Until June.")),
    (
        ask_another,
        (
            "Signed off, with conditions: Northgate handbook",
            "signed off the verdict, with conditions.",
        ),
    ),
    (
        ask_the_owner,
        ("Condition to meet: Northgate handbook", "\n> Test it on 30 cases.\n"),
    ),
    (
        open_again,
        ("Condition open again: Northgate handbook", "\n> The old model.\n"),
    ),
]
# Whoever wants none of them at once gets none, whatever happens.
SAMPLES = [
    *(
        pytest.param(Mails.AT_ONCE, *each, marks=pytest.mark.on_both)
        for each in HAPPENS
    ),
    *some_of(((Mails.DAILY, *each) for each in HAPPENS), 2),
    *some_of(((Mails.NONE, *each) for each in HAPPENS), 2),
]


@pytest.mark.parametrize(("mails", "happens", "said"), SAMPLES)
def test_answer_and_sign_off_come_at_once_to_who_wants_that(
    cast: Cast,
    mailoutbox: list[EmailMessage],
    mails: Mails,
    happens: Callable[[Cast], None],
    said: tuple[str, str],
) -> None:
    me = choose_mails(user=cast.ours.contributor, mails=mails)
    with scope(organization=cast.ours.organization):
        happens(cast)

    send_queued_mails()

    mine = [mail for mail in mailoutbox if mail.to == [me.email]]
    assert [mail.subject for mail in mine] == [said[0]] * (mails == Mails.AT_ONCE)
    assert all(said[1] in str(mail.body) for mail in mine)


def test_who_is_asked_to_meet_conditions_is_emailed_once_with_all_of_theirs(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    viewer, reviewer = cast.ours.people[Role.VIEWER], cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        sign_with(cast, viewer, reviewer, viewer)

    send_queued_mails()

    sent = {mail.to[0]: mail for mail in mailoutbox}
    assert len(mailoutbox) == len(sent) == 2
    assert reviewer.email not in sent
    mail = sent[viewer.email]
    assert mail.subject == "2 conditions to meet: Northgate handbook"
    asked = str(mail.body).partition("You are asked to meet these:")[2]
    first, _, second = asked.partition("\n> Test it on 30 cases.\n")
    assert "\n> Test it on 32 cases.\n" in first
    assert f"By {date_format(in_days(58), 'j F Y')}." in first
    assert "/inbox/condition/" in first
    assert "/inbox/condition/" in second


def test_nobody_is_asked_to_meet_what_is_met_by_then(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    with scope(organization=cast.ours.organization):
        sign_with(cast, cast.ours.people[Role.VIEWER])
        found = conditions.condition_of(cast.ours.submitted)
        meet_condition(condition=found, by=found.owner, words="Done.")

    send_queued_mails()

    assert [mail.to for mail in mailoutbox] == [[cast.ours.contributor.email]]


@pytest.mark.thorough
@pytest.mark.once
def test_email_leads_to_the_row_of_the_inbox(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    with scope(organization=cast.ours.organization):
        sign(cast)

    send_queued_mails()

    [mail] = mailoutbox
    [address] = [x for x in str(mail.body).splitlines() if "/inbox/" in x]
    there = client.get("/inbox/" + address.partition("/inbox/")[2])
    assert there["Location"] == f"/audits/{cast.ours.submitted.pk}/result/"


@pytest.mark.once
def test_settings_say_what_is_emailed_at_once_and_once_a_day(
    cast: Cast, client: Client
) -> None:
    page = html_of(client.get("/settings/"))

    assert all(said in page for said in AT_ONCE.values())
    assert "<li>a colleague asks you to answer</li>" in page
    assert "<li>your verdict is due for review</li>" in page
    daily = page.partition("One email at 07:00")[2].partition("</label>")[0]
    assert "with what is new and unread in your inbox" in daily
    assert "If there is nothing new, no email is sent" in daily
