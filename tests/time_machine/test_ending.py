"""The models of a portfolio that end, as the page tells them."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import User
from audits.services.demo.sample import HEAD
from tests.casting import Cast
from tests.loaded_demo import SAMPLE
from tests.pages import html_of
from tests.time_machine.test_page import add

TODAY = date(2026, 11, 29)


@pytest.mark.thorough
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
    # Nobody read the day on the provider's own page, so it is not “confirmed”.
    assert re.search(r">Reported\s.*· 3 sources</span>", broker, re.S)
    assert "“Reported”: others name the day" in section
    assert re.search(r'small"\s*>Confirmed', page.split('id="coming"')[-1])
    cell = broker.partition('data-label="Source"')[2]
    # All ends are of one source: a phone has it once, above them.
    lead = section.partition("<table")[0]
    [source] = re.findall(r'Source of each:\s*<a href="([^"]+)"', lead)
    assert {f'href="{source}"' in row for row in section.split("<tr>")[2:]} == {True}
    assert re.search(r'<span class="hide-sm">\s*<a href="https://', cell)
    assert cell.partition('<span class="small">')[0].count('href="https://') == 1


@pytest.mark.on_both
def test_portfolio_without_such_models_says_so(cast: Cast) -> None:
    add(cast, "Northgate")
    client = Client()
    client.force_login(cast.ours.contributor)

    page = html_of(client.get(reverse("time_machine")))

    section = page.split('id="ending"')[1].split("</section>")[0]
    assert "No end is announced of a model that these use cases name." in section
    assert "“Reported”" not in section
