"""Whose account is guessed at is told by mail."""

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from tests.casting import Cast
from tests.people.attempts import UNKNOWN, fail, let_time_pass


@pytest.mark.usefixtures("mails_at_once")
def test_owner_is_told_by_mail_once_and_what_to_do(
    cast: Cast, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.SITE_URL = "https://attune.example.org"
    person = cast.ours.contributor
    fail(person.email, 4)
    assert mailoutbox == []
    fail(person.email, 1)
    for seconds in (31, 61, 121):
        let_time_pass(seconds)
        fail(person.email, 1)

    [mail] = mailoutbox
    assert mail.to == [person.email]
    assert mail.subject == "Someone tried to sign in to your Attune account"
    assert "https://attune.example.org/password/reset/" in mail.body
    assert "nobody has got in" in mail.body
    let_time_pass(6 * 3600)
    fail(person.email, 1)
    assert len(mailoutbox) == 2


@pytest.mark.usefixtures("mails_at_once")
def test_failures_of_nobody_send_nothing(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    fail(UNKNOWN, 5)

    assert mailoutbox == []
