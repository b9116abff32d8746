"""The pages on which an administrator runs the organization, and of who joins."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import Page

from audits.models import Invitation, Membership, Role, Team
from audits.services.organizations.invitation_secrets import make_secret
from tests.casting import Cast
from tests.e2e.states.state import LONG_NAME, State, at, long_names, ours, press

BOSS = ours(Role.ADMIN)
PROBLEM = "There is a problem"


def busy(cast: Cast) -> None:
    """Let people have left, a team be archived, and invitations be open or over."""
    long_names(cast)
    tenant = cast.ours
    now = timezone.now()
    with scope(organization=tenant.organization):
        Membership.objects.filter(role=Role.VIEWER).update(ended_at=now)
        Team.objects.create(
            organization=tenant.organization, name="Old", archived_at=now
        )
        Invitation.objects.create(
            organization=tenant.organization,
            email=f"{LONG_NAME.lower()}@example.org"[:254],
            role=Role.REVIEWER,
            at=now - timedelta(days=9),
            expires_at=now - timedelta(days=2),
            mail_failed=True,
        )


def link_of(cast: Cast) -> str:
    with scope(organization=cast.ours.organization):
        secret = make_secret(invitation=cast.ours.invitation)
    return reverse("accept_invitation", args=[secret])


def withdrawn(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        Invitation.objects.update(digest=Invitation.digest_of("gone"))
        Invitation.objects.update(withdrawn_at=timezone.now())


def member(route: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(route, args=[cast.ours.contributor.public_id])


def of_team(route: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(route, args=[cast.ours.team.public_id])


def no_name(page: Page) -> None:
    page.locator("[name=name]").fill("")
    press("Save the settings")(page)


ORGANIZATION_STATES = {
    "organization": State(PROBLEM, at("organization"), BOSS, act=no_name),
    "organization_teams": State("Archived", at("organization_teams"), BOSS, busy),
    "organization_team": State(
        "Merge with another team", of_team("organization_team"), BOSS, long_names
    ),
    "merge_team": State("Nobody can undo a merge", of_team("merge_team"), BOSS, busy),
    "members": State("Deactivated", at("members"), BOSS, busy),
    "member": State("Save the role", member("member"), BOSS, long_names),
    "deactivate_member": State(
        "Who takes over?", member("deactivate_member"), BOSS, long_names
    ),
    "sign_off_rules": State("Who may sign an audit off?", at("sign_off_rules"), BOSS),
    "record": State("Who did what, and when", at("record"), BOSS, busy),
    "accept_invitation": State(
        PROBLEM, link_of, before=long_names, act=press("Accept and sign in")
    ),
    "found_organization": State(
        PROBLEM,
        at("found"),
        lambda cast: cast.unassigned,
        act=press("Make the organization"),
    ),
    "accept_invitation_over": State(
        "This invitation was withdrawn",
        lambda _: reverse("accept_invitation", args=["gone"]),
        before=withdrawn,
    ),
}
