"""The slider over the quarters: where it stands, and what it asks for."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from audits.time_machine.slider import slider_at
from tests.casting import Cast
from tests.pages import html_of
from tests.time_machine.test_page import add

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "at"),
    [
        (date(2022, 1, 1), "2022-01-01"),
        (date(2022, 12, 1), "2022-10-01"),
        (date(2026, 10, 1), "2026-10-01"),
        (date(2026, 11, 23), "2026-10-01"),
        (TODAY, "2026-11-24"),
        (date(2027, 6, 1), "2026-11-24"),
    ],
)
def test_slider_stands_at_the_quarter_of_a_day(day: date, at: str) -> None:
    slider = slider_at(day, TODAY)

    days = slider.days.split(" ")
    assert days[slider.place] == at
    assert (slider.day, len(days)) == (day, slider.last + 1)
    assert days == sorted(days)


def test_first_day_of_a_quarter_has_no_second_place_as_today() -> None:
    assert slider_at(TODAY, date(2026, 10, 1)).days.split(" ")[-2:] == [
        "2026-07-01",
        "2026-10-01",
    ]


def test_moving_the_slider_gets_the_page_of_that_day(cast: Cast) -> None:
    add(cast, "Northgate")
    client = Client()
    client.force_login(cast.ours.contributor)
    headers = {"HX-Request": "true", "HX-Target": "told"}

    given = {"on": "2024-07-01"}
    moved = html_of(client.get(reverse("time_machine"), given, headers=headers))

    assert 'id="told"' in moved
    assert "of 1 July 2024" in moved.split('id="travel-head"')[1].split("</p>")[0]
