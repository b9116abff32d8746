"""Every file that a member is sent is written in the record first, and is limited.

The files are found among the rows: what is sent is no page.
"""

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Event, Role
from tests.access.rows.row import ACTORS, SIGN_IN, Row, ids_in
from tests.access.rows.rows import ROWS
from tests.casting import Cast
from tests.signed_in import sign_in

FOR_MEMBERS = [
    row
    for row in ROWS
    if row.method == "GET" and row.outcomes[0] == SIGN_IN and 200 in row.outcomes
]
# Some of them: a file that is taken for a page would be let through.
FILES = {
    *("portfolio_csv", "portfolio_json", "result_json", "action_kit", "paper_file"),
    "experiment_file",
}
# It is the same for everybody.
SAYS_NOTHING = {"import_template"}


def asked(client: Client, row: Row, cast: Cast) -> HttpResponseBase:
    name, kwargs = row.url
    response = client.get(reverse(name, kwargs=ids_in(cast.ours, kwargs)))
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
    actor = ACTORS[len(ACTORS) - 1 - row.outcomes[::-1].index(200)]
    sign_in(client, cast.ours.people[Role(actor)])
    before = lines(cast)

    response = asked(client, row, cast)

    if is_a_file(response) and name not in SAYS_NOTHING:
        assert lines(cast) == before + 1
        assert asked(client, row, cast).status_code == 429
    else:
        assert name not in FILES
