"""The email with what is new in an inbox: what it says, when it comes, and to whom."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from audits.discussion.tasks import queue_digests
from audits.models import (
    AnswerRequest,
    Comment,
    Mails,
    Membership,
    PortfolioRow,
    Role,
    User,
)
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.discussion.comments import add_comment
from audits.services.people.people import choose_mails
from tests.casting import CANARY, Cast, Tenant
from tests.queued_mails import send_queued_mails

SITE = "https://attune.example.org"


@pytest.fixture
def outbox(mailoutbox: list[EmailMessage], settings: Settings) -> list[EmailMessage]:
    settings.SITE_URL = SITE
    return mailoutbox


def daily(person: User, mails: Mails = Mails.DAILY) -> User:
    """Let a person choose a digest two days ago; the next one is due."""
    choose_mails(user=person, mails=mails, now=timezone.now() - timedelta(days=2))
    return person


def next_day() -> None:
    """Let the digests of another day or week be due."""
    last = timezone.localdate() - timedelta(days=8)
    User.objects.exclude(mailed_on=None).update(mailed_on=last)


def comment(tenant: Tenant, text: str = "Who counted them?", minutes: int = 60) -> None:
    at = timezone.now() - timedelta(minutes=minutes)
    with scope(organization=tenant.organization):
        made = add_comment(
            audit=tenant.draft,
            by=tenant.people[Role.REVIEWER],
            question="eval",
            text=text,
        )
        Comment.objects.filter(pk=made.pk).update(at=at)


def send() -> None:
    queue_digests()
    send_queued_mails()


@pytest.mark.thorough
@pytest.mark.once
def test_digest_names_what_is_new_by_use_case_the_latest_first(
    cast: Cast, outbox: list[EmailMessage]
) -> None:
    tenant = cast.ours
    reviewer = daily(tenant.people[Role.REVIEWER])
    hour = timezone.now() - timedelta(hours=1)
    with scope(organization=tenant.organization):
        asked = ask_colleague(
            audit=tenant.draft,
            by=tenant.contributor,
            of=reviewer,
            section="cost",
            message="By Friday.\n\nIf <you> can & may",
        )
        before = AnswerRequest.objects.exclude(pk=asked.pk).get()
        AnswerRequest.objects.filter(pk=asked.pk).update(at=hour)
        AnswerRequest.objects.filter(pk=before.pk).update(
            at=hour - timedelta(minutes=9)
        )
        PortfolioRow.objects.update(submitted_at=hour - timedelta(minutes=5))
    moments = [
        timezone.localtime(hour - timedelta(minutes=minutes)) for minutes in (0, 9, 5)
    ]
    first, second, third = (f"{at.day} {at:%B %Y, %H:%M %Z}" for at in moments)

    send()

    (mail,) = outbox
    assert mail.subject == "3 things are new in Attune"
    assert mail.to == ["reviewer@northgate.example"]
    assert mail.message().get_content_type() == "text/plain"
    assert mail.body.splitlines() == [
        "3 things are new in Attune. Unread in your inbox, the latest first:",
        "",
        "Northgate triage (UC-0001)",
        "",
        "- Cost and speed: A whole section, about 3 minutes · asked by "
        f"Northgate contributor, on {first}",
        "  > By Friday.",
        "  > ",
        "  > If <you> can & may",
        f"  {SITE}{reverse('notice', args=['asked', asked.pk])}",
        "",
        "- The job and the fault: A whole section, about 6 minutes · asked by "
        f"Northgate contributor, on {second}",
        "  > Northgate waits for it",
        f"  {SITE}{reverse('notice', args=['asked', before.pk])}",
        "",
        "Northgate handbook (UC-0002)",
        "",
        "- To review: Northgate contributor submitted the answers for review, "
        f"on {third}",
        f"  {SITE}{reverse('notice', args=['to-review', tenant.submitted.pk])}",
        "",
        f"Your whole inbox: {SITE}/inbox/",
        "",
        "Choose how often Attune emails you:",
        f"{SITE}/settings/",
    ]


@pytest.mark.thorough
def test_housekeeping_sends_each_line_once_and_nothing_if_nothing_is_new(
    cast: Cast, outbox: list[EmailMessage], capsys: pytest.CaptureFixture[str]
) -> None:
    daily(cast.ours.contributor)
    comment(cast.ours)

    call_command("housekeeping")
    call_command("housekeeping")
    send_queued_mails()
    next_day()
    send()

    assert [mail.subject for mail in outbox] == ["1 thing is new in Attune"]
    assert capsys.readouterr().out.count("Digests of inboxes queued: 1") == 1

    comment(cast.ours, "And how many?", minutes=2)
    User.objects.update(mailed_until=timezone.now() - timedelta(minutes=3))
    next_day()
    send()

    assert len(outbox) == 2
    assert "And how many?" in str(outbox[1].body)
    assert "Who counted them?" not in str(outbox[1].body)


@pytest.mark.on_both
def test_two_workers_at_once_send_one_digest(
    cast: Cast, outbox: list[EmailMessage]
) -> None:
    daily(cast.ours.contributor)
    comment(cast.ours)
    queue_digests()
    [waiting] = DBTaskResult.objects.all()

    waiting.task.call(*waiting.args_kwargs["args"])
    waiting.task.call(*waiting.args_kwargs["args"])

    assert len(outbox) == 1
    assert "@" not in str(waiting.args_kwargs)


@pytest.mark.thorough
def test_digest_that_no_worker_made_is_in_the_next(
    cast: Cast, outbox: list[EmailMessage]
) -> None:
    daily(cast.ours.contributor)
    comment(cast.ours)
    queue_digests()
    DBTaskResult.objects.all().delete()

    send()
    assert outbox == []
    next_day()
    send()

    assert len(outbox) == 1


@pytest.mark.parametrize(("backend", "later"), [("Refusing", 1), ("Disconnecting", 0)])
def test_what_was_surely_not_sent_is_in_the_next_digest(
    cast: Cast,
    outbox: list[EmailMessage],
    settings: Settings,
    backend: str,
    later: int,
) -> None:
    daily(cast.ours.contributor)
    comment(cast.ours)
    working, settings.MAILERS = (
        settings.MAILERS,
        {"default": {"BACKEND": f"tests.discussion.broken_mail.{backend}Backend"}},
    )

    send()
    settings.MAILERS = working
    send()
    assert outbox == []
    next_day()
    send()

    assert len(outbox) == later


@pytest.mark.thorough
def test_what_was_read_or_is_too_new_is_left_out(
    cast: Cast, outbox: list[EmailMessage], client: Client
) -> None:
    daily(cast.ours.contributor)
    comment(cast.ours, "Read already")
    client.post(reverse("read_inbox"), {"until": timezone.now().isoformat()})
    comment(cast.ours, "Still being written", minutes=0)

    send()

    assert outbox == []


@pytest.mark.thorough
def test_choice_begins_with_what_happens_from_then_on(
    cast: Cast, outbox: list[EmailMessage]
) -> None:
    comment(cast.ours)
    person = choose_mails(user=cast.ours.contributor, mails=Mails.DAILY)

    send()
    next_day()
    send()
    assert outbox == []

    until = timezone.now() - timedelta(days=3)
    User.objects.filter(pk=person.pk).update(mailed_until=until)
    person.refresh_from_db()
    choose_mails(user=person, mails=Mails.WEEKLY)
    next_day()
    send()

    assert len(outbox) == 1


@pytest.mark.parametrize("mails", [Mails.AT_ONCE, Mails.NONE])
@pytest.mark.on_both
def test_who_chose_no_digest_gets_none(
    cast: Cast, outbox: list[EmailMessage], mails: Mails
) -> None:
    person = daily(cast.ours.contributor)
    comment(cast.ours)
    queue_digests()
    choose_mails(user=person, mails=mails)
    send_queued_mails()
    next_day()
    send()

    assert outbox == []


@pytest.mark.on_both
def test_digest_shows_nothing_that_its_reader_may_not_see_any_more(
    cast: Cast, outbox: list[EmailMessage]
) -> None:
    ours, theirs = cast.ours, cast.theirs
    for tenant in (ours, theirs):
        with scopes_disabled():
            AnswerRequest.objects.update(at=timezone.now() - timedelta(hours=1))
        for person in tenant.people.values():
            daily(person)
        comment(tenant)
    queue_digests()
    with scopes_disabled():
        members = Membership.objects.filter(organization=ours.organization)
        members.filter(user=ours.contributor).delete()
        members.filter(user=ours.people[Role.REVIEWER]).update(role=Role.VIEWER)
        User.objects.filter(pk=theirs.people[Role.REVIEWER].pk).update(is_active=False)

    send_queued_mails()

    sent = {mail.to[0]: f"{mail.subject} {mail.body}" for mail in outbox}
    assert "contributor@northgate.example" not in sent
    assert "reviewer@northgate.example" not in sent
    assert "reviewer@zanzibar.example" not in sent
    assert "Who counted them?" in sent["contributor@zanzibar.example"]
    ours_sent = [text for to, text in sent.items() if to.endswith("@northgate.example")]
    assert not any(CANARY in text for text in ours_sent)


@pytest.mark.thorough
@pytest.mark.once
def test_person_who_moved_reads_only_of_where_they_work(
    cast: Cast, outbox: list[EmailMessage]
) -> None:
    person = daily(cast.ours.contributor)
    comment(cast.ours)
    queue_digests()
    with scopes_disabled():
        Membership.objects.filter(user=person).update(
            organization=cast.theirs.organization, role=Role.ADMIN
        )
        PortfolioRow.objects.filter(organization=cast.theirs.organization).update(
            submitted_at=timezone.now() - timedelta(hours=1)
        )

    send_queued_mails()

    (mail,) = outbox
    assert "Northgate triage" not in str(mail.body)
    assert f"{CANARY} handbook" in str(mail.body)


@pytest.mark.once
def test_long_inbox_is_cut_and_says_so(cast: Cast, outbox: list[EmailMessage]) -> None:
    daily(cast.ours.contributor)
    for number in range(51):
        comment(cast.ours, f"Number {number}", minutes=120 - number)

    send()

    (mail,) = outbox
    assert mail.subject == "More than 50 things are new in Attune"
    assert str(mail.body).count("/inbox/commented/") == 50
    assert "> Number 50\n" in str(mail.body)
    assert "> Number 0\n" not in str(mail.body)
    assert "These are the 50 latest. Your inbox has all others." in str(mail.body)
