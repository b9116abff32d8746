"""The list of keys has those that work for who reads it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.casting import Cast
from tests.pages import html_of

pytestmark = pytest.mark.once


def keys(client: Client) -> tuple[list[str], str]:
    page = html_of(client.get(reverse("words")))
    told = page.partition('id="keys"')[2]
    listed = [part.partition("<")[0] for part in told.split("<dt><kbd>")[1:]]
    return listed, page


@pytest.mark.parametrize("signed_in", [True, False])
def test_search_is_a_key_where_a_page_leads_to_it(
    cast: Cast, client: Client, signed_in: bool
) -> None:
    listed, page = keys(client if signed_in else Client())

    assert listed == (["/", "?"] if signed_in else ["?"])
    assert ('id="search-link"' in page) == signed_in
    assert 'id="keys-link"' in page
