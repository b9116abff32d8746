"""Whose attempts count together: those of one network address, as proxies saw it."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as in_use
from django.test import Client
from pytest_django import Settings

from audits.models import RecentCount
from audits.services.people import rate_limits
from tests.casting import PASSWORD, Cast
from tests.people.attempts import (
    UNKNOWN,
    WAIT,
    WRONG,
    enter,
    fail,
)


@pytest.mark.thorough
def test_address_waits_whatever_the_accounts(cast: Cast, settings: Settings) -> None:
    settings.SIGN_IN_TRIES_PER_ADDRESS = 3

    said = [fail(f"{n}@example.org", 1)[0] for n in range(4)]

    assert said == [WRONG] * 3 + [WAIT]
    assert fail("5@example.org", 1, address="203.0.113.10") == [WRONG]


@pytest.mark.thorough
def test_sign_ins_that_succeed_count_for_no_address(
    cast: Cast, settings: Settings
) -> None:
    settings.SIGN_IN_TRIES_PER_ADDRESS = 3

    for _ in range(6):
        assert enter(Client(), cast.ours.contributor.email, PASSWORD) == "/use-cases/"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "10.0.0.1"),
        (1, "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        (2, "1.2.3.4, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, "", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "198.51.100.1:4711", "198.51.100.1"),
        (1, "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_address_is_the_one_our_proxies_saw(
    cast: Cast, settings: Settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    settings.SIGN_IN_TRIES_PER_ADDRESS = 1

    enter(
        Client(),
        UNKNOWN,
        "guess",
        REMOTE_ADDR="10.0.0.1",
        HTTP_X_FORWARDED_FOR=forwarded,
    )

    counted = rate_limits.key_of("sign-in by address", address)
    assert RecentCount.objects.get(pk=counted).count == 1


def test_forged_header_gives_no_further_attempts(
    cast: Cast, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES, settings.SIGN_IN_TRIES_PER_ADDRESS = 1, 3

    said = [
        enter(
            Client(),
            f"{n}@example.org",
            "guess",
            HTTP_X_FORWARDED_FOR=f"192.0.2.{n}, 198.51.100.7",
        )
        for n in range(4)
    ]

    assert said == [WRONG] * 3 + [WAIT]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("given", "proxies"),
    [
        ({}, "0"),
        ({"BEHIND_PROXY": "true"}, "1"),
        ({"BEHIND_PROXY": "true", "TRUSTED_PROXIES": "0"}, "0"),
        ({"BEHIND_PROXY": "true", "TRUSTED_PROXIES": "2"}, "2"),
        ({"TRUSTED_PROXIES": "-1"}, "Give a whole number, such as 0."),
    ],
)
def test_number_of_proxies_is_read_from_the_environment(
    given: dict[str, str], proxies: str
) -> None:
    environment = {"SECRET_KEY": in_use.SECRET_KEY, "DATABASE_URL": "sqlite://"}

    done = subprocess.run(
        [sys.executable, "-c", "import config.settings as s;print(s.TRUSTED_PROXIES)"],
        cwd=Path(in_use.BASE_DIR),
        env=environment | given,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout or done.stderr).strip().endswith(proxies)
