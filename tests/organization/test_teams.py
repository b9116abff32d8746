"""An administrator adds, renames, merges and archives teams."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audits.models import (
    Event,
    Membership,
    PortfolioRow,
    Role,
    SavedView,
    Snapshot,
    Team,
    UseCase,
)
from audits.services.organizations.teams import add_team, archive_team, merge_teams
from audits.services.portfolio.saved_views import save_view
from audits.services.use_cases.changing import change_use_case
from tests.casting import Cast
from tests.imports.conftest import check, row, sheet, upload
from tests.pages import html_of

pytestmark = pytest.mark.on_both


def page_of(team: Team, name: str = "organization_team") -> str:
    return reverse(name, args=[team.public_id])


def add(cast: Cast, name: str) -> Team:
    boss = cast.ours.people[Role.ADMIN]
    return add_team(organization=cast.ours.organization, by=boss, name=name)


def verbs(prefix: str = "team.") -> list[str]:
    found = Event.objects.filter(verb__startswith=prefix).order_by("number")
    return [*found.values_list("verb", flat=True)]


def test_team_is_added_and_renamed_once_by_name(in_ours: Cast, admin: Client) -> None:
    team = in_ours.ours.team

    answers = [
        admin.post(reverse("organization_teams"), {"name": "  Motor   claims "}),
        admin.post(reverse("organization_teams"), {"name": "motor CLAIMS"}),
        admin.post(page_of(team), {"name": "Motor claims"}),
        admin.post(page_of(team), {"name": "Property"}),
    ]

    assert [each.status_code for each in answers] == [302, 422, 422, 302]
    assert "There is a team “Motor claims” already" in html_of(answers[1])
    assert [*Team.objects.values_list("name", flat=True)] == [
        "Motor claims",
        "Property",
    ]
    assert verbs() == ["team.founded", "team.renamed"]


def test_archived_team_is_offered_nowhere_and_takes_no_use_case(
    in_ours: Cast, admin: Client
) -> None:
    old, lead = add(in_ours, "Old products"), in_ours.ours.contributor
    admin.post(page_of(old), {"do": "archive"})

    pages = [html_of(admin.get(reverse(name))) for name in ("register", "change_many")]
    named = admin.post(reverse("register"), {**_form(), "new_team": "old PRODUCTS"})
    with pytest.raises(ValidationError, match="is archived"):
        change_use_case(
            use_case=in_ours.ours.draft.use_case, by=lead, name="X", team=_again(old)
        )

    assert ["Old products" in page for page in pages] == [False, False]
    assert "The team “Old products” is archived." in html_of(named)
    assert not UseCase.objects.filter(team=old).exists()
    admin.post(page_of(old), {"do": "restore"})
    assert "Old products" in html_of(admin.get(reverse("register")))
    assert verbs() == ["team.founded", "team.archived", "team.restored"]


def _form() -> dict[str, Any]:
    return {"name": "New", "summary": "It sorts", "stage": "planned"}


def _again(team: Team) -> Team:
    return Team.objects.get(pk=team.pk)


def test_archived_team_keeps_its_use_cases_and_an_import_adds_none(
    in_ours: Cast, admin: Client, settings: Settings
) -> None:
    backend = "django.tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": backend}}
    team, use_case = in_ours.ours.team, in_ours.ours.draft.use_case
    archive_team(team=team, by=in_ours.ours.people[Role.ADMIN], is_archived=True)

    change_use_case(
        use_case=use_case,
        by=in_ours.ours.contributor,
        name="Renamed",
        team=_again(team),
    )
    there = upload(admin, sheet(row("A-1", Team=team.name)))
    page = check(admin, there)

    use_case.refresh_from_db()
    assert use_case.name == "Renamed"
    assert f"The team “{team.name}” is archived." in page


def test_merge_moves_everything_in_one_transaction(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    team, into = in_ours.ours.team, add(in_ours, "Property")
    lead = in_ours.ours.contributor.memberships.get()
    view = save_view(member=lead, name="Mine", query=f"team={team.public_id}")
    numbers = [*UseCase.objects.order_by("pk").values_list("number", flat=True)]
    month, later = date(2026, 9, 1), date(2026, 10, 1)
    for each, at, running in ((team, month, 5), (into, month, None), (team, later, 7)):
        _shot(in_ours, each, at, running)

    asked = html_of(
        admin.get(page_of(team, "merge_team"), {"into": str(into.public_id)})
    )
    response = merge(admin, team, into)

    assert f"Merge <bdi>{team.name}</bdi> into <bdi>Property</bdi>" in asked
    assert response["Location"] == reverse("organization_teams")
    assert [*Team.objects.all()] == [into]
    assert {*UseCase.objects.values_list("team", flat=True)} == {into.pk}
    assert {*PortfolioRow.objects.values_list("team", flat=True)} == {into.pk}
    assert SavedView.objects.get(pk=view.pk).query == f"team={into.public_id}"
    shots = Snapshot.objects.filter(team=into).order_by("month")
    assert [(s.month, s.use_cases, s.verdicts, s.running) for s in shots] == [
        (month, 4, {"rag": 2, "distil": 2}, Decimal(5)),
        (later, 2, {"rag": 1, "distil": 1}, Decimal(7)),
    ]
    moved = Event.objects.filter(verb="use_case.changed")
    references = {UseCase.reference_of(number) for number in numbers}
    assert {*moved.values_list("actor", "subject")} == {
        (boss.user_id, reference) for reference in references
    }
    last = Event.objects.latest("number")
    names = [team.name, "Property"]
    told = {"names": names, "into": str(into.pk), "use_cases": len(numbers)}
    assert (last.verb, last.details) == ("team.merged", told)


def merge(admin: Client, team: Team, into: Team, shown: Team | None = None) -> Any:
    """Send what the page of a merge sends; `shown` is another team in its address."""
    page = f"{page_of(team, 'merge_team')}?into={(shown or into).public_id}"
    return admin.post(page, {"into": into.public_id})


def test_merge_goes_only_into_the_team_that_its_page_shows(
    in_ours: Cast, admin: Client
) -> None:
    team, shown, other = (add(in_ours, name) for name in ("Empty", "beta", "Alpha"))
    page = page_of(team, "merge_team")

    asked = html_of(admin.get(page, {"into": str(shown.public_id)}))
    refused = [
        merge(admin, team, other, shown),
        admin.post(page, {"into": other.public_id}),
    ]
    kept = Team.objects.filter(pk=team.pk).exists()
    merged = merge(admin, team, shown)

    assert "<select" not in asked
    assert "<bdi>Empty</bdi> has no use cases" in asked
    assert [each.status_code for each in refused] == [422, 422]
    assert "This page showed another team" in html_of(refused[0])
    assert kept
    listed = html_of(admin.get(merged["Location"]))
    assert "“Empty” is merged into “beta”." in listed
    names = [
        f"<bdi>{name}</bdi></a>" for name in ("Alpha", "beta", str(in_ours.ours.team))
    ]
    places = [listed.index(name) for name in sorted(names, key=str.lower)]
    assert places == sorted(places)


def _shot(cast: Cast, team: Team, month: date, running: int | None) -> None:
    Snapshot.objects.create(
        organization=cast.ours.organization,
        team=team,
        month=month,
        taken_on=month,
        use_cases=2,
        verdicts={"rag": 1, "distil": 1},
        running=running,
    )


def test_team_is_merged_into_no_archived_or_foreign_team(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    team, old = in_ours.ours.team, add(in_ours, "Old")
    archive_team(team=old, by=boss.user, is_archived=True)
    theirs = in_ours.theirs.team

    for into in (_again(old), theirs, team):
        with pytest.raises(ValidationError):
            merge_teams(team=team, into=into, by=boss.user)
    answers = [
        admin.post(page_of(team, "merge_team"), {"into": each.public_id})
        for each in (old, theirs, team)
    ]

    assert [each.status_code for each in answers] == [422, 422, 422]
    assert Team.objects.filter(pk=team.pk).exists()
    assert verbs("use_case.changed") == []
