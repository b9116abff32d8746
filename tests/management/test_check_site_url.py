"""An address that links in mails cannot lead to is refused before anything starts."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings

from audits.checks import check_site_url


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://attune.example.org", "is the sample address"),
        ("https://example.com/", "is the sample address"),
        ("https://attune.other.eu", "has a host that ALLOWED_HOSTS does not name"),
        ("http://127.0.0.1:8000", "has a host that ALLOWED_HOSTS does not name"),
        ("attune.firm.eu", "is not an address such as https://attune.firm.eu"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(
    settings: Settings, url: str, problem: str
) -> None:
    settings.ALLOWED_HOSTS = ["attune.firm.eu"]
    settings.SITE_URL = url

    with pytest.raises(SystemCheckError) as refused:
        call_command("check", tags=["site_url"])

    assert f"SITE_URL {url} {problem}." in str(refused.value)
    assert "Set SITE_URL to the address that people open" in str(refused.value)


def test_the_sample_address_is_refused_even_if_it_is_allowed(
    settings: Settings,
) -> None:
    settings.ALLOWED_HOSTS = ["attune.example.org"]
    settings.SITE_URL = "https://attune.example.org"

    assert [error.id for error in check_site_url()] == ["site_url.E002"]


@pytest.mark.parametrize("host", ["attune.firm.eu", ".firm.eu", "*"])
def test_an_address_that_the_site_answers_to_is_taken(
    settings: Settings, host: str
) -> None:
    settings.ALLOWED_HOSTS = [host]
    settings.SITE_URL = "https://attune.firm.eu:8443"

    assert check_site_url() == []


def test_the_demo_and_a_site_that_serves_nobody_need_no_address(
    settings: Settings,
) -> None:
    settings.SITE_URL = "http://127.0.0.1:8000"
    settings.ALLOWED_HOSTS = []
    assert check_site_url() == []

    settings.ALLOWED_HOSTS = ["localhost"]
    settings.DEMO = True
    assert check_site_url() == []
