"""What is emailed at once is what the settings say, and a part of the inbox."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django_scopes import scope

from audits.models import Mails, NoticeKind, Role
from audits.services.answers.answers import save_answers
from audits.services.discussion.answer_requests import ask_colleague, close_ask
from audits.services.people.mail_kinds import AT_ONCE
from audits.services.people.people import choose_mails
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.pages import html_of
from tests.queued_mails import send_queued_mails


def sign(cast: Cast, outcome: str = "approved") -> None:
    audit = cast.ours.submitted
    audit.refresh_from_db()
    review_audit(
        audit=audit,
        by=cast.ours.people[Role.REVIEWER],
        outcome=outcome,
        words="Until June.",
        submission=submission_of(audit),
    )


def sign_with_conditions(cast: Cast) -> None:
    sign(cast, "conditions")


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


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (answer, ("Answered: Northgate triage", "admin has answered “Speed needed”.")),
        (close, ("Not answered: Northgate triage", "request without an answer.")),
        (sign, ("Signed off: Northgate handbook", "> Until June.")),
        (
            sign_with_conditions,
            (
                "Signed off, with conditions: Northgate handbook",
                "signed off the verdict, with conditions.",
            ),
        ),
    ],
)
@pytest.mark.parametrize("mails", [Mails.AT_ONCE, Mails.DAILY, Mails.NONE])
def test_answer_and_sign_off_come_at_once_to_who_wants_that(
    cast: Cast,
    mailoutbox: list[EmailMessage],
    happens: Callable[[Cast], None],
    said: tuple[str, str],
    mails: Mails,
) -> None:
    me = choose_mails(user=cast.ours.contributor, mails=mails)
    with scope(organization=cast.ours.organization):
        happens(cast)

    send_queued_mails()

    mine = [mail for mail in mailoutbox if mail.to == [me.email]]
    assert [mail.subject for mail in mine] == [said[0]] * (mails == Mails.AT_ONCE)
    assert all(said[1] in str(mail.body) for mail in mine)


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
def test_settings_name_each_kind_of_the_inbox(cast: Cast, client: Client) -> None:
    page = html_of(client.get("/settings/"))

    assert all(said in page for said in AT_ONCE.values())
    assert "asks you to answer, answers or closes what you asked" in page
    listed = page.partition("unread in your inbox")[2].partition("</label>")[0]
    assert all(kind.label.lower() in listed for kind in NoticeKind)
