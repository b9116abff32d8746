"""From an empty installation to three invited members, without JavaScript."""

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
from tests.e2e.conftest import OpenPage
from tests.queued_mails import send_queued_mails

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]
NAMES = ("Ada", "Grace", "Mary")
MOST_CLICKS = 40


class Hand:
    """Clicks and types, and counts: one click for each field, choice and button."""

    def __init__(self) -> None:
        self.clicks = 0

    def press(self, page: Page, button: str) -> None:
        self.clicks += 1
        page.get_by_role("button", name=button).click()

    def enter(self, page: Page, label: str, text: str) -> None:
        self.clicks += 1
        # A mark that no style shows may follow.
        page.get_by_label(re.compile(rf"^\s*{label}\W*$")).fill(text)

    def open(self, page: Page, link: str) -> None:
        """Click a link in an email or a terminal."""
        self.clicks += 1
        page.goto(link)

    def join(self, page: Page, link: str, name: str) -> None:
        self.open(page, link)
        self.enter(page, "Your name", name)
        self.enter(page, "Password", f"{name} likes long walks")
        self.enter(page, "Password, once more", f"{name} likes long walks")
        self.press(page, "Accept and sign in")


def link_in(text: str) -> str:
    found = re.search(r"https?://\S+/invitation/\S+", text)
    assert found
    return found.group()


def test_empty_installation_has_three_invited_members_in_few_clicks(
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
    emails = [f"{name.lower()}@example.org" for name in NAMES]
    hand.enter(boss, "Email addresses", "\n".join(emails))
    hand.press(boss, "Send the invitations")
    expect(boss.get_by_text("3 people are invited.")).to_be_visible()
    send_queued_mails()
    for name, mail in zip(NAMES, mailoutbox, strict=True):
        guest = open_page(None, reverse("home"), **plain)
        hand.join(guest, link_in(str(mail.body)), name)
        expect(guest).to_have_url(re.compile(reverse("use_cases") + "$"))

    boss.reload()
    assert hand.clicks <= MOST_CLICKS
    for name in NAMES:
        expect(boss.get_by_role("link", name=name)).to_be_visible()
    organization = Organization.objects.get()
    with scope(organization=organization):
        roles = Membership.objects.order_by("pk").values_list("role", flat=True)
        assert [*roles] == [Role.ADMIN, *[Role.CONTRIBUTOR] * 3]
    assert User.objects.count() == len(NAMES) + 1
    print(f"{hand.clicks} clicks")  # noqa: T201
