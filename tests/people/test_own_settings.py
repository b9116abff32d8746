"""The page on which a person chooses how often Attune emails them."""

from datetime import UTC, date, datetime

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audits.models import Mails, Role, User
from audits.services.people.people import choose_mails, digest_day
from tests.casting import Cast
from tests.pages import html_of

SETTINGS = "/settings/"


def checked(client: Client) -> list[str]:
    tags = html_of(client.get(SETTINGS)).split("<input")
    checked = [tag for tag in tags if " checked>" in tag]
    return [mails for mails in Mails.values for tag in checked if f'"{mails}"' in tag]


def test_person_chooses_and_only_their_own_choice_changes(
    cast: Cast, client: Client
) -> None:
    assert checked(client) == ["at-once"]

    response = client.post(SETTINGS, {"mails": "weekly"})

    assert response["Location"] == SETTINGS
    assert "Your choice is saved." in html_of(client.get(SETTINGS))
    assert checked(client) == ["weekly"]
    others = User.objects.exclude(pk=cast.ours.contributor.pk)
    assert {*others.values_list("mails", flat=True)} == {"at-once"}


def test_demo_says_what_it_does_not_ask_for(
    cast: Cast, client: Client, settings: Settings
) -> None:
    person, browser, told = cast.ours.contributor, Client(), []
    person.set_unusable_password()
    person.save()
    browser.force_login(person)

    for settings.DEMO in (False, True):
        told.append(html_of(browser.get(reverse("sign_in_security"))))

    assert "stolen password" not in told[0]
    assert "A passkey signs you in without a password." in told[0]
    said = "Who enters the demo as a person is asked for no password"
    assert [said in page for page in told] == [False, True]


@pytest.mark.once
def test_unknown_choice_is_refused(cast: Cast, client: Client) -> None:
    response = client.post(SETTINGS, {"mails": "hourly"})

    page = html_of(response)
    assert response.status_code == 422
    assert "<title>Error: Your settings – Attune</title>" in page
    assert 'href="#id_mails"' in page
    assert checked(client) == ["at-once"]


@pytest.mark.thorough
@pytest.mark.once
def test_every_page_leads_to_the_settings(cast: Cast, client: Client) -> None:
    for page in (reverse("use_cases"), reverse("inbox")):
        assert f'href="{SETTINGS}"' in html_of(client.get(page))


@pytest.mark.once
@pytest.mark.usefixtures("mails_at_once")
def test_link_for_a_new_password_comes_to_who_wants_no_emails(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    person = choose_mails(user=cast.ours.people[Role.ADMIN], mails=Mails.NONE)

    Client().post(reverse("account_reset_password"), {"email": person.email})

    assert [mail.to for mail in mailoutbox] == [[person.email]]


@pytest.mark.once
@pytest.mark.parametrize(
    ("mails", "hour", "day"),
    [
        ("daily", 6, date(2026, 12, 1)),
        ("daily", 7, date(2026, 12, 2)),
        ("weekly", 7, date(2026, 11, 30)),
    ],
)
def test_digest_is_due_from_seven_and_a_weekly_one_from_monday(
    mails: str, hour: int, day: date
) -> None:
    wednesday = datetime(2026, 12, 2, hour, tzinfo=UTC)

    assert digest_day(mails, wednesday) == day
