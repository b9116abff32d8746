"""Pages on which an administrator runs the organization, and those of who joins."""

from tests.access.rows.row import CONFIRM_HELD, SIGN_IN, row

_CONFIRM = "/sign-in/confirm/?next=/organization/sign-in/single-sign-on/"
_HOME = "/sign-in/confirm/?next=/"
_NONE = "5f1c7c80-8a51-4a38-9d53-0d4ad2f5d2ae"

# anonymous, unassigned, stranger, viewer, contributor, reviewer, admin
ORGANIZATION = (
    *(
        row("GET", name, SIGN_IN, 403, 200, 403, 403, 403, 200)
        for name in (
            *("organization", "organization_teams", "members", "sign_off_rules"),
            *("record", "record_csv"),
        )
    ),
    # Without a name, an address or a choice.
    *(
        row("POST", name, SIGN_IN, 403, 422, 403, 403, 403, 422)
        for name in ("organization", "organization_teams", "members", "sign_off_rules")
    ),
    *(
        row(method, name, SIGN_IN, 403, 404, 403, 403, 403, outcome, team_id="team")
        for method, name, outcome in (
            ("GET", "organization_team", 200),
            ("POST", "organization_team", 422),
            ("GET", "merge_team", 422),
            ("POST", "merge_team", 422),
        )
    ),
    # The contributor's; without a role, or a colleague who takes over.
    *(
        row(method, name, SIGN_IN, 403, 404, 403, 403, 403, outcome, person_id="person")
        for method, name, outcome in (
            ("GET", "member", 200),
            ("POST", "member", 422),
            ("GET", "deactivate_member", 200),
            ("POST", "deactivate_member", 422),
        )
    ),
    # No team is chosen.
    row(
        *("POST", "member_team_role", SIGN_IN, 403, 404, 403, 403, 403, 302),
        person_id="person",
    ),
    row(
        *("POST", "remove_member_factors", SIGN_IN, 403, 404, 403, 403, 403),
        CONFIRM_HELD,
        person_id="person",
    ),
    row(
        *("POST", "invitation", SIGN_IN, 403, 404, 403, 403, 403, 302),
        invitation_id="invitation",
    ),
    # Nobody of the table just proved who they are; what an administrator does there is
    # in tests/sign_on/test_set_up.py.
    row("GET", "single_sign_on", SIGN_IN, 403, _CONFIRM, 403, 403, 403, _CONFIRM),
    row("POST", "single_sign_on", SIGN_IN, 403, _HOME, 403, 403, 403, _HOME),
    # Neither organization has a provider (tests/sign_on/test_openid_connect.py).
    row("GET", "sign_on", 200, *(302,) * 6),
    row("POST", "sign_on", 422, *(302,) * 6),
    row("GET", "sign_on_first", SIGN_IN, *(302,) * 6),
    row("GET", "start_sign_on", *(404,) * 7, organization_id=_NONE),
    row("GET", "end_sign_on", *(404,) * 7, organization_id=_NONE),
    row("POST", "saml_form", *(404,) * 7, organization_id=_NONE),
    row("GET", "saml_metadata", *(404,) * 7, organization_id=_NONE),
    # A token of the organization opens these, and no session. Nothing is sent, and no
    # group is there (tests/sign_on/test_scim.py).
    *(
        row(method, name, *(401,) * 7, program=got, directory_id="directory", **more)
        for name, more, methods in (
            ("scim_config", {}, {"GET": 200}),
            ("scim_types", {}, {"GET": 200}),
            ("scim_type", {"kind": "User"}, {"GET": 200}),
            ("scim_schemas", {}, {"GET": 200}),
            ("scim_schema", {"kind": "User"}, {"GET": 404}),
            ("scim_people", {}, {"GET": 200, "POST": 400}),
            (
                "scim_person",
                {"person_id": "person"},
                {"GET": 200, "PUT": 400, "PATCH": 400, "DELETE": 204, "POST": 405},
            ),
            ("scim_groups", {}, {"GET": 200, "POST": 400}),
            (
                "scim_group",
                {"group_id": _NONE},
                {"GET": 404, "PUT": 404, "PATCH": 404, "DELETE": 404, "POST": 405},
            ),
            ("scim_nowhere", {"rest": "Me"}, {"GET": 404, "POST": 404}),
        )
        for method, got in methods.items()
    ),
    # Who has the link needs no more (tests/organization/test_invitations.py).
    row("GET", "accept_invitation", *(404,) * 7, link="no-such-link"),
    row("POST", "accept_invitation", *(404,) * 7, link="no-such-link"),
    # Where it is allowed (tests/people/test_founding.py). Without names.
    row("GET", "found", SIGN_IN, *(200,) * 6, ended=403),
    row("POST", "found", SIGN_IN, *(422,) * 6, ended=403),
)
