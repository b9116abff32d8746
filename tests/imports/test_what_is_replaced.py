"""An import replaces only what its reader saw, and the record keeps what it was."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Event, Import, Role, UseCase
from audits.services.use_cases.inventories import CHANGED_SINCE
from tests.casting import Cast
from tests.examples import thorough
from tests.imports.conftest import check, import_rows, row, sheet, upload
from tests.pages import html_of

WORDS = "Rejects claims"


def cells(cast: Cast, **changed: str) -> list[str]:
    """Return a row that names the draft's use case as it is, but for some cells."""
    use_case = cast.ours.draft.use_case
    usual = {"Name": use_case.name, "What it does": use_case.summary, "Stage": ""}
    return row(use_case.reference, **usual | changed)


def use_case_of(cast: Cast) -> UseCase:
    with scope(organization=cast.ours.organization):
        found: UseCase = UseCase.objects.select_related("team", "owner").get(
            pk=cast.ours.draft.use_case_id
        )
    return found


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("heading", "theirs", "mine"),
    [
        ("What it does", "Written with care", WORDS),
        thorough(("Name", "A better name", "Another name")),
        thorough(("Team", "Underwriting", "Sales")),
        ("Owner", "reviewer@northgate.example", "admin@northgate.example"),
        thorough(("Stage", "Live", "Stopped")),
    ],
)
def test_value_that_a_colleague_wrote_after_the_check_is_not_replaced(
    cast: Cast, client: Client, heading: str, theirs: str, mine: str
) -> None:
    there = upload(client, sheet(cells(cast, **{heading: mine})))
    check(client, there)
    colleague = Client()
    colleague.force_login(cast.ours.people[Role.REVIEWER])
    other = upload(colleague, sheet(cells(cast, **{heading: theirs})))
    check(colleague, other)
    import_rows(colleague, other)
    written = use_case_of(cast)

    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        states = [x.state for x in Import.objects.order_by("-at")[:2]]
    assert states == ["done", "failed"]
    assert CHANGED_SINCE in html_of(client.get(there))
    now = use_case_of(cast)
    assert [now.name, now.summary, now.team, now.owner, now.stage] == [
        *(written.name, written.summary, written.team, written.owner, written.stage)
    ]


CHANGED = {
    "Name": "Triage",
    "Team": "Sales",
    "What it does": WORDS,
    "Owner": "reviewer@northgate.example",
    "Stage": "Live",
}


@pytest.mark.once
def test_check_shows_each_value_that_changes_and_its_new_one(
    cast: Cast, client: Client
) -> None:
    was = use_case_of(cast)

    there = upload(client, sheet(cells(cast, **CHANGED)))
    page = check(client, there)
    report = client.get(reverse("import_report", args=[there.split("/")[-2]]))

    said = {
        "Name": (was.name, "Triage"),
        "Team": (was.team.name, "Sales"),
        "What it does": (was.summary, WORDS),
        "Owner": (
            f"Northgate contributor ({was.owner.email})",
            "Northgate reviewer (reviewer@northgate.example)",
        ),
        "Stage": ("Planned", "Live"),
    }
    for label, (before, after) in said.items():
        in_page = f"{label}: from “<bdi>{before}</bdi>” to “<bdi>{after}</bdi>”"
        assert in_page in page
        assert f"{label}: from “{before}” to “{after}”" in report.content.decode()


@pytest.mark.thorough
def test_record_has_the_old_and_the_new_text_of_each_field(
    cast: Cast, client: Client
) -> None:
    was = use_case_of(cast)

    there = upload(client, sheet(cells(cast, **CHANGED)))
    check(client, there)
    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        [line] = Event.objects.filter(verb="use_case.changed")
        assert line.details == {
            "changed": ["name", "team", "summary", "owner", "stage"],
            "name": [was.name, "Triage"],
            "team": [was.team.name, "Sales"],
            "summary": [was.summary, WORDS],
            "owner": [was.owner.pk, cast.ours.people[Role.REVIEWER].pk],
            "stage": ["planned", "live"],
            "inventory": str(Import.objects.latest("at").pk),
        }
