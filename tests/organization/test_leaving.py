"""The page that deactivates who has use cases of several teams."""

from django.test import Client
from django.urls import reverse

from audits.models import Role, Team, UseCase
from audits.services.use_cases.use_cases import register_use_case
from tests.casting import Cast
from tests.conditions import sign_with, term
from tests.pages import html_of


def test_page_of_who_leaves_says_what_is_beside_their_teams_and_asks_for_no_more(
    in_ours: Cast, admin: Client
) -> None:
    ours, person = in_ours.ours, in_ours.ours.contributor
    heir, audit = ours.people[Role.REVIEWER], ours.submitted
    sign_with(audit, heir, term(audit, "Measure again"))
    teams = [
        Team.objects.create(organization=ours.organization, name=name)
        for name in ("Law", "Sales")
    ]
    for team in (ours.team, teams[1]):
        register_use_case(
            organization=ours.organization,
            by=person,
            owner=person,
            team=team,
            name=f"Letters of {team}",
            summary="Writes.",
        )
    own = UseCase.objects.filter(owner=person)
    page = reverse("deactivate_member", args=[person.public_id])
    split = {
        f"team-{pk}": heir.public_id for pk in {*own.values_list("team", flat=True)}
    }

    inside = html_of(admin.get(page))
    UseCase.objects.filter(pk=audit.use_case_id).update(team=teams[0], owner=heir)
    rest = f"1 condition of {audit.use_case.reference}"
    shown = html_of(admin.get(page))
    for_rest = html_of(admin.post(page, split))
    for_team = html_of(admin.post(page, dict([split.popitem()])))
    admin.post(page, {**split, "heir": heir.public_id})
    told = html_of(admin.get(reverse("record")))

    assert ("Who takes over?" in inside, "Everything else" in inside) == (True, False)
    assert f"Everything else, {rest}" in shown
    assert f"Choose who takes over: {rest}<" in for_rest
    assert f"Choose who takes over: {rest}, " in for_team
    handed = told.partition("Condition handed over")[2].partition("</bdi>")[0]
    assert handed.endswith(f"<bdi>Condition of {audit.use_case.reference}")


def test_nobody_is_needed_for_a_rest_that_there_is_not(
    in_ours: Cast, admin: Client
) -> None:
    ours, person = in_ours.ours, in_ours.ours.contributor
    heir = ours.people[Role.REVIEWER]
    sales = Team.objects.create(organization=ours.organization, name="Sales")
    own = UseCase.objects.filter(owner=person)
    own.filter(pk=own.values("pk")[:1]).update(team=sales)
    split = {
        f"team-{pk}": heir.public_id for pk in {*own.values_list("team", flat=True)}
    }

    deactivated = admin.post(
        reverse("deactivate_member", args=[person.public_id]), split
    )

    assert (len(split), deactivated["Location"]) == (2, reverse("members"))
    assert not own.exists()
