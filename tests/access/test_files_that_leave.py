"""Every file that a member is sent is written in the record first, and is limited.

The files are found among the rows: what is sent is no page.
"""

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django_scopes import scope
from pytest_django import Settings

from audits.models import Event
from tests.access.files import FILES, address_of, who_may
from tests.access.rows.row import SIGN_IN, Row
from tests.access.rows.rows import ROWS
from tests.casting import Cast
from tests.signed_in import sign_in

FOR_MEMBERS = [
    row
    for row in ROWS
    if row.method == "GET" and row.outcomes[0] == SIGN_IN and 200 in row.outcomes
]
# It is the same for everybody.
SAYS_NOTHING = {"import_template"}


def asked(client: Client, row: Row, cast: Cast) -> HttpResponseBase:
    response = client.get(address_of(row, cast.ours))
    response.getvalue()
    return response


def is_a_file(response: HttpResponseBase) -> bool:
    is_attached = response.get("Content-Disposition", "").startswith("attachment")
    return is_attached or not response["Content-Type"].startswith("text/html")


def lines(cast: Cast) -> int:
    with scope(organization=cast.ours.organization):
        return Event.objects.count()


@pytest.mark.parametrize("row", FOR_MEMBERS, ids=lambda row: row.url[0])
def test_what_leaves_has_a_line_and_a_limit(
    cast: Cast, settings: Settings, row: Row
) -> None:
    settings.EXPORTS_PER_HOUR = settings.DOWNLOADS_PER_HOUR = 1
    client, name = Client(), row.url[0]
    sign_in(client, cast.ours.people[who_may(row)])
    before = lines(cast)

    response = asked(client, row, cast)

    if is_a_file(response) and name not in SAYS_NOTHING:
        assert name in FILES
        assert lines(cast) == before + 1
        assert asked(client, row, cast).status_code == 429
    else:
        assert name not in FILES
