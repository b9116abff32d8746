"""Every route for actors who are two at once: by team, and by organization."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Membership, Role, TeamRole
from tests.access.rows.row import ACTORS, ids_in
from tests.access.rows.rows import ROWS
from tests.access.test_permissions import (
    OF_AN_ID,
    _body,
    _named,
    _send,
    _told,
    _undone,
)
from tests.casting import Cast
from tests.signed_in import sign_in

VIEWER, ADMIN = ACTORS.index(Role.VIEWER), ACTORS.index(Role.ADMIN)
# Of what is not of one use case, or of a team itself, they are what they are in all of
# the organization.
OF_ALL = {
    *("organization", "organization_region", "organization_sign_in", "own_fields"),
    *("organization_team", "organization_teams", "merge_team", "sign_off_rules"),
    *("members", "member", "member_team_role", "deactivate_member", "invitation"),
    *("remove_member_factors", "record", "record_csv", "impact", "share_pack"),
    *("bulk_changes", "change_many", "import_upload", "import_remove"),
    *("cancel_pack", "cancel_rescore"),
    *(
        "organization_data",
        "export_organization",
        "single_sign_on",
        "close_organization",
    ),
}


@pytest.mark.on_both
def test_administrator_of_a_team_is_one_for_its_use_cases_alone(cast: Cast) -> None:
    ours, person, client = cast.ours, cast.ours.people[Role.VIEWER], Client()
    with scope(organization=ours.organization):
        TeamRole.objects.create(
            organization=ours.organization,
            membership=person.memberships.get(),
            team=ours.team,
            role=Role.ADMIN,
        )
    sign_in(client, person)
    told = []

    for row in (r for r in ROWS if r.outcomes[VIEWER] != r.outcomes[ADMIN]):
        with _undone():
            url = reverse(row.url[0], kwargs=ids_in(ours, row.url[1]))
            got = _told(_send(client, row.method, url))
        told.append((_named(row), got, row.outcomes[VIEWER], row.outcomes[ADMIN]))

    other = [x for x in told if x[1] not in x[2:]]
    as_viewer = {x[0].partition(" ")[2] for x in told if x[1] == x[2]}
    as_admin = {x[0].partition(" ")[2] for x in told if x[1] == x[3]}
    assert (other, as_viewer, as_viewer & as_admin) == ([], OF_ALL, set())


@pytest.mark.on_both
def test_member_of_two_organizations_gets_of_an_id_what_their_membership_gives(
    cast: Cast,
) -> None:
    """In theirs: a page of ours offers the switch; anything else is 404."""
    person, client = cast.theirs.contributor, Client(raise_request_exception=False)
    with scope(organization=cast.ours.organization):
        Membership.objects.create(
            user=person,
            organization=cast.ours.organization,
            role=Role.ADMIN,
            chosen_at=None,
        )
    sign_in(client, person)
    nowhere = _body(client.get("/nowhere/"))

    for row in OF_AN_ID:
        name, kwargs = row.url
        ours = ids_in(cast.ours, kwargs)
        unknown = {k: v if ours[k] == v else str(uuid4()) for k, v in kwargs.items()}
        with _undone():
            own = _send(client, row.method, reverse(name, kwargs=ours))
            none = _send(client, row.method, reverse(name, kwargs=unknown))
        is_page = row.method == "GET" and "." not in reverse(name, kwargs=ours)
        is_there = is_page and row.outcomes[ADMIN] != 404
        assert own.status_code == (409 if is_there else 404), _named(row)
        assert (none.status_code, _body(none)) == (404, nowhere), _named(row)
