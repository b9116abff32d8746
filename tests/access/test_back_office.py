"""The back office is open to operators alone, and keeps organizations apart."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django_scopes import scopes_disabled

from audits.models import Role, User
from tests.access.actors import let_be
from tests.access.routes import UNNAMED, routes
from tests.access.rows.row import ACTORS
from tests.casting import Cast
from tests.signed_in import let_prove

on_both = pytest.mark.on_both


@pytest.mark.parametrize(
    "actor",
    [
        pytest.param(a, marks=on_both if a == Role.CONTRIBUTOR else ())
        for a in ACTORS
        if a != "operator"
    ],
)
def test_back_office_is_closed_to_everyone_but_superusers(
    cast: Cast, actor: str
) -> None:
    client = Client(raise_request_exception=False)
    let_be(client, cast, actor)

    for name, kwargs in routes(get_resolver()):
        if not name.startswith("admin:") or name.endswith(UNNAMED):
            continue
        response = client.get(reverse(name, kwargs=kwargs))

        assert response.status_code in (302, 403, 404), name
        assert response.get("Location", "/sign-in/").startswith(
            ("/back-office/", "/sign-in/")
        )
    is_nobody = actor in {"anonymous", "program"}
    assert client.get(reverse("admin:login")).status_code == (302 if is_nobody else 403)


@on_both
def test_back_office_opens_to_a_superuser(cast: Cast) -> None:
    root = User.objects.create_superuser("root@example.org", "secret", name="Root")
    client = Client()
    client.force_login(root)
    let_prove(client, root)

    for model in ("organization", "team", "membership", "usecase", "audit", "event"):
        response = client.get(reverse(f"admin:audits_{model}_changelist"))

        assert response.status_code == 200, model


@on_both
def test_back_office_moves_no_team_to_another_organization(cast: Cast) -> None:
    team = cast.ours.team
    operator = User.objects.create_superuser("op@example.org", "x", name="Op")
    client = Client()
    client.force_login(operator)
    let_prove(client, operator)
    form = {"name": "Renamed", "organization": str(cast.theirs.organization.pk)}

    response = client.post(reverse("admin:audits_team_change", args=[team.pk]), form)

    with scopes_disabled():
        team.refresh_from_db()
    assert response.status_code == 302
    assert (team.name, team.organization) == ("Renamed", cast.ours.organization)
