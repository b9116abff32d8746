"""Who belongs to several organizations works with one at a time, and switches."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.access.members import membership_of
from audits.access.opened_pages import ticket_of
from audits.models import Event, Membership, Organization, Role, UseCase
from audits.services.organizations.members import take_back_ending
from tests.casting import CANARY, Cast
from tests.pages import html_of
from tests.signed_in import sign_in

SWITCH = reverse("switch_organization")


@pytest.fixture
def both(cast: Cast) -> Client:
    """Our contributor, who is also a viewer of the other organization."""
    theirs, client = cast.theirs.organization, Client()
    with scope(organization=theirs):
        Membership.objects.create(
            user=cast.ours.contributor,
            organization=theirs,
            role=Role.VIEWER,
            chosen_at=None,
        )
    sign_in(client, cast.ours.contributor)
    return client


def body_of(client: Client, url: str) -> tuple[int, list[str]]:
    answer = client.get(url)
    lines = answer.content.decode().splitlines()
    return answer.status_code, [x for x in lines if "csrfmiddlewaretoken" not in x]


@pytest.mark.on_both
def test_pages_are_of_the_organization_that_was_chosen_last(
    cast: Cast, both: Client
) -> None:
    portfolio, theirs = reverse("portfolio"), str(cast.theirs.organization.pk)
    before = html_of(both.get(portfolio))

    switched = both.post(SWITCH, {"organization": theirs})
    after = html_of(both.get(portfolio))
    refused = both.get(reverse("register"))

    assert f"<option value='{theirs}'>" in before.replace('"', "'")
    assert f"{CANARY} triage" not in before
    assert "Northgate triage" in before
    assert switched["Location"] == reverse("use_cases")
    assert f"{CANARY} triage" in after
    assert "Northgate triage" not in after
    assert refused.status_code == 403  # a viewer there
    ours = str(cast.ours.organization.pk)
    Organization.objects.filter(pk=ours).update(closed_at=timezone.now())
    switch = " ".join(html_of(both.get(portfolio)).split())
    assert switch.count("(closed)") == 1
    assert "Northgate Mutual (closed)" in switch
    Organization.objects.filter(pk=ours).update(closed_at=None)
    both.post(SWITCH, {"organization": ours, "next": "//evil.example/"})
    assert both.get(reverse("register")).status_code == 200


@pytest.mark.on_both
def test_link_of_another_own_organization_offers_the_switch_and_no_other_does(
    cast: Cast, both: Client
) -> None:
    theirs = reverse("result", args=[cast.theirs.submitted.pk])
    unknown = reverse("result", args=[uuid4()])
    client = Client()
    sign_in(client, cast.ours.people[Role.REVIEWER])

    status, page = body_of(both, theirs)
    left = both.get(reverse("portfolio"))

    assert status == 409
    said = " ".join("\n".join(page).split())
    assert f"This page is of <bdi>{CANARY} Mutual</bdi>" in said
    assert f'name="next" value="{theirs}"' in said
    assert "Northgate triage" in html_of(left)
    switch = {"organization": str(cast.theirs.organization.pk), "next": theirs}
    assert both.post(SWITCH, switch)["Location"] == theirs
    assert both.get(theirs).status_code == 200
    # Who is no member there, and an id that there never was.
    assert body_of(client, theirs) == body_of(client, unknown)
    assert body_of(both, unknown)[0] == 404


def test_download_of_another_own_organization_is_unknown_and_not_recorded(
    cast: Cast, both: Client
) -> None:
    theirs = cast.theirs
    kit = reverse("action_kit", args=[theirs.submitted.pk])
    with scope(organization=theirs.organization):
        before = Event.objects.count()

    asked = both.get(kit)

    assert asked.status_code == 404
    with scope(organization=theirs.organization):
        assert Event.objects.count() == before
        organization = theirs.organization
        organization.requires_second_factor = True
        organization.save()
    # They could not work there now, so not even that the page exists is told.
    assert both.get(reverse("result", args=[theirs.submitted.pk])).status_code == 404


def test_form_of_a_page_of_the_other_organization_saves_nothing(
    cast: Cast, both: Client
) -> None:
    member = membership_of(cast.ours.contributor)
    assert member is not None
    [other] = member.others
    form = {"name": "Mine", "page-of": ticket_of(member.user, member)}
    other_form = {**form, "page-of": ticket_of(member.user, other)}
    other.others = [member]
    other_form["page-of"] = ticket_of(member.user, other)

    refused = both.post(reverse("register"), other_form)
    taken = both.post(reverse("register"), form)

    assert refused.status_code == 409
    assert "You work in Northgate Mutual now, so nothing was saved." in html_of(refused)
    assert "Mine" in html_of(refused)
    assert taken.status_code == 200  # it lacks the rest
    with scope(organization=cast.ours.organization):
        assert UseCase.objects.count() == 2


def test_who_has_one_organization_has_no_switch(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.ours.contributor)
    theirs = {"organization": str(cast.theirs.organization.pk)}
    own = {"organization": str(cast.ours.organization.pk)}

    page = html_of(client.get(reverse("use_cases")))

    assert SWITCH not in page
    assert [client.post(SWITCH, form).status_code for form in (theirs, own, {})] == [
        *(404, 404, 404)
    ]


def test_who_is_let_in_again_goes_on_with_the_other_organization(
    cast: Cast, both: Client
) -> None:
    ours, lead = cast.ours.organization, cast.ours.contributor
    with scope(organization=ours):
        boss = cast.ours.people[Role.ADMIN].memberships.get()
        member = lead.memberships.get()
        member.ended_at = member.began_at
        member.save(update_fields=["ended_at"])

        take_back_ending(member=member, by=boss)

    now = membership_of(lead)
    with scopes_disabled():
        own = lead.memberships.count()
    assert now is not None
    assert (own, len(now.others)) == (2, 1)
    # Neither was chosen; of the other organization it is once it is chosen.
    both.post(SWITCH, {"organization": str(cast.theirs.organization.pk)})
    with scope(organization=ours):
        take_back_ending(member=member, by=boss)
    chosen = membership_of(lead)
    assert chosen is not None
    assert chosen.organization == cast.theirs.organization
