"""Every route × every actor, with the refusals written out.

A route without a row fails the build, and so does a row without a route.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse

from audits.models import Role, Session
from audits.people.tasks import send_link_to_reset
from tests.access.actors import let_be
from tests.access.files import FILES, SAYS_NOTHING, is_a_file
from tests.access.routes import UNNAMED
from tests.access.routes import routes as all_routes
from tests.access.rows.row import ACTORS, SIGN_IN, Row, ids_in
from tests.access.rows.rows import GROUPS, ROWS
from tests.casting import CANARY, PASSWORD, Cast
from tests.examples import all_but
from tests.pages import html_of
from tests.signed_in import sign_in

on_both = pytest.mark.on_both
REFUSED = {SIGN_IN, 403, 404}


def _asks_both_databases(row: Row) -> str:
    """Return the one who sends the statements of a route to PostgreSQL too.

    What an actor may do is decided in Python, after the same statements for each of
    them. So it is somebody for whom the rest of the page is read: the contributor,
    whose work most rows are, if that one is let in, and if nobody is, the stranger.
    """
    let_in = [
        actor
        for actor, outcome in zip(ACTORS, row.outcomes, strict=True)
        if outcome not in REFUSED
    ]
    return max(let_in, key=lambda a: a == Role.CONTRIBUTOR, default="stranger")


def _named(row: Row) -> str:
    return f"{row.method} {row.url[0]}"


def _takes_it_alone(row: Row) -> bool:
    """Return whether a row writes, so that PostgreSQL is asked for it by its own test.

    To take it back would need a savepoint, and its statements were not those of use.
    """
    return row.method != "GET"


@pytest.mark.parametrize("rows", GROUPS.values(), ids=GROUPS)
@on_both
def test_pages_answer_one_who_is_let_in_as_the_table_says(
    cast: Cast, rows: tuple[Row, ...]
) -> None:
    """And each file that a member is sent is one of `tests/access/files.py`."""
    reading = [row for row in rows if not _takes_it_alone(row)]

    answers = [ask(cast, _asks_both_databases(row), row) for row in reading]

    told = [(row.url[0], _told(a)) for row, a in zip(reading, answers, strict=True)]
    assert told == [(row.url[0], _outcome_of_both(row)) for row in reading]
    sent = {
        row.url[0]
        for row, answer in zip(reading, answers, strict=True)
        if row.outcomes[0] == SIGN_IN and answer.status_code == 200
        if is_a_file(answer)
    }
    assert sent == {row.url[0] for row in reading} & {*FILES, *SAYS_NOTHING}


@pytest.mark.parametrize("row", [r for r in ROWS if _takes_it_alone(r)], ids=_named)
@on_both
def test_form_answers_one_who_is_let_in_as_the_table_says(cast: Cast, row: Row) -> None:
    assert _told(ask(cast, _asks_both_databases(row), row)) == _outcome_of_both(row)


# What these ask depends on the role, so PostgreSQL is asked by each role. Most other
# statements of pages are sent there by the administrator, who may open them all.
_OF_A_ROLE = {"demo_sign_in", "import_upload", "inbox", "use_cases"}


@pytest.mark.parametrize("actor", [r for r in Role if r != Role.ADMIN])
@on_both
def test_pages_that_ask_by_role_answer_as_the_table_says(
    cast: Cast, actor: str
) -> None:
    assert_answers(cast, actor, [r for r in ROWS if r.url[0] in _OF_A_ROLE])


@pytest.mark.parametrize(
    "actor", [pytest.param(a, marks=on_both if a == Role.ADMIN else ()) for a in ACTORS]
)
def test_routes_answer_an_actor_as_the_table_says(cast: Cast, actor: str) -> None:
    """But where a test of both databases or of foreign ids asks the same."""
    asks_by_role = actor in Role.values and actor != Role.ADMIN
    asked = [
        row
        for row in ROWS
        if actor != _asks_both_databases(row)
        and not (actor == "stranger" and row in OF_AN_ID)
        and not (asks_by_role and row.url[0] in _OF_A_ROLE)
    ]
    assert_answers(cast, actor, asked)


def assert_answers(cast: Cast, actor: str, asked: Sequence[Row]) -> None:
    told, client = [], Client(raise_request_exception=False)
    if actor == "program":
        let_be(client, cast, actor)  # with one token for all

    for row in asked:
        with _undone():
            told.append((_named(row), _told(ask(cast, actor, row, client))))

    outcomes = [row.outcomes[ACTORS.index(actor)] for row in asked]
    assert told == [*zip(map(_named, asked), outcomes, strict=True)]


def _outcome_of_both(row: Row) -> int | str:
    return row.outcomes[ACTORS.index(_asks_both_databases(row))]


def _told(response: HttpResponseBase) -> int | str:
    """Return an outcome, as the table says it."""
    to_sign_in, location = reverse("account_login"), response.get("Location", "")
    if response.status_code == 302 and location.startswith(to_sign_in):
        if location.startswith(f"{to_sign_in}?next="):
            return SIGN_IN
        return location.partition("%3F")[0]  # a held form has another name each time
    return response.status_code


@contextmanager
def _undone() -> Iterator[None]:
    """Take back what a request writes, so that the next actor finds what it found."""
    block = transaction.atomic()
    # As that of a test, so that a transaction of our code may be the outermost inside.
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)
    cache.clear()


# The other keys are no ids of an organization's objects.
_OTHER_KEYS = {"uidb36", "check_id", "case_id", "link", "directory_id"}
OF_AN_ID = [row for row in ROWS if row.url[1] and not _OTHER_KEYS & {*row.url[1]}]


OTHER_ROLES = [each for each in Role if each != Role.CONTRIBUTOR]


@on_both
def test_foreign_id_answers_as_an_unknown_one(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    sign_in(client, cast.theirs.contributor)
    nowhere = _body(client.get("/nowhere/"))

    for row in OF_AN_ID:
        name, kwargs = row.url
        ours = ids_in(cast.ours, kwargs)
        unknown = {
            key: value if ours[key] == value else str(uuid4())
            for key, value in kwargs.items()
        }
        for ids in (ours, unknown):
            answer = _send(client, row.method, reverse(name, kwargs=ids))

            assert answer.status_code == 404, (_named(row), ids)
            assert _body(answer) == nowhere, (_named(row), ids)


# What the contributor and the administrator are refused, nobody between them finds.
@pytest.mark.parametrize("role", all_but(OTHER_ROLES, [Role.ADMIN]))
def test_foreign_id_answers_every_other_role_as_no_address_does(
    cast: Cast, role: Role
) -> None:
    """The administrator is the stranger of the table."""
    client = Client(raise_request_exception=False)
    sign_in(client, cast.theirs.people[role])
    nowhere = _body(client.get("/nowhere/"))

    for row in OF_AN_ID:
        name, kwargs = row.url
        url = reverse(name, kwargs=ids_in(cast.ours, kwargs))
        answer = _send(client, row.method, url)

        assert answer.status_code == 404, _named(row)
        assert _body(answer) == nowhere, _named(row)


def test_table_gives_a_stranger_nothing_of_an_id() -> None:
    assert {row.outcomes[ACTORS.index("stranger")] for row in OF_AN_ID} == {404}


def test_nothing_is_kept_for_a_visitor(cast: Cast) -> None:
    """Every route, by GET and by a POST with a file; where visitors may, by words."""
    client = Client(raise_request_exception=False)
    let_in = {row.url[0] for row in ROWS if row.outcomes[0] not in REFUSED}
    routes = [row.url for row in ROWS] + [
        route
        for route in all_routes(get_resolver())
        if route[0].startswith("admin:") and not route[0].endswith(UNNAMED)
    ]
    asked = {reverse(n, kwargs=ids_in(cast.ours, kwargs)): n for n, kwargs in routes}

    for url, name in asked.items():
        form = {
            "words": "x" * 1000,
            "login": cast.unassigned.email,
            "password": "guess",
        }
        client.get(url)
        if name in let_in or name.startswith("admin:"):
            client.post(url, form)
        client.post(url, {**form, "file": io.BytesIO(b"a file"), "held": "words=x"})

        assert not Session.objects.exists(), url
        assert settings.SESSION_COOKIE_NAME not in client.cookies, url


def test_nothing_is_kept_for_who_resets_a_password_or_has_a_closed_account(
    cast: Cast,
) -> None:
    client, person = Client(), cast.ours.contributor
    client.post(reverse("account_reset_password"), {"email": person.email})
    send_link_to_reset.call(person.pk)
    [link] = re.findall(
        r"https?://[^/]+(/password/reset/key/\S+)", str(mail.outbox[0].body)
    )

    page = client.get(link, follow=True)
    client.post(link, {"password1": "short", "password2": "short"})
    person.is_active = False
    person.save(update_fields=["is_active"])
    form = {"login": person.email, "password": PASSWORD}
    client.post(reverse("account_login"), form)
    client.post(reverse("sign_in_again"), form)

    assert "Set a new password" in html_of(page)
    assert not Session.objects.exists()


def test_every_route_is_asked_on_both_databases_by_one_who_is_let_in() -> None:
    for row in ROWS:
        outcome = row.outcomes[ACTORS.index(_asks_both_databases(row))]
        assert outcome not in REFUSED or REFUSED.issuperset(row.outcomes), row


def test_every_route_has_a_row() -> None:
    routes = {name for name, _ in all_routes(get_resolver()) if ":" not in name}

    assert routes == {row.url[0] for row in ROWS}


def ask(
    cast: Cast, actor: str, row: Row, client: Client | None = None
) -> HttpResponseBase:
    """Ask for our page; who is of ours reads no word of the other organization."""
    client = client or Client(raise_request_exception=False)
    let_be(client, cast, actor)
    name, kwargs = row.url

    response = _send(
        client, row.method, reverse(name, kwargs=ids_in(cast.ours, kwargs))
    )

    if actor in Role.values:
        assert CANARY.encode() not in getattr(response, "content", b""), row
    return response


def _send(client: Client, method: str, url: str) -> HttpResponseBase:
    return client.post(url) if method == "POST" else client.generic(method, url)


def _body(response: HttpResponseBase) -> bytes:
    """Return the page without the tokens that differ each time."""
    content: bytes = getattr(response, "content", b"")
    return b"\n".join(
        line for line in content.splitlines() if b"csrfmiddlewaretoken" not in line
    )
