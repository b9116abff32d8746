"""The pages on which administrators run their organization."""

from django.urls import path

from audits.organization import (
    closing,
    data,
    general,
    leaving,
    lost_factors,
    members,
    record,
    region,
    second_factor,
    sign_off,
    team_roles,
    teams,
)
from audits.organization.single_sign_on import views as single_sign_on

urlpatterns = [
    path("organization/", general.general, name="organization"),
    path("organization/teams/", teams.teams, name="organization_teams"),
    path("organization/teams/<uuid:team_id>/", teams.team, name="organization_team"),
    path("organization/teams/<uuid:team_id>/merge/", teams.merge, name="merge_team"),
    path("organization/members/", members.members, name="members"),
    path("organization/members/<uuid:person_id>/", members.member, name="member"),
    path(
        "organization/members/<uuid:person_id>/teams/",
        team_roles.team_role,
        name="member_team_role",
    ),
    path(
        "organization/members/<uuid:person_id>/deactivate/",
        leaving.deactivate,
        name="deactivate_member",
    ),
    path(
        "organization/members/<uuid:person_id>/second-factors/",
        lost_factors.remove_factors,
        name="remove_member_factors",
    ),
    path(
        "organization/invitations/<uuid:invitation_id>/",
        members.invitation,
        name="invitation",
    ),
    path("organization/sign-off/", sign_off.sign_off_rules, name="sign_off_rules"),
    path(
        "organization/region/", region.organization_region, name="organization_region"
    ),
    path(
        "organization/sign-in/",
        second_factor.organization_sign_in,
        name="organization_sign_in",
    ),
    path("organization/data/", data.organization_data, name="organization_data"),
    path("organization/close/", closing.close, name="close_organization"),
    path(
        "organization/data/export/",
        data.export_organization,
        name="export_organization",
    ),
    path(
        "organization/sign-in/single-sign-on/",
        single_sign_on.single_sign_on,
        name="single_sign_on",
    ),
    path("organization/record/", record.record, name="record"),
    path("organization/record.csv", record.record_csv, name="record_csv"),
]
