"""The models of a portfolio that end, as the page tells them."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from audits.landscape import in_force
from audits.models import User
from audits.scoring.history.ending import EndingModels, ending_of
from audits.services.demo.sample import HEAD
from tests.casting import Cast
from tests.loaded_demo import SAMPLE
from tests.pages import html_of
from tests.time_machine.test_page import add

TODAY = date(2026, 11, 29)


def test_only_models_whose_end_is_announced_are_found_once_each() -> None:
    numbers = {
        "model": "gpt-4o-mini",
        "tuned": "gpt-4o-mini",
        "smaller": "gpt-6-luna",
        "requests": "100",
    }

    model = in_force.current().models["gpt-6-luna"]
    assert model.retires is None
    assert ending_of({"smaller": "gpt-6-luna", "model": "unheard-of"}) == ()
    found = ending_of(numbers)
    assert found == (("gpt-4o-mini", "chosen"),)


def test_models_are_in_the_order_of_their_last_days() -> None:
    known = in_force.current().models.values()
    ids = [model.id for model in known if model.retires]
    found = EndingModels(TODAY)
    for model in reversed(ids):
        found.add("1", "Case", {"model": model})

    rows = found.rows
    assert len(rows) == len(ids) > 3
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    assert all(row.sources for row in rows)
    assert {row.has_ended for row in rows} == {row.day <= TODAY for row in rows}


@pytest.mark.once
def test_page_lists_them_with_day_source_and_use_cases(db: None) -> None:
    SAMPLE.put()
    client = Client()
    client.force_login(User.objects.get(email=HEAD.email))

    page = html_of(client.get(reverse("time_machine")))

    section = page.split('id="ending"')[1].split("</section>")[0]
    broker = next(row for row in section.split("<tr>") if "Broker mail triage" in row)
    assert "GPT-4o mini" in broker
    assert re.search(r"as the base model\s+for training", broker)
    assert re.search(r"Stop(s|ped) running on\s+\d+ \w+ \d{4}", broker)
    assert 'href="https://' in broker


@pytest.mark.on_both
def test_portfolio_without_such_models_says_so(cast: Cast) -> None:
    add(cast, "Northgate")
    client = Client()
    client.force_login(cast.ours.contributor)

    page = html_of(client.get(reverse("time_machine")))

    section = page.split('id="ending"')[1].split("</section>")[0]
    assert "No end is announced of a model that these use cases name." in section
