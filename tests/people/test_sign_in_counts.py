"""How attempts are counted: many at once, for a while, and nobody by name."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from audits.models import RecentCount
from audits.services.people import rate_limits
from audits.services.people.sign_in_limits import (
    TooManyAttempts,
    begin_attempt,
)
from tests.casting import Cast
from tests.people.attempts import UNKNOWN, fail, form, let_time_pass

pytestmark = pytest.mark.on_both


def attempt(address: str = "192.0.2.1") -> bool:
    try:
        begin_attempt(
            what="sign-in", account=UNKNOWN, address=address, is_known_device=False
        )
    except TooManyAttempts:
        return False
    return True


def attempt_in_a_thread(address: str) -> bool:
    try:
        return attempt(address)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_fifty_attempts_at_once_five_pass(settings: Settings) -> None:
    addresses = [f"192.0.2.{n}" for n in range(50)]

    with ThreadPoolExecutor(20) as pool:
        passed = list(pool.map(attempt_in_a_thread, addresses))

    own = rate_limits.key_of("sign-in by account", UNKNOWN)
    assert sum(passed) == 5
    assert RecentCount.objects.get(pk=own).count == 5


@pytest.mark.django_db(transaction=True)
def test_nothing_is_counted_inside_a_transaction_that_may_be_undone() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        attempt()
    assert not RecentCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_count_stays_when_the_work_after_it_breaks_off(
    settings: Settings,
) -> None:
    settings.PASSWORD_HASHERS = ["no.such.Hasher"]

    broken = Client(raise_request_exception=False).post(
        reverse("account_login"), form(UNKNOWN, "guess")
    )

    own = rate_limits.key_of("sign-in by account", UNKNOWN)
    assert broken.status_code == 500
    assert RecentCount.objects.get(pk=own).count == 1


def test_counts_that_are_over_are_forgotten(cast: Cast) -> None:
    fail(UNKNOWN, 1)
    RecentCount.objects.create(key="new", ends_at=timezone.now() + timedelta(hours=1))
    let_time_pass(0)
    assert rate_limits.forget_old() == 0
    RecentCount.objects.exclude(key="new").update(ends_at=timezone.now())

    assert rate_limits.forget_old() == 2
    assert RecentCount.objects.get().key == "new"


def test_no_address_is_stored(cast: Cast) -> None:
    fail(cast.ours.contributor.email, 1, address="203.0.113.77")

    for row in RecentCount.objects.values_list():
        assert "203.0.113" not in str(row)
        assert "northgate" not in str(row)
