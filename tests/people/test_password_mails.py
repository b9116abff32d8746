"""The link to a new password: who gets it, how often, and what asking for it tells."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.forms import UserTokenForm
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scopes_disabled
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from audits.models import Event, User
from audits.people.forms import NewPasswordForm, UsedLink
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
from tests.people.factors import with_app


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


def path_of_link(person: User) -> str:
    key = UserTokenForm.token_generator.make_token(person)
    return reverse(
        "account_reset_password_from_key", args=[user_pk_to_url_str(person), key]
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.on_both
def test_link_to_reset_works_once_also_for_posts_at_the_same_time(cast: Cast) -> None:
    person, new = cast.ours.contributor, [f"a new horse battery {n}" for n in range(4)]
    path = path_of_link(person)

    def post(password: str) -> tuple[int, bool]:
        fields = {"password1": password, "password2": password}
        try:
            answer = Client().post(path, fields)
            return answer.status_code, "This link has been used" in html_of(answer)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(new)) as pool:
        answers = list(pool.map(post, new))

    assert sorted(answers) == [(200, True)] * 3 + [(302, False)]
    person.refresh_from_db()
    [set_by] = [n for n, answer in enumerate(answers) if answer[0] == 302]
    assert person.check_password(new[set_by])
    with scopes_disabled():
        assert Event.objects.filter(verb="person.password_reset").count() == 1


def test_of_two_forms_that_read_one_link_the_second_saves_nothing(cast: Cast) -> None:
    person = cast.ours.contributor
    key = UserTokenForm.token_generator.make_token(person)
    new = ["a new horse battery 1", "a new horse battery 2"]
    first, second = (
        NewPasswordForm(
            {"password1": each, "password2": each},
            user=User.objects.get(pk=person.pk),
            temp_key=key,
        )
        for each in new
    )
    assert first.is_valid()
    assert second.is_valid()

    first.save()
    with pytest.raises(UsedLink):
        second.save()

    person.refresh_from_db()
    assert person.check_password(new[0])


def test_link_that_is_used_or_wrong_asks_for_no_password(cast: Cast) -> None:
    path, new = path_of_link(cast.ours.contributor), "a new horse battery"
    fields = {"password1": new, "password2": new}
    asked = html_of(Client().get(path))
    Client().post(path, fields)

    used = [Client().get(path), Client().post(path, fields)]

    assert asked.count('type="password"') == 2
    for page in map(html_of, used):
        assert "This link has been used or is too old" in page
        assert "Send a new link" in page
        assert "password1" not in page
        assert "Set the password" not in page


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


def test_new_password_by_mail_opens_nothing_without_the_second_factor(
    cast: Cast,
) -> None:
    person, client, new = cast.ours.contributor, Client(), "a new horse battery"
    with_app(person)
    path = path_of_link(person)

    client.post(path, {"password1": new, "password2": new})

    assert client.get(reverse("use_cases")).status_code == 302
    form = {"login": person.email, "password": new}
    entered = client.post(reverse("account_login"), form)
    assert entered["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("use_cases")).status_code == 302
