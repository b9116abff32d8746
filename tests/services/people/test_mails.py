"""The mail to a colleague who is asked."""

import logging
from typing import Any

import pytest
from django.conf import settings as in_use
from django.core.mail import EmailMessage
from django.urls import reverse
from django_scopes import scope
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from audits.models import AnswerRequest, Role, UseCase
from audits.services.answers.answer_requests import ask_colleague
from tests.casting import Cast

INJECTION = "Triage\r\nBcc: all@example.org\u2028X-Spam: no\x0bX: y"


@pytest.fixture
def outbox(mailoutbox: list[EmailMessage], settings: Settings) -> list[EmailMessage]:
    settings.SITE_URL = "https://attune.example.org"
    return mailoutbox


def ask(
    cast: Cast,
    commit: DjangoCaptureOnCommitCallbacks,
    execute: bool = True,
    **what: Any,
) -> AnswerRequest:
    tenant = cast.ours
    given: dict[str, Any] = {
        "section": "cost",
        "of": tenant.people[Role.ADMIN],
    } | what
    with scope(organization=tenant.organization), commit(execute=execute):
        return ask_colleague(audit=tenant.draft, by=tenant.contributor, **given)


def test_mail_says_who_asks_what_and_where_to_answer(
    cast: Cast,
    outbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ask(
        cast,
        django_capture_on_commit_callbacks,
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
    ]


def test_mail_about_a_section_leads_to_the_section(
    cast: Cast,
    outbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ask(cast, django_capture_on_commit_callbacks)

    (mail,) = outbox
    path = reverse("section", args=[cast.ours.draft.pk, "cost"])
    assert f"\nhttps://attune.example.org{path}\n" in mail.body
    assert "asks you to answer a section" in mail.body
    assert "Question:" not in mail.body
    assert "writes:" not in mail.body


def test_no_mail_before_the_ask_is_sure_and_none_for_the_same_again(
    cast: Cast,
    outbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ask(cast, django_capture_on_commit_callbacks, execute=False)
    assert outbox == []

    ask(cast, django_capture_on_commit_callbacks, message="Again")

    assert outbox == []


def test_names_and_message_put_nothing_into_the_head(
    cast: Cast,
    outbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    tenant = cast.ours
    tenant.contributor.name = INJECTION
    tenant.contributor.save()
    with scope(organization=tenant.organization):
        UseCase.objects.filter(pk=tenant.draft.use_case_id).update(name=INJECTION)

    ask(cast, django_capture_on_commit_callbacks, message=INJECTION)

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


def test_name_in_other_letters_travels_whole(
    cast: Cast,
    outbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    name = "Schadensprüfung für Pferde 🐴 und 保険金の請求 " + "ü" * 30
    with scope(organization=cast.ours.organization):
        UseCase.objects.filter(pk=cast.ours.draft.use_case_id).update(name=name)

    ask(cast, django_capture_on_commit_callbacks)

    (mail,) = outbox
    assert mail.message()["Subject"] == f"Answer needed: {name}"
    head = mail.message().as_bytes().split(b"\n\n")[0]
    assert max(len(line) for line in head.splitlines()) < 200


@pytest.mark.parametrize("backend", ["Refusing", "Disconnecting", "Faulty"])
def test_ask_stands_when_the_mail_fails(
    cast: Cast,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    backend: str,
) -> None:
    settings.MAILERS = {
        "default": {"BACKEND": f"tests.discussion.broken_mail.{backend}Backend"}
    }

    with caplog.at_level(logging.ERROR):
        made = ask(cast, django_capture_on_commit_callbacks)

    with scope(organization=cast.ours.organization):
        assert AnswerRequest.objects.get(pk=made.pk).is_open
    assert made.mail_failed == (backend != "Faulty")
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert caplog.records[0].exc_info
