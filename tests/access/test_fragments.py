"""What a page asks for in pieces has the rights of the page, and no others."""

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.access.actors import let_be
from tests.access.rows.row import ACTORS, SIGN_IN, Row, ids_in
from tests.access.rows.rows import ROWS
from tests.access.test_permissions import REFUSED, _named, _send, _undone
from tests.casting import Cast

HTMX = {"HX-Request": "true"}


def test_fragment_is_refused_to_whom_its_page_is_refused(cast: Cast) -> None:
    """A visitor, and of the others who are refused the one with the most rights."""
    asked = [
        (row, actor)
        for row in ROWS
        for actor in ("anonymous", _most_rights_refused(row))
        if actor and row.outcomes[ACTORS.index(actor)] in REFUSED
    ]
    told = []

    for row, actor in asked:
        client = Client(raise_request_exception=False, headers=HTMX)
        with _undone():
            let_be(client, cast, actor)
            name, kwargs = row.url
            url = reverse(name, kwargs=ids_in(cast.ours, kwargs))
            told.append((_named(row), actor, _told(_send(client, row.method, url))))

    assert len(asked) > len(ROWS)
    outcomes = [row.outcomes[ACTORS.index(actor)] for row, actor in asked]
    assert [
        (*each, said)
        for each, said in zip(told, outcomes, strict=True)
        if each[-1] != said
    ] == []


def _most_rights_refused(row: Row) -> str | None:
    """Return the last of the table that is refused; a program asks for no fragment."""
    refused = (
        actor
        for actor, outcome in zip(ACTORS, row.outcomes, strict=True)
        if outcome in REFUSED and actor not in {"anonymous", "program"}
    )
    return max(refused, key=ACTORS.index, default=None)


def _told(response: HttpResponseBase) -> int | str:
    """Return an outcome: a part of a page leads to the sign-in by a header, or 401."""
    leads = response.get("HX-Redirect") or response.get("Location", "")
    if leads.startswith(reverse("account_login")) or response.status_code == 401:
        return SIGN_IN
    return response.status_code
