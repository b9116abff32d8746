"""An import is undone whole, unless somebody has changed a row since."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from audits.models import (
    Audit,
    Event,
    Import,
    ImportedRow,
    Membership,
    PortfolioRow,
    Role,
    Team,
    TeamRole,
    UseCase,
)
from audits.services.organizations.members import end_membership
from audits.services.use_cases.bulk import inventory_undo
from audits.services.use_cases.changing import change_use_case
from audits.services.use_cases.use_cases import last_number
from tests.casting import Cast
from tests.imports.conftest import checked, row, sheet
from tests.pages import html_of


@pytest.fixture
def there(cast: Cast) -> str:
    """An import that registered two use cases, changed one and founded a team."""
    rows = (
        row("A-1"),
        row("A-2", Team="Sales", Name="Sorts letters " * 10),
        row("UC-0001", Name="Renamed in the file", Team="Sales", Stage="Live"),
    )
    return checked(cast.ours, sheet(*rows), written=True)


def undo(client: Client, there: str) -> str:
    client.post(f"{there}undo/")
    return " ".join(html_of(client.get(there)).split())


@pytest.mark.on_both
def test_import_is_undone_by_one_click(cast: Cast, client: Client, there: str) -> None:
    before = " ".join(html_of(client.get(there)).split())
    assert "Undo this import</button>" in before
    assert "What each row did" in before
    assert (before.count("Registered<"), before.count("Changed<")) == (2, 1)

    page = undo(client, there)
    assert page.count("Registered, then undone") == 2
    assert "Registers" not in page

    assert "Undone. 2 use cases removed, 1 as before the import." in page
    assert "Undo this import" not in page
    with scope(organization=cast.ours.organization):
        assert not UseCase.objects.exclude(external_reference="").exists()
        use_case = UseCase.objects.select_related("team").get(number=1)
        assert (use_case.name, use_case.team.name, use_case.stage) == (
            "Northgate triage",
            "Northgate claims",
            "planned",
        )
        assert PortfolioRow.objects.get(use_case=use_case).name == "Northgate triage"
        assert not Team.objects.filter(name="Sales").exists()
        assert not ImportedRow.objects.exists()
        [event] = Event.objects.filter(verb="inventory.undone")
        assert event.actor == cast.ours.contributor
        assert (event.details["removed"], event.details["restored"]) == (2, 1)
        assert Event.objects.filter(verb="use_case.deleted").count() == 2
        changed = Event.objects.filter(verb="use_case.changed").latest("number")
        assert changed.details["name"] == ["Renamed in the file", "Northgate triage"]
        assert changed.details["team"] == ["Sales", "Northgate claims"]
        # Numbers of removed use cases are never given again.
        assert last_number(cast.ours.organization) == 4
    assert "Undone. 2 use cases" in undo(client, there)


@pytest.mark.on_both
def test_nothing_is_undone_once_somebody_has_changed_a_row(
    cast: Cast, client: Client, there: str
) -> None:
    reviewer = cast.ours.people["reviewer"]  # type: ignore[index]
    with scope(organization=cast.ours.organization):
        use_case = UseCase.objects.select_related("team").get(number=1)
        change_use_case(
            use_case=use_case, by=reviewer, name="Newer", team=use_case.team
        )

    page = undo(client, there)

    assert (
        "The import cannot be undone, because it was changed since: UC-0001 by "
        f"{reviewer}. Nothing was undone."
    ) in page
    assert "Undo this import" in page
    with scope(organization=cast.ours.organization):
        assert UseCase.objects.get(number=1).name == "Newer"
        assert UseCase.objects.exclude(external_reference="").count() == 2


def test_answer_given_since_is_a_change(cast: Cast, client: Client, there: str) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(use_case__external_reference="A-1")
        audit.versions.create(
            organization=audit.organization,
            kind="note",
            item="any",
            number=1,
            value="x",
            by=cast.ours.contributor,
            at=timezone.now() + timedelta(seconds=1),
        )

    page = undo(client, there)

    assert f"UC-0003 by {cast.ours.contributor}. Nothing was undone." in page


def test_undo_that_breaks_off_leaves_the_import_as_it_was(
    cast: Cast, client: Client, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(inventory_undo, "_remove", stop)

    page = undo(client, there)

    assert "The undo stopped, and nothing was undone. Try again." in page
    with scope(organization=cast.ours.organization):
        assert Import.objects.get(file_name="inventory.csv").state == "done"
        assert UseCase.objects.get(number=1).name == "Renamed in the file"


def test_undo_moves_nothing_judged_into_a_team_where_its_author_alone_reviews(
    cast: Cast, client: Client, there: str
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        [moved] = UseCase.objects.filter(number=1)
        Audit.objects.filter(use_case=moved).update(state=Audit.State.IN_REVIEW)
        TeamRole.objects.create(
            organization=ours.organization,
            membership=Membership.objects.get(user=ours.contributor),
            team=ours.team,
            role=Role.REVIEWER,
        )

    page = undo(client, there)

    assert "into a team where you review from one where you do not" in page
    with scope(organization=ours.organization):
        assert UseCase.objects.get(pk=moved.pk).team.name == "Sales"


def test_undo_gives_nothing_to_who_was_deactivated_since(
    cast: Cast, client: Client
) -> None:
    ours = cast.ours
    reviewer, boss = ours.people[Role.REVIEWER], ours.people[Role.ADMIN]
    with scope(organization=ours.organization):
        UseCase.objects.filter(number=1).update(owner=reviewer)
    raw = sheet(row("UC-0001", Owner=ours.contributor.name, Name="Given by a file"))
    there = checked(ours, raw, written=True)
    with scope(organization=ours.organization):
        assert UseCase.objects.get(number=1).owner == ours.contributor
        member = Membership.objects.get(user=reviewer)
        by = Membership.objects.get(user=boss)
        end_membership(member=member, by=by, heir=boss)

    page = undo(client, there)

    assert "an owner from before it may answer nothing now" in page
    with scope(organization=ours.organization):
        assert UseCase.objects.get(number=1).owner == ours.contributor
