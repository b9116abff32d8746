"""The page before the sign-in says how far the market moved, as its facts have it."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django import Settings

from audits.frameworks.loading.cases import published_cases
from audits.frameworks.loading.loader import current
from audits.people.moved import Moved
from audits.services.demo.demo import DEMO_PEOPLE
from audits.services.demo.sample import SAMPLE_PEOPLE
from tests.pages import html_of

pytestmark = pytest.mark.once


def test_verdicts_change_with_the_market_alone() -> None:
    early, late = Moved.until(date(2023, 4, 1)), Moved.until(date(2026, 11, 29))

    assert early.cases == late.cases == len([*published_cases()])
    assert 0 <= early.changed < late.changed < late.cases


def test_a_later_day_takes_nothing_back() -> None:
    day = date(2026, 11, 29)

    assert Moved.until(day).changed <= Moved.until(day + timedelta(days=365)).changed


# What a newcomer reads before they are in; it had 443.
MOST_WORDS = 221


def test_demo_is_entered_after_half_as_many_words(db: None, settings: Settings) -> None:
    settings.DEMO = True

    main = html_of(Client().get(reverse("home"))).partition("<main")[2]

    shown = re.sub(r"</summary>.*?</details>", "", main.partition("</main>")[0])
    assert len(strip_tags(shown).split()) <= MOST_WORDS
    assert {reverse("method"), reverse("demo_sign_in")} <= {
        *re.findall(r'(?:href|action)="([^"]*)"', shown)
    }
    # People of both organizations have the same roles: a door says of which it is.
    doors = re.findall(r"<strong>([^<]*)</strong><span[^>]*>([^<]*)</span>", shown)
    assert len(doors) == len({*doors}) == len(DEMO_PEOPLE) + len(SAMPLE_PEOPLE)


def test_page_before_the_sign_in_shows_it(db: None) -> None:
    moved = Moved.until(timezone.localdate())

    page = html_of(Client().get(reverse("home")))

    assert f">{moved.changed} of {moved.cases}<" in page
    named = page.partition('id="verdicts"')[2]
    words = current().verdicts.values()
    assert re.findall(r"<span>([^<]+)</span>", named)[: len(words)] == [
        each.name for each in words
    ]
