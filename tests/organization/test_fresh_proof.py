"""What an open session of an administrator cannot change without a proof."""

from io import StringIO
from urllib.parse import unquote, urlsplit

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.access.opened_pages import ticket_of
from audits.models import Invitation, Membership, Organization, Role, TeamRole
from tests.casting import PASSWORD, Cast
from tests.pages import html_of

ASKED = reverse("account_reauthenticate")


def state(cast: Cast) -> object:
    organization = Organization.objects.get(pk=cast.ours.organization.pk)
    return (
        organization.requires_second_factor,
        organization.answerers_may_sign_since,
        organization.closed_at,
        [*Membership.ever.order_by("pk").values_list("role", "ended_at")],
        TeamRole.objects.count(),
        [*Invitation.objects.values_list("email", "role", "expires_at")],
    )


def test_open_session_changes_no_right_and_lets_nobody_in(
    in_ours: Cast, away: Client, boss: Membership
) -> None:
    viewer, mine = in_ours.ours.people[Role.VIEWER], {"page-of": ticket_of(boss.user)}
    Membership.ever.filter(user=in_ours.ours.people[Role.REVIEWER]).update(
        ended_at=boss.began_at
    )
    guest = in_ours.ours.invitation
    Invitation.objects.filter(pk=guest.pk).update(role=Role.ADMIN)
    gone = in_ours.ours.people[Role.REVIEWER].public_id
    before = state(in_ours)

    answers = [
        away.post(url, {**form, **mine})
        for url, form in (
            (reverse("member", args=[viewer.public_id]), {"role": "admin"}),
            (reverse("member", args=[gone]), {"do": "restore"}),
            (
                reverse("member_team_role", args=[viewer.public_id]),
                {"team": in_ours.ours.team.public_id, "team_role": "admin"},
            ),
            (reverse("deactivate_member", args=[viewer.public_id]), {}),
            (reverse("members"), {"emails": "e@example.org", "role": "admin"}),
            (reverse("invitation", args=[guest.public_id]), {"do": "renew"}),
            (reverse("organization_sign_in"), {"required": "on", "sure": "on"}),
            (reverse("sign_off_rules"), {"who": "answerers"}),
            (reverse("close_organization"), {"name": boss.organization.name}),
            (reverse("organization_sign_in"), {"sure": "1"}),
        )
    ]

    assert {answer["Location"].partition("?")[0] for answer in answers} == {ASKED}
    assert state(in_ours) == before
    offered = html_of(away.get(reverse("send_held"))).partition("<main")[2]
    assert "<dd>Require no second factor any more</dd>" in offered
    assert "What you entered" not in offered
    assert ">Require a second factor of every member</a>" in offered
    # Nor is it opened again.
    Organization.objects.filter(pk=boss.organization_id).update(closed_at=boss.began_at)
    answer = away.post(reverse("close_organization"), {"open": "", **mine})
    assert answer["Location"].partition("?")[0] == ASKED
    assert Organization.objects.get(pk=boss.organization_id).closed_at


@pytest.mark.on_both
def test_what_was_asked_for_is_kept_and_sent_after_the_proof(
    in_ours: Cast, away: Client, boss: Membership
) -> None:
    viewer = in_ours.ours.people[Role.VIEWER]
    page = reverse("member", args=[viewer.public_id])
    form = {"role": "reviewer", "page-of": ticket_of(boss.user)}

    here, _, after = away.post(page, form)["Location"].partition("?next=")
    proved = away.post(here, {"next": unquote(after), "password": PASSWORD})
    offered = html_of(away.get(proved["Location"]))
    away.post(page, form)

    assert 'value="reviewer"' in offered
    assert f"<dt>About</dt><dd><bdi>{viewer}</bdi></dd>" in offered
    assert viewer.memberships.get().role == Role.REVIEWER


@pytest.mark.on_both
def test_new_account_is_a_proof_for_five_minutes_and_an_invitation_is_none(
    cast: Cast,
) -> None:
    """Whoever opens a link in the session of somebody else proves nothing by it."""
    theirs, left_open, new = cast.theirs.organization, Client(), Client()
    left_open.force_login(cast.ours.people[Role.ADMIN])
    links = {}
    for address in (cast.ours.people[Role.ADMIN].email, "new@example.org"):
        call_command("invite", address, theirs.slug, stdout=(out := StringIO()))
        links[address] = urlsplit(out.getvalue().split()[-1]).path
    of_member, of_new = links.values()
    chosen = {"password1": "a new horse battery", "password2": "a new horse battery"}
    asks = {"required": "on", "sure": "on"}

    accepted = left_open.post(of_member)
    refused = left_open.post(reverse("organization_sign_in"), asks)
    with scope(organization=theirs):
        member = Membership.objects.get(user=cast.ours.people[Role.ADMIN])
    assert (accepted["Location"], member.role) == (reverse("members"), Role.ADMIN)
    assert (refused["Location"].partition("?")[0], requires(theirs)) == (ASKED, False)
    assert left_open.post(of_new, {"name": "New", **chosen}).status_code == 403

    new.post(of_new, {"name": "New", **chosen})
    new.post(reverse("organization_sign_in"), asks)
    assert requires(theirs)
    session = new.session
    [proof] = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**proof, "at": proof["at"] - 301}]
    session.save()
    later = new.get(reverse("add_app"))
    assert later["Location"].partition("?")[0] == ASKED


def requires(organization: Organization) -> bool:
    return Organization.objects.get(pk=organization.pk).requires_second_factor
