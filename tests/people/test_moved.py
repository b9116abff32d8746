"""The page before the sign-in says how far the market moved, as its facts have it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audits.frameworks.loading.cases import published_cases
from audits.people.moved import Moved
from tests.pages import html_of

pytestmark = pytest.mark.once


def test_verdicts_change_with_the_market_alone() -> None:
    early, late = Moved.until(date(2023, 4, 1)), Moved.until(date(2026, 11, 29))

    assert early.cases == late.cases == len([*published_cases()])
    assert 0 <= early.changed < late.changed < late.cases
    assert early.first_window == late.first_window < late.largest_window
    assert early.first_price == late.first_price == Decimal("37.5")
    assert late.lowest_price < early.lowest_price


def test_a_later_day_takes_nothing_back() -> None:
    day = date(2026, 11, 29)

    assert Moved.until(day).changed <= Moved.until(day + timedelta(days=365)).changed


def test_page_before_the_sign_in_shows_it(db: None) -> None:
    moved = Moved.until(timezone.localdate())

    page = html_of(Client().get(reverse("home")))

    assert f">{moved.changed} of {moved.cases}<" in page
    assert f">{moved.largest_in_short}<" in page
    assert f"the most was {moved.first_window:,}" in page
    assert f">${moved.lowest_price:.2f}<" in page
    assert "a million tokens (750,000 read and 250,000 written)" in page
    assert "level; in March 2023, it was $37.50" in page
