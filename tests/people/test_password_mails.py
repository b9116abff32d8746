"""The link to a new password: who gets it, how often, and what asking for it tells."""

import re

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from audits.models import User
from audits.people.tasks import send_link_to_reset
from tests.casting import Cast
from tests.pages import html_of
from tests.people.attempts import (
    UNKNOWN,
    WAIT,
    enter,
    fail,
    told,
)


@pytest.mark.usefixtures("mails_at_once")
def test_new_password_by_mail_lets_its_owner_in_at_once(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    email, device, new = cast.ours.contributor.email, Client(), "a new horse battery"
    fail(email, 6)
    device.post(reverse("account_reset_password"), {"email": email})
    found = re.search(r"(/password/reset/key/\S+)", str(mailoutbox[-1].body))
    assert found
    page = device.get(found.group(), follow=True)
    device.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

    assert enter(device, email, new) == "/use-cases/"
    assert enter(Client(), email, new).startswith("Too many attempts.")


@pytest.mark.usefixtures("mails_at_once")
def test_links_in_mails_lead_to_this_site_wherever_it_was_asked_for(
    cast: Cast, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://attune.example.org", ["*"]

    for email in (cast.ours.contributor.email, UNKNOWN):
        Client().post(
            reverse("account_reset_password"),
            {"email": email},
            headers={"Host": "evil.example:6666"},
        )

    links = re.findall(r"https?://[^/\s]+", " ".join(str(m.body) for m in mailoutbox))
    assert set(links) == {"https://attune.example.org"}


@pytest.mark.usefixtures("mails_at_once")
@pytest.mark.parametrize("known", [True, False])
def test_links_to_reset_wait_alike_for_known_and_unknown(
    cast: Cast, mailoutbox: list[EmailMessage], known: bool
) -> None:
    email = cast.ours.contributor.email if known else UNKNOWN
    asked = [
        Client().post(reverse("account_reset_password"), {"email": email})
        for _ in range(6)
    ]

    assert [page.status_code for page in asked] == [302] * 5 + [200]
    text = told(html_of(asked[5]))
    assert WAIT in text
    assert f'value="{email}"' in text
    assert len(mailoutbox) == (5 if known else 0)


@pytest.mark.usefixtures("mails_at_once")
def test_mail_server_that_is_away_is_for_the_log_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", away)
    known = {"email": cast.ours.contributor.email}

    answer = Client().post(reverse("account_reset_password"), known)

    assert answer.status_code == 302
    assert "The mail to reset the password of" in caplog.text
    assert cast.ours.contributor.email not in caplog.text


def test_asking_takes_the_same_steps_whoever_it_is_and_sends_nothing_itself(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    User.objects.create_user("closed@example.org", "x", name="Closed", is_active=False)
    people = (cast.ours.contributor.email, UNKNOWN, "closed@example.org")

    steps = [
        steps_of_asking(email, f"192.0.2.{n}") for n, email in enumerate(people, 1)
    ]

    assert mailoutbox == []
    assert len(steps[0]) > 1
    assert steps == [steps[0]] * 3
    tasks = DBTaskResult.objects.filter(
        task_path="audits.people.tasks.send_link_to_reset"
    )
    assert tasks.count() == 3
    assert "@" not in str(list(tasks.values_list("args_kwargs")))


def steps_of_asking(email: str, address: str) -> list[str]:
    """Ask for a link; return what was asked of the database, without the values."""
    with CaptureQueriesContext(connection) as queries:
        answer = Client().post(
            reverse("account_reset_password"), {"email": email}, REMOTE_ADDR=address
        )
    assert answer["Location"] == reverse("account_reset_password_done")
    values = r"""'[^']*'|\b\d+\b|"s\d+_x\d+\""""
    return [re.sub(values, "?", query["sql"]) for query in queries.captured_queries]


def test_worker_writes_to_no_account_that_is_closed_by_then(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    person = cast.ours.contributor
    send_link_to_reset.call(person.pk)
    person.is_active = False
    person.save(update_fields=["is_active"])

    send_link_to_reset.call(person.pk)
    send_link_to_reset.call(None)

    assert [mail.to for mail in mailoutbox] == [[person.email]]
