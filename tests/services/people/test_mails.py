"""The mail to a colleague who is asked."""

import logging
from typing import Any

import pytest
from django.conf import settings as in_use
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django_scopes import scope
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from audits.models import AnswerRequest, Mails, Membership, Role, UseCase, User
from audits.services.answers.evidence import add_link, remove_evidence
from audits.services.discussion.answer_requests import ask_colleague, close_ask
from audits.services.people.people import choose_mails
from tests.casting import Cast
from tests.queued_mails import send_queued_mails

ENDING = (
    "",
    "Choose how often Attune emails you:",
    "https://attune.example.org/settings/",
)
INJECTION = "Triage\r\nBcc: all@example.org\u2028X-Spam: no\x0bX: y"


@pytest.fixture
def outbox(mailoutbox: list[EmailMessage], settings: Settings) -> list[EmailMessage]:
    settings.SITE_URL = "https://attune.example.org"
    return mailoutbox


def ask(
    cast: Cast,
    *,
    send: bool = True,
    **what: Any,
) -> AnswerRequest:
    tenant = cast.ours
    given: dict[str, Any] = {
        "section": "cost",
        "of": tenant.people[Role.ADMIN],
    } | what
    with scope(organization=tenant.organization):
        made = ask_colleague(audit=tenant.draft, by=tenant.contributor, **given)
    if send:
        send_queued_mails()
    return made


@pytest.mark.once
def test_mail_says_who_asks_what_and_where_to_answer(
    cast: Cast,
    outbox: list[EmailMessage],
) -> None:
    ask(
        cast,
        question="latency",
        message="By Friday.\n\nThen it is too late.",
    )

    (mail,) = outbox
    draft = cast.ours.draft.pk
    assert mail.subject == "Answer needed: Northgate triage"
    assert mail.to == ["admin@northgate.example"]
    assert mail.reply_to == ["contributor@northgate.example"]
    assert mail.from_email == in_use.DEFAULT_FROM_EMAIL
    assert mail.message().get_content_type() == "text/plain"
    site = "https://attune.example.org"
    assert mail.body.splitlines() == [
        "Northgate contributor asks you to answer one question about an AI use case.",
        "",
        "Use case: Northgate triage (UC-0001)",
        "Section: Cost and speed",
        "Question: How quickly must the answer, or its first words, arrive?",
        "",
        "Northgate contributor writes:",
        "> By Friday.",
        "> ",
        "> Then it is too late.",
        "",
        "Answer it here:",
        f"{site}/audits/{draft}/questions/latency/",
        "",
        f"All your open requests: {site}{reverse('inbox')}",
        "If you reply to this email, your reply goes to Northgate contributor.",
        *ENDING,
    ]


@pytest.mark.once
def test_mail_about_a_section_leads_to_the_section(
    cast: Cast,
    outbox: list[EmailMessage],
) -> None:
    ask(cast)

    (mail,) = outbox
    path = reverse("section", args=[cast.ours.draft.pk, "cost"])
    assert f"\nhttps://attune.example.org{path}\n" in mail.body
    assert "asks you to answer a section" in mail.body
    assert "Question:" not in mail.body
    assert "writes:" not in mail.body


@pytest.mark.on_both
def test_ask_itself_sends_nothing_and_only_one_mail_is_queued_for_the_same(
    cast: Cast, outbox: list[EmailMessage]
) -> None:
    ask(cast, send=False)
    assert outbox == []

    ask(cast, message="Again")

    assert len(outbox) == 1


@pytest.mark.on_both
def test_ask_that_is_undone_sends_no_mail(
    cast: Cast, outbox: list[EmailMessage]
) -> None:
    with transaction.atomic():
        ask(cast, send=False)
        transaction.set_rollback(True)

    send_queued_mails()

    assert outbox == []


@pytest.mark.parametrize("mails", [Mails.DAILY, Mails.WEEKLY, Mails.NONE])
@pytest.mark.on_both
def test_only_what_no_digest_has_is_sent_at_once_to_who_chose_another_way(
    cast: Cast, outbox: list[EmailMessage], mails: Mails
) -> None:
    tenant, admin = cast.ours, cast.ours.people[Role.ADMIN]
    choose_mails(user=admin, mails=mails)
    with scope(organization=tenant.organization):
        link = add_link(
            audit=tenant.draft,
            by=admin,
            question="goal",
            link="https://example.org/run",
            name="Run of 12 May",
        )
        remove_evidence(evidence=link, by=tenant.contributor)

    made = ask(cast)

    assert not made.mail_failed
    said = [] if mails == Mails.NONE else ["Evidence removed: Northgate triage"]
    assert [mail.subject for mail in outbox] == said


