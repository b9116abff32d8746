"""From an empty installation to three invited members who sign in with two factors.

Without JavaScript, with codes that are computed as an app does."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect
from pytest_django import Settings

from audits.models import Membership, Organization, Role, User
from audits.services.people.factors.required import members_without_factor
from tests.e2e.conftest import OpenPage
from tests.people.factors import code_of
from tests.queued_mails import send_queued_mails

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]
NAMES = ("Ada", "Grace", "Mary")
_CONFIRM = "Confirm that it is you"
_EITHER = re.compile(f"{_CONFIRM}|Add an authenticator app")
MOST_CLICKS, MOST_FIELDS = 40, 21


class Hand:
    """Clicks and types, and counts both: what is clicked, and the fields typed into.

    Each person has an app for codes, which computes them as a phone does.
    """

    def __init__(self) -> None:
        self.clicks = self.fields = 0

    def press(self, page: Page, button: str) -> None:
        self.clicks += 1
        page.get_by_role("button", name=button).click()

    def follow(self, page: Page, link: str) -> None:
        self.clicks += 1
        page.get_by_role("link", name=link, exact=True).click()

    def tick(self, page: Page, box: str) -> None:
        self.clicks += 1
        page.locator("label", has_text=box).click()

    def enter(self, page: Page, label: str, text: str) -> None:
        self.fields += 1
        # A mark that no style shows may follow.
        page.get_by_label(re.compile(rf"^\s*{label}\W*$")).fill(text)

    def open(self, page: Page, link: str) -> None:
        """Click a link in an email or a terminal."""
        self.clicks += 1
        page.goto(link)

    def join(self, page: Page, link: str, name: str) -> None:
        self.open(page, link)
        self.enter(page, "Your name", name)
        self.enter(page, "Password", password_of(name))
        self.enter(page, "Password, once more", password_of(name))
        self.press(page, "Accept and sign in")

    def confirm(self, page: Page, name: str) -> None:
        expect(page.locator("h1")).to_have_text(_CONFIRM)
        self.enter(page, "Your password", password_of(name))
        self.press(page, "Confirm")

    def add_app(self, page: Page, name: str) -> None:
        """Set up a second factor, as the page asks for that comes first."""
        self.press(page, "Add an app")
        expect(page.locator("h1")).to_have_text(_EITHER)
        if page.locator("h1").inner_text() == _CONFIRM:
            self.confirm(page, name)
        secret = page.locator("code").inner_text().replace(" ", "")
        self.enter(page, "Code", code_of(secret))
        self.press(page, "Add the app")
        self.follow(page, "I have kept them")


def password_of(name: str) -> str:
    return f"{name} likes long walks"


def link_in(text: str) -> str:
    found = re.search(r"https?://\S+/invitation/\S+", text)
    assert found
    return found.group()


def test_empty_installation_has_three_members_with_a_second_factor_in_few_clicks(
    open_page: OpenPage,
    live_server: Any,
    mailoutbox: list[EmailMessage],
    settings: Settings,
) -> None:
    settings.SITE_URL, hand, out = live_server.url, Hand(), StringIO()
    call_command("invite", "boss@example.org", "Northgate Mutual", stdout=out)
    plain = {"java_script_enabled": False}
    boss = open_page(None, reverse("home"), **plain)

    hand.join(boss, link_in(out.getvalue()), "Boss")
    hand.follow(boss, "Sign-in")
    hand.tick(boss, "Members need a second factor")
    hand.press(boss, "Save your choice")
    hand.confirm(boss, "Boss")
    expect(boss.locator("h1")).to_have_text("Now send what you asked for")
    hand.press(boss, "Send")
    hand.add_app(boss, "Boss")
    boss.goto(live_server.url + reverse("members"))
    hand.clicks += 2  # to the organization, and to its members
    emails = [f"{name.lower()}@example.org" for name in NAMES]
    hand.enter(boss, "Email addresses", "\n".join(emails))
    hand.press(boss, "Send the invitations")
    expect(boss.get_by_text("3 people are invited.")).to_be_visible()
    send_queued_mails()
    invitations = [mail for mail in mailoutbox if "/invitation/" in str(mail.body)]
    for name, mail in zip(NAMES, invitations, strict=True):
        guest = open_page(None, reverse("home"), **plain)
        hand.join(guest, link_in(str(mail.body)), name)
        hand.add_app(guest, name)
        guest.goto(live_server.url)
        hand.clicks += 1
        expect(guest).to_have_url(re.compile(reverse("use_cases") + "$"))

    boss.reload()
    assert (hand.clicks <= MOST_CLICKS, hand.fields <= MOST_FIELDS) == (True, True)
    for name in NAMES:
        expect(boss.get_by_role("link", name=name)).to_be_visible()
    organization = Organization.objects.get()
    with scope(organization=organization):
        roles = Membership.objects.order_by("pk").values_list("role", flat=True)
        assert [*roles] == [Role.ADMIN, *[Role.CONTRIBUTOR] * 3]
        assert members_without_factor(organization) == 0
    assert User.objects.count() == len(NAMES) + 1
    print(f"{hand.clicks} clicks, {hand.fields} fields")  # noqa: T201
