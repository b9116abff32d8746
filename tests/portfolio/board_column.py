"""The portfolio as it says what the board decided: the page, its parts and the file."""

import csv
import io
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from audits.models import Audit
from tests.pages import html_of


def portfolio(client: Client, **query: str) -> str:
    return html_of(client.get(reverse("portfolio"), query))


def block(page: str, found: str, end: str = "</section>") -> str:
    """Return a part of a page, from an id to an end."""
    return " ".join(page.partition(f'id="{found}"')[2].partition(end)[0].split())


def words_of(said: str) -> str:
    return " ".join(strip_tags(said.replace("<", " <")).split())


def exported(client: Client, **query: str) -> dict[str, str]:
    """Return the row of the only signed use case that a filter lists; else nothing."""
    found: Any = client.get(reverse("portfolio_csv"), query)
    text = b"".join(found.streaming_content).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    return next((row for row in rows if row["State"] == "Signed off"), {})


def named(client: Client, audit: Audit, **query: str) -> bool:
    """Return whether a filter lists the use case of an audit in the file."""
    return exported(client, **query).get("Use case") == audit.use_case.name
