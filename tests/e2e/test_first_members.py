"""From an empty installation to three members with two factors and a signed paper.

Without JavaScript, with codes that are computed as an app does."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Download, Page, expect
from pytest_django import Settings

from audits.models import Audit, Membership, Organization, Role
from audits.services.people.factors.required import members_without_factor
from tests.e2e.conftest import OpenPage
from tests.people.factors import code_of
from tests.printed import Printed

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]
NAMES = ("Ada", "Grace", "Mary")
DRAFT = "Policy questions"
MOST_CLICKS, MOST_FIELDS = 38, 18


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
        page.get_by_role("link", name=link, exact=True).first.click()

    def tick(self, page: Page, box: str) -> None:
        self.clicks += 1
        page.locator("label", has_text=box).first.click()

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

    def add_app(self, page: Page) -> None:
        """Set up the second factor that comes before anything else."""
        self.press(page, "Add an app")
        expect(page.locator("h1")).to_have_text("Add an authenticator app")
        secret = page.locator("code").inner_text().replace(" ", "")
        self.enter(page, "Code", code_of(secret))
        self.press(page, "Add the app")
        self.follow(page, "I have kept them")
        expect(page).to_have_url(re.compile(reverse("use_cases") + "$"))


def password_of(name: str) -> str:
    return f"{name} likes long walks"


def link_in(mail: EmailMessage, path: str) -> str:
    found = re.search(rf"https?://\S+{path}\S*", str(mail.body))
    assert found, mail.body
    return found.group()


@pytest.fixture
def boss(
    open_page: OpenPage,
    live_server: Any,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Page:
    """The browser of who set up an installation where people make organizations."""
    settings.SITE_URL, settings.FOUNDING_ALLOWED = live_server.url, True
    # Mails leave and papers are made while somebody asks for them.
    settings.TASKS = {
        "default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}
    }
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password_of("Boss"))
    who = {"email": "boss@example.org", "name": "Boss"}
    call_command("createsuperuser", interactive=False, **who, stdout=StringIO())
    return open_page(None, reverse("home"), java_script_enabled=False)


def test_empty_installation_has_members_with_two_factors_and_a_signed_paper(
    boss: Page, open_page: OpenPage, mailoutbox: list[EmailMessage]
) -> None:
    """In few clicks, and with no other page of the back office."""
    hand = Hand()

    found(hand, boss)
    invite(hand, boss)
    require_second_factor(hand, boss)
    submit(hand, boss)
    invitations = [mail for mail in mailoutbox if "/invitation/" in str(mail.body)]
    guests = []
    for name, mail in zip(NAMES, invitations, strict=True):
        guests.append(open_page(None, reverse("home"), java_script_enabled=False))
        hand.join(guests[-1], link_in(mail, "/invitation/"), name)
        hand.add_app(guests[-1])
    sign_off(hand, guests[0])
    paper = board_paper(hand, guests[0])

    assert (hand.clicks <= MOST_CLICKS, hand.fields <= MOST_FIELDS) == (True, True)
    organization = Organization.objects.get()
    with scope(organization=organization):
        roles = Membership.objects.order_by("pk").values_list("role", flat=True)
        assert [*roles] == [Role.ADMIN, *[Role.REVIEWER] * len(NAMES)]
        assert members_without_factor(organization) == 0
        signed = Audit.objects.with_use_case().exclude(state=Audit.State.DRAFT).get()
    assert (signed.state, signed.use_case.name) == (Audit.State.SIGNED_OFF, DRAFT)
    first_page = Printed(paper.path().read_bytes()).words[0]
    assert DRAFT in first_page
    assert NAMES[0] in first_page
    print(f"{hand.clicks} clicks, {hand.fields} fields")  # noqa: T201


def found(hand: Hand, boss: Page) -> None:
    hand.clicks += 1  # to the installation
    hand.enter(boss, "Email address", "boss@example.org")
    hand.enter(boss, "Password", password_of("Boss"))
    hand.press(boss, "Sign in")
    hand.enter(boss, "Name of the organization", "Northgate Mutual")
    hand.enter(boss, "Name of your team", "Claims")
    hand.tick(boss, "Add the sample portfolio")
    hand.press(boss, "Make the organization")


def invite(hand: Hand, boss: Page) -> None:
    hand.follow(boss, "Organization")
    hand.follow(boss, "Members")
    emails = [f"{name.lower()}@example.org" for name in NAMES]
    hand.enter(boss, "Email addresses", "\n".join(emails))
    hand.clicks += 1
    boss.get_by_label("Role").select_option("reviewer")
    hand.press(boss, "Send the invitations")
    expect(boss.get_by_text("3 people are invited.")).to_be_visible()


def require_second_factor(hand: Hand, boss: Page) -> None:
    hand.follow(boss, "Sign-in")
    hand.tick(boss, "Members need a second factor")
    hand.press(boss, "Save your choice")
    hand.press(boss, "Require it, then set mine up")
    hand.add_app(boss)


def submit(hand: Hand, boss: Page) -> None:
    hand.follow(boss, DRAFT)
    hand.follow(boss, "Check and submit")
    hand.press(boss, "Submit and see the result")


def sign_off(hand: Hand, reviewer: Page) -> None:
    """Sign off what waits on the first page, with the code that was just given."""
    hand.follow(reviewer, DRAFT)
    hand.tick(reviewer, "Sign off")
    hand.press(reviewer, "Send your review")
    expect(reviewer.get_by_role("main")).to_contain_text("Signed off")


def board_paper(hand: Hand, reviewer: Page) -> Download:
    hand.press(reviewer, "Make the board paper")
    expect(reviewer.get_by_text("The paper is ready.")).to_be_visible()
    hand.clicks += 1
    with reviewer.expect_download() as started:
        reviewer.get_by_role("link", name="Download the PDF").click()
    return started.value
