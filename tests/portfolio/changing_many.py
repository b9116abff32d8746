"""Changes many use cases of the portfolio as a person does, page by page."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from audits.models import PortfolioRow
from tests.pages import html_of


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html_of(response)).split())


def plan(client: Client, chosen: str, **fields: str) -> str:
    """Choose use cases and what to change; return where the plan is."""
    response = client.post(reverse("change_many"), {"chosen": chosen, **fields})
    assert response.status_code == 302, words(response)
    return str(response["Location"])


def make(client: Client, there: str) -> str:
    """Make the change of a plan by its button, and return the page after it."""
    [shown] = re.findall(r'name="shown" value="(\w{64})"', html_of(client.get(there)))
    client.post(f"{there}write/", {"shown": shown})
    return words(client.get(there))


def ticked(*rows: PortfolioRow) -> str:
    return "which=ticked" + "".join(f"&case={row.use_case_id}" for row in rows)