@pytest.mark.parametrize("how", ["closed", "inactive", "left"])
def test_mail_that_has_become_needless_is_not_sent(
    cast: Cast, outbox: list[EmailMessage], how: str
) -> None:
    made = ask(cast, send=False)
    with scope(organization=cast.ours.organization):
        if how == "closed":
            close_ask(ask=made, by=made.by)
        elif how == "inactive":
            User.objects.filter(pk=made.of_id).update(is_active=False)
        else:
            Membership.objects.filter(user=made.of_id).delete()

    send_queued_mails()

    assert outbox == []


def test_task_of_a_mail_names_nobody(cast: Cast) -> None:
    ask(cast, send=False, message="By Friday")

    [waiting] = DBTaskResult.objects.all()

    assert "@" not in str(waiting.args_kwargs)
    assert "Friday" not in str(waiting.args_kwargs)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.CONTRIBUTOR])
def test_who_added_a_link_is_told_that_somebody_else_removed_it(
    cast: Cast, outbox: list[EmailMessage], role: Role
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        link = add_link(
            audit=tenant.draft,
            by=tenant.contributor,
            question="goal",
            link="https://example.org/run",
            name="Run of 12 May",
        )
        remove_evidence(evidence=link, by=tenant.people[role])

    send_queued_mails()

    if role == Role.CONTRIBUTOR:
        assert outbox == []
        return
    (mail,) = outbox
    assert mail.subject == "Evidence removed: Northgate triage"
    assert mail.to == ["contributor@northgate.example"]
    assert mail.reply_to == ["admin@northgate.example"]
    page = reverse("add_evidence", args=[tenant.draft.pk, "goal"])
    assert mail.body.splitlines() == [
        "Northgate admin has removed a link that you added.",
        "",
        "Use case: Northgate triage (UC-0001)",
        "Removed: Run of 12 May",
        "",
        "See what else is behind the answer:",
        f"https://attune.example.org{page}",
        "",
        "If you reply to this email, your reply goes to Northgate admin.",
        *ENDING,
    ]


@pytest.mark.once
def test_names_and_message_put_nothing_into_the_head(
    cast: Cast,
    outbox: list[EmailMessage],
) -> None:
    tenant = cast.ours
    tenant.contributor.name = INJECTION
    tenant.contributor.save()
    with scope(organization=tenant.organization):
        UseCase.objects.filter(pk=tenant.draft.use_case_id).update(name=INJECTION)

    ask(cast, message=INJECTION)

    (mail,) = outbox
    sent = mail.message()
    assert sent["Subject"] == (
        "Answer needed: Triage Bcc: all@example.org X-Spam: noX: y"
    )
    assert {name for name, _ in sent.items()} == {
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
        "Subject",
        "From",
        "To",
        "Reply-To",
        "Date",
        "Message-ID",
    }
    assert mail.recipients() == ["admin@northgate.example"]
    assert "> Bcc: all@example.org\n> X-Spam: noX: y\n" in mail.body


@pytest.mark.once
def test_name_in_other_letters_travels_whole(
    cast: Cast,
    outbox: list[EmailMessage],
) -> None:
    name = "Schadensprüfung für Pferde 🐴 und 保険金の請求 " + "ü" * 30
    with scope(organization=cast.ours.organization):
        UseCase.objects.filter(pk=cast.ours.draft.use_case_id).update(name=name)

    ask(cast)

    (mail,) = outbox
    assert mail.message()["Subject"] == f"Answer needed: {name}"
    head = mail.message().as_bytes().split(b"\n\n")[0]
    assert max(len(line) for line in head.splitlines()) < 200


@pytest.mark.parametrize("backend", ["Refusing", "Disconnecting"])
@pytest.mark.on_both
def test_ask_stands_and_says_so_when_the_mail_fails(
    cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture, backend: str
) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": f"tests.discussion.broken_mail.{backend}Backend"}
    }

    with caplog.at_level(logging.ERROR):
        made = ask(cast)

    with scope(organization=cast.ours.organization):
        made.refresh_from_db()
    assert made.is_open
    assert made.mail_failed
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert caplog.records[0].exc_info


def test_fault_of_a_mail_is_for_the_worker_and_the_ask_stands(
    cast: Cast, settings: Settings
) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": "tests.discussion.broken_mail.FaultyBackend"}
    }
    made = ask(cast, send=False)

    with pytest.raises(ValueError, match="A fault of its own"):
        send_queued_mails()

    with scope(organization=cast.ours.organization):
        made.refresh_from_db()
    assert made.is_open
