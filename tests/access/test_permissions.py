"""Every route × every actor, with the refusals written out.

A route without a row fails the build, and so does a row without a route.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audits.models import Role, User
from tests.casting import Cast

ACTORS = ("anonymous", "unassigned", "stranger", *Role)
SIGN_IN = "sign in"
UNNAMED = "(a route without a name)"


@dataclass(frozen=True)
class Row:
    """What each actor gets, in the order of ACTORS; a number or SIGN_IN."""

    method: str
    url: tuple[str, dict[str, str]]
    outcomes: tuple[int | str, ...]


def row(method: str, name: str, *outcomes: int | str, **kwargs: str) -> Row:
    assert len(outcomes) == len(ACTORS), name
    return Row(method, (name, kwargs), outcomes)


# anonymous, unassigned, stranger, viewer, contributor, reviewer, admin
ROWS = (
    row("GET", "home", 200, 302, 302, 302, 302, 302, 302),
    row("GET", "livez", 200, 200, 200, 200, 200, 200, 200),
    row("POST", "choose_theme", 302, 302, 302, 302, 302, 302, 302),
    row("POST", "demo_sign_in", 404, 404, 404, 404, 404, 404, 404),
    row("GET", "account_login", 200, 302, 302, 302, 302, 302, 302),
    row("POST", "account_logout", 302, 302, 302, 302, 302, 302, 302),
    row("GET", "account_signup", 200, 302, 302, 302, 302, 302, 302),
    row("GET", "account_change_password", SIGN_IN, 200, 200, 200, 200, 200, 200),
    row("GET", "account_set_password", SIGN_IN, 302, 302, 302, 302, 302, 302),
    row("GET", "account_inactive", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "account_reset_password", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "account_reset_password_done", 200, 200, 200, 200, 200, 200, 200),
    row(
        "GET",
        "account_reset_password_from_key",
        *(200, 200, 200, 200, 200, 200, 200),
        uidb36="1",
        key="no-such-key",
    ),
    row("GET", "account_reset_password_from_key_done", *(200,) * 7),
    row("GET", "method", 200, 200, 200, 200, 200, 200, 200),
    row("GET", "verify", 200, 200, 200, 200, 200, 200, 200),
    row("POST", "verify", 422, 422, 422, 422, 422, 422, 422),
    row("GET", "import_upload", SIGN_IN, 403, 200, 403, 200, 200, 200),
    row("POST", "import_upload", SIGN_IN, 403, 422, 403, 422, 422, 422),
    row("GET", "import_template", SIGN_IN, 403, 200, 200, 200, 200, 200),
    *(
        row(method, name, SIGN_IN, 403, 404, 403, *(outcome,) * 3, import_id="import")
        for method, name, outcome in (
            ("GET", "import", 200),
            ("POST", "import", 422),
            ("POST", "import_write", 302),
            ("GET", "import_report", 200),
        )
    ),
    row("GET", "use_cases", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("GET", "register", SIGN_IN, 403, 200, 403, 200, 200, 200),
    row("GET", "portfolio", SIGN_IN, 403, 200, 200, 200, 200, 200),
    *(
        row("GET", name, SIGN_IN, 403, 200, 200, 200, 200, 200)
        for name in (
            *("teams", "portfolio_csv", "portfolio_json", "portfolio_xlsx"),
            *("saved_views", "calendars"),
        )
    ),
    row("GET", "team", SIGN_IN, 403, 404, 200, 200, 200, 200, team_id="team"),
    # Without a name.
    row("POST", "saved_views", SIGN_IN, 403, 422, 422, 422, 422, 422),
    row("POST", "calendars", SIGN_IN, 403, 302, 302, 302, 302, 302),
    # They are the contributor's.
    row(
        "POST",
        "remove_saved_view",
        *(SIGN_IN, 403, 404, 404, 302, 404, 404),
        view_id="view",
    ),
    row(
        "POST",
        "remove_calendar",
        *(SIGN_IN, 403, 404, 404, 302, 404, 404),
        feed_id="feed",
    ),
    # Who has the key needs no more (tests/portfolio/test_calendars.py).
    row("GET", "calendar_feed", *(404,) * 7, key="no-such-key"),
    row("GET", "time_machine", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("POST", "rescore", SIGN_IN, 403, 302, 302, 302, 302, 302),
    row(
        "POST",
        "cancel_rescore",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        rescore_id="rescore",
    ),
    row("GET", "resume", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row(
        "GET",
        "section",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
        section_id="purpose",
    ),
    row(
        "POST",
        "section",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        audit_id="draft",
        section_id="purpose",
    ),
    row("GET", "tasks", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("GET", "quick", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "quick", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row(
        "GET",
        "section_check",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
        section_id="purpose",
    ),
    row(
        "GET",
        "question",
        *(SIGN_IN, 403, 404, 403, 200, 200, 200),
        audit_id="draft",
        question_id="goal",
    ),
    row(
        "POST",
        "question",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        audit_id="draft",
        question_id="goal",
    ),
    row("GET", "numbers", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "numbers", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "tokens", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("GET", "conflicts", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "settle", SIGN_IN, 403, 404, 403, 302, 404, 404, version_id="version"),
    row("POST", "restore", SIGN_IN, 403, 404, 403, 302, 302, 302, version_id="version"),
    row("POST", "layout", SIGN_IN, 403, 302, 302, 302, 302, 302),
    row("GET", "sign_in_again", *(200,) * 7),
    row("GET", "check", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "submit", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "reopen", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="submitted"),
    row("GET", "result", SIGN_IN, 403, 404, 200, 200, 200, 200, audit_id="submitted"),
    *(
        row("GET", name, SIGN_IN, 403, 404, 200, 200, 200, 200, audit_id="submitted")
        for name in ("result_json", "action_kit")
    ),
    row(
        "POST",
        "request_paper",
        *(SIGN_IN, 403, 404, 302, 302, 302, 302),
        audit_id="submitted",
    ),
    row("GET", "packs", SIGN_IN, 403, 200, 200, 200, 200, 200),
    # Each gets the pack of their own organisation.
    row("POST", "packs", SIGN_IN, 403, 302, 302, 302, 302, 302),
    row("GET", "pack", SIGN_IN, 403, 404, 200, 200, 200, 200, pack_id="pack"),
    row("GET", "pack_file", SIGN_IN, 403, 404, 200, 200, 200, 200, pack_id="pack"),
    # The contributor asked for it.
    row("POST", "cancel_pack", SIGN_IN, 403, 404, 403, 302, 302, 302, pack_id="pack"),
    row("GET", "cover", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="submitted"),
    row("POST", "cover", SIGN_IN, 403, 404, 403, 422, 422, 422, audit_id="submitted"),
    # The contributor submitted it.
    row("GET", "review", SIGN_IN, 403, 404, 403, 403, 200, 200, audit_id="submitted"),
    row("POST", "review", SIGN_IN, 403, 404, 403, 403, 422, 422, audit_id="submitted"),
    row("GET", "xrays", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("GET", "xray", SIGN_IN, 403, 200, 200, 200, 200, 200, check_id="stale"),
    row("GET", "impact", SIGN_IN, 403, 200, 403, 403, 403, 200),
    row("POST", "impact", SIGN_IN, 403, 422, 403, 403, 403, 422),
    row("POST", "again", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="submitted"),
    row("GET", "discard", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("POST", "discard", SIGN_IN, 403, 404, 403, 302, 302, 302, audit_id="draft"),
    row("GET", "paper", SIGN_IN, 403, 404, 200, 200, 200, 200, report_id="report"),
    row(
        "POST",
        "add_comment",
        *(SIGN_IN, 403, 404, 403, 422, 422, 422),
        audit_id="draft",
        question="goal",
    ),
    row(
        "POST",
        "resolve_comment",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        comment_id="comment",
    ),
    row("GET", "ask", SIGN_IN, 403, 404, 403, 200, 200, 200, audit_id="draft"),
    row("POST", "ask", SIGN_IN, 403, 404, 403, 422, 422, 422, audit_id="draft"),
    # The contributor asked the reviewer.
    row("POST", "close_ask", SIGN_IN, 403, 404, 403, 302, 302, 403, ask_id="ask"),
    row("GET", "inbox", SIGN_IN, 403, 200, 200, 200, 200, 200),
    row("GET", "paper_file", SIGN_IN, 403, 404, 200, 200, 200, 200, report_id="report"),
    row(
        "GET",
        "add_evidence",
        *(SIGN_IN, 403, 404, 200, 200, 200, 200),
        audit_id="draft",
        question="quality_gap",
    ),
    row(
        "POST",
        "add_evidence",
        *(SIGN_IN, 403, 404, 403, 422, 422, 422),
        audit_id="draft",
        question="quality_gap",
    ),
    row(
        "GET",
        "evidence_file",
        *(SIGN_IN, 403, 404, 200, 200, 200, 200),
        evidence_id="evidence",
    ),
    row(
        "POST",
        "remove_evidence",
        *(SIGN_IN, 403, 404, 403, 302, 302, 302),
        evidence_id="evidence",
    ),
)
CASES = [
    pytest.param(r, actor, outcome, id=f"{r.method} {r.url[0]} {actor}")
    for r in ROWS
    for actor, outcome in zip(ACTORS, r.outcomes, strict=True)
]


@pytest.mark.parametrize(("row", "actor", "outcome"), CASES)
def test_route_answers_actor_as_the_table_says(
    cast: Cast, row: Row, actor: str, outcome: int | str
) -> None:
    name, kwargs = row.url
    url = reverse(name, kwargs=_ids(cast, kwargs))

    response = ask(cast, actor, row.method, url)

    if outcome == SIGN_IN:
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login") + "?next=")
    else:
        assert response.status_code == outcome
        assert not response.get("Location", "").startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r.url[1]], ids=lambda r: f"{r.method} {r.url[0]}"
)
@pytest.mark.parametrize("role", list(Role))
def test_foreign_id_answers_as_an_unknown_one(cast: Cast, row: Row, role: Role) -> None:
    name, kwargs = row.url
    if "uidb36" in kwargs or "check_id" in kwargs:
        pytest.skip("its key is no id of an organisation's object")
    unknown = {
        key: value if _ids(cast, kwargs)[key] == value else _unknown(key)
        for key, value in kwargs.items()
    }
    client = Client(raise_request_exception=False)
    client.force_login(cast.theirs.people[role])

    foreign = _send(client, row.method, reverse(name, kwargs=_ids(cast, kwargs)))
    missing = _send(client, row.method, reverse(name, kwargs=unknown))

    assert foreign.status_code == missing.status_code == 404
    assert _body(foreign) == _body(missing)


def test_every_route_has_a_row() -> None:
    routes = {name for name, _ in _routes(get_resolver()) if ":" not in name}

    assert routes == {row.url[0] for row in ROWS}


@pytest.mark.parametrize("actor", ACTORS)
def test_back_office_is_closed_to_everyone_but_superusers(
    cast: Cast, actor: str
) -> None:
    for name, kwargs in _routes(get_resolver()):
        if not name.startswith("admin:") or name.endswith(UNNAMED):
            continue
        response = ask(cast, actor, "GET", reverse(name, kwargs=kwargs))

        assert response.status_code in (302, 403, 404), name
        assert response.get("Location", "/sign-in/").startswith(
            ("/back-office/", "/sign-in/")
        )


def test_back_office_opens_to_a_superuser(cast: Cast) -> None:
    root = User.objects.create_superuser("root@example.org", "secret", name="Root")
    client = Client()
    client.force_login(root)

    for model in ("organization", "team", "membership", "usecase", "audit", "event"):
        response = client.get(reverse(f"admin:audits_{model}_changelist"))

        assert response.status_code == 200, model


def ask(cast: Cast, actor: str, method: str, url: str) -> HttpResponseBase:
    client = Client(raise_request_exception=False)
    if actor != "anonymous":
        client.force_login(_user(cast, actor))
    return _send(client, method, url)


def _send(client: Client, method: str, url: str) -> HttpResponseBase:
    return client.get(url) if method == "GET" else client.post(url)


def _user(cast: Cast, actor: str) -> User:
    if actor == "unassigned":
        return cast.unassigned
    if actor == "stranger":
        return cast.theirs.people[Role.ADMIN]
    return cast.ours.people[Role(actor)]


def _ids(cast: Cast, kwargs: dict[str, str]) -> dict[str, str]:
    names: dict[str, Any] = {
        "draft": cast.ours.draft.pk,
        "submitted": cast.ours.submitted.pk,
        "pack": cast.ours.pack.pk,
        "report": cast.ours.report.pk,
        "version": cast.ours.set_aside.pk,
        "evidence": cast.ours.evidence.pk,
        "comment": cast.ours.comment.pk,
        "ask": cast.ours.ask.pk,
        "team": cast.ours.team.pk,
        "view": cast.ours.view.pk,
        "feed": cast.ours.feed.pk,
        "rescore": cast.ours.rescore.pk,
        "import": cast.ours.inventory.pk,
    }
    return {key: names.get(value, value) for key, value in kwargs.items()}


def _unknown(key: str) -> str:
    """Return an id that nothing has."""
    is_number = key.removesuffix("_id") in _NUMBERED
    return "999999999" if is_number else str(uuid4())


_NUMBERED = ("version", "comment", "team", "view", "feed")


def _body(response: HttpResponseBase) -> bytes:
    """Return the page without the tokens that differ each time."""
    content: bytes = getattr(response, "content", b"")
    return b"\n".join(
        line for line in content.splitlines() if b"csrfmiddlewaretoken" not in line
    )


def _routes(
    resolver: URLResolver, namespace: str = ""
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every route's name with arguments that fit its pattern."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else namespace
            yield from _routes(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or UNNAMED}", _arguments(entry)


def _arguments(entry: URLPattern) -> dict[str, str]:
    names = entry.pattern.regex.groupindex
    if "app_label" in names:
        return {"app_label": "audits"}
    return dict.fromkeys(names, "1")
