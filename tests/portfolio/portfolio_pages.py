"""The portfolio page as tests read it."""

import re
from typing import cast as cast_to

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.pages import html_of


def page(client: Client, **query: str) -> str:
    response = cast_to("HttpResponse", client.get(reverse("portfolio"), query))
    assert response.status_code == 200
    return html_of(response)


def names(page: str) -> list[str]:
    """Return the names in the table of use cases, from top to bottom."""
    table = page.partition('id="table"')[2].partition('aria-labelledby="mon"')[0]
    parts = table.split('<th scope="row">')[1:]
    return [part.split("<bdi>")[1].split("</bdi>")[0] for part in parts]


def block(page: str, heading: str) -> str:
    """Return the words of a section, by the id of its heading, without its markup."""
    section = page.partition(f'aria-labelledby="{heading}"')[2].partition("</section>")
    return " ".join(re.sub(r"<[^>]+>", " ", section[0]).split())
