"""A passkey of an authenticator that Chromium plays is added, and used everywhere."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from audits.services.people.factors.factors import Factors
from tests.casting import PASSWORD, Cast

pytestmark = pytest.mark.once

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(
    browser: Browser, live_server: LiveServer, settings: Settings
) -> Iterator[Page]:
    """Return a page at localhost, as passkeys are of a name, and not of an address."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost"]
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "session", "csrf"
    context = browser.new_context(
        base_url=f"http://localhost:{urlsplit(live_server.url).port}"
    )
    yield context.new_page()
    context.close()


def enter_password(page: Page, email: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_passkey_is_added_and_opens_the_second_step_and_the_account(
    cast: Cast, page: Page
) -> None:
    person, said = cast.ours.contributor, []
    page.on("console", lambda message: said.append(message.text))
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    enter_password(page, person.email)
    page.goto(reverse("add_passkey"))
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Keep your recovery codes"
    )
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_text("Laptop", exact=True)).to_be_visible()

    page.get_by_role("button", name="Sign out everywhere").click()
    enter_password(page, person.email)
    expect(page.get_by_label("Code")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile(f"{reverse('use_cases')}$"))

    page.goto(reverse("sign_in_security"))
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile(f"{reverse('use_cases')}$"))

    page.goto(reverse("sign_in_security"))
    page.get_by_role("button", name=re.compile("Remove.*Laptop")).click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("“Laptop” is removed.")).to_be_visible()
    assert not Factors.of(person).is_there
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("button", name="Use a passkey").click()
    refused = page.get_by_text("This passkey does not open this account.")
    expect(refused).to_be_visible()
    cleared = [text for text in said if text.startswith("Clear-Site-Data")]
    assert len(cleared) == 3  # as often as somebody signed out
    assert [text for text in said if "422" not in text and text not in cleared] == []
