"""From a file to use cases, by the pages."""

import csv
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from openpyxl import load_workbook

from audits.models import Audit, Event, Import, PortfolioRow, Team, UseCase
from audits.services.use_cases import inventories
from tests.casting import Cast
from tests.examples import all_but
from tests.imports.conftest import check, import_rows, row, sheet, upload
from tests.pages import html_of
from tests.uploads.tables.made_sheets import BROKEN


@pytest.mark.thorough
def test_good_rows_become_use_cases(cast: Cast, client: Client) -> None:
    reviewer = cast.ours.people["reviewer"]  # type: ignore[index]
    raw = sheet(
        row("A-1", Owner=reviewer.email.upper()),
        row("A-2", Team="Sales", Stage="in training"),
        row("A-3", Stage=""),
    )
    there = upload(client, raw)

    page = check(client, there)
    assert "Every row is valid: 3 to register, 0 to change, 0 unchanged." in page
    with scope(organization=cast.ours.organization):
        assert not UseCase.objects.filter(external_reference="A-1").exists()

    import_rows(client, there)
    assert "3 use cases registered, 0 changed" in html_of(client.get(there))

    with scope(organization=cast.ours.organization):
        found = UseCase.objects.select_related("team", "owner").order_by("number")
        made = [u for u in found if u.external_reference]
        assert [(u.external_reference, u.number) for u in made] == [
            ("A-1", 3),
            ("A-2", 4),
            ("A-3", 5),
        ]
        assert [str(u.owner) for u in made] == [
            "Northgate reviewer",
            "Northgate contributor",
            "Northgate contributor",
        ]
        assert [(u.team.name, u.stage) for u in made] == [
            ("Northgate claims", "live"),
            ("Sales", "training"),
            ("Northgate claims", "planned"),
        ]
        audits = Audit.objects.filter(use_case__in=made)
        assert {audit.state for audit in audits} == {"draft"}
        portfolio_rows = PortfolioRow.objects.filter(use_case__in=made).order_by(
            "number"
        )
        assert [(s.name, s.stage_rank) for s in portfolio_rows] == [
            ("Case A-1", 3),
            ("Case A-2", 2),
            ("Case A-3", 0),
        ]


@pytest.mark.thorough
def test_importing_again_changes_what_changed_and_nothing_else(
    cast: Cast, client: Client
) -> None:
    there = upload(client, sheet(row("A-1"), row("A-2"), row("A-3")))
    check(client, there)
    import_rows(client, there)

    changed = sheet(row("A-1"), row("A-2", Name="Renamed", Team="New team"), row("A-4"))
    again = upload(client, changed)
    page = check(client, again)
    assert "1 to register, 1 to change, 1 unchanged." in page
    assert "Import 2 rows" in page
    assert "What each row does" in page
    import_rows(client, again)

    with scope(organization=cast.ours.organization):
        names = dict(
            UseCase.objects.exclude(external_reference="").values_list(
                "external_reference", "name"
            )
        )
        assert names == {
            "A-1": "Case A-1",
            "A-2": "Renamed",
            "A-3": "Case A-3",
            "A-4": "Case A-4",
        }
        portfolio_row = PortfolioRow.objects.get(use_case__external_reference="A-2")
        assert (portfolio_row.name, portfolio_row.team.name) == ("Renamed", "New team")


@pytest.mark.thorough
def test_team_is_found_in_any_case_and_spacing(cast: Cast, client: Client) -> None:
    teams = ["northgate  CLAIMS", "Fraud desk", "FRAUD desk", "fraud Desk"]
    rows = [row(f"A-{n}", Team=team) for n, team in enumerate(teams)]
    there = upload(client, sheet(*rows))
    check(client, there)
    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        made = UseCase.objects.exclude(external_reference="").order_by("number")
        assert [use_case.team.name for use_case in made] == [
            "Northgate claims",
            *["Fraud desk"] * 3,
        ]


@pytest.mark.thorough
def test_our_own_reference_finds_what_was_registered_by_hand(
    cast: Cast, client: Client
) -> None:
    cells = row("uc-0001", Name="Northgate triage renamed", Stage="", Owner="")
    there = upload(client, sheet(cells))

    assert "0 to register, 1 to change" in check(client, there)
    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        use_case = UseCase.objects.get(number=1)
        assert use_case.name == "Northgate triage renamed"
        # Empty cells change nothing.
        assert (use_case.stage, use_case.owner) == ("planned", cast.ours.contributor)
        assert use_case.external_reference == ""
        # The record has what it was called, as a signed verdict is about that.
        [changed] = Event.objects.filter(verb="use_case.changed")
        assert (changed.subject, changed.actor) == ("UC-0001", cast.ours.contributor)
        assert changed.details["name"] == [
            "Northgate triage",
            "Northgate triage renamed",
        ]
        assert "name" in changed.details["changed"]


REFUSED = {
    "no reference": (row(""), "Reference is empty"),
    "no name": (row("A-1", Name=" "), "Name is empty"),
    "long team": (row("A-1", Team="x" * 81), "Team: Use 80 characters or fewer"),
    "unknown owner": (
        row("A-1", Owner="nobody@example.org"),
        "Nobody with the address nobody@example.org may contribute to Northgate",
    ),
    "viewer as owner": (
        row("A-1", Owner="viewer@northgate.example"),
        "Nobody with the address viewer@northgate.example may contribute",
    ),
    "foreign owner": (
        row("A-1", Owner="admin@zanzibar.example"),
        "Nobody with the address admin@zanzibar.example may contribute",
    ),
    "unknown stage": (
        row("A-1", Stage="Nearly"),
        "“Nearly” is not a stage: Planned, Building, In training, Live or Stopped",
    ),
    "doubled": (row("A-0"), "A-0 is already in line 2"),
    "ours, but none": (row("UC-0099"), "Northgate Mutual has no use case UC-0099"),
}


@pytest.mark.parametrize("bad", [["no name"], list(REFUSED)], ids=["one", "all"])
def test_bad_rows_keep_all_from_being_imported_and_each_says_why(
    cast: Cast, client: Client, bad: list[str]
) -> None:
    there = upload(client, sheet(row("A-0"), *(REFUSED[name][0] for name in bad)))

    page = check(client, there)

    rows = "1 row" if len(bad) == 1 else f"{len(bad)} rows"
    assert f"{rows} cannot be imported, so nothing has been imported" in page
    for name in bad:
        assert REFUSED[name][1] in page
    assert f"Import {1 + len(bad)} rows" not in page  # it has no such button
    shown = inventories.digest_of_check(_inventory(cast))
    client.post(f"{there}write/", {"shown": shown})
    with scope(organization=cast.ours.organization):
        assert not UseCase.objects.exclude(external_reference="").exists()
        assert Team.objects.count() == 1
        [state] = Import.objects.filter(file_name="inventory.csv").values_list("state")
        assert state == ("checked",)


def test_what_changed_after_the_check_is_not_written_over(
    cast: Cast, client: Client
) -> None:
    there = upload(client, sheet(row("UC-0001", Name="Renamed in the file")))
    check(client, there)
    with scope(organization=cast.ours.organization):
        UseCase.objects.filter(number=1).update(name="Renamed in the file")

    import_rows(client, there)

    page = html_of(client.get(there))
    assert "changed after the check, so nothing was imported" in page
    assert "Check the rows" in page


@pytest.mark.thorough
@pytest.mark.once
def test_columns_are_guessed_and_can_be_chosen(cast: Cast, client: Client) -> None:
    raw = b"ID;Project;Unit;Description;Alias\nA-1;P;Northgate claims;Sorts;Q\n"
    there = upload(client, raw)

    page = html_of(client.get(there))
    for heading in ("ID", "Project", "Unit", "Description"):
        assert f'<option value="{heading}" selected>' in page

    columns = {"reference": "ID", "name": "Alias", "team": "Unit"}
    client.post(there, columns | {"summary": "Description"})
    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        assert UseCase.objects.get(external_reference="A-1").name == "Q"


@pytest.mark.once
def test_one_column_cannot_be_two_fields(cast: Cast, client: Client) -> None:
    there = upload(client, sheet(row("A-1")))

    response = client.post(
        there,
        {"reference": "Name", "name": "Name", "team": "", "summary": "What it does"},
    )

    page = html_of(response)
    assert response.status_code == 422
    assert "“Name” is already used for another field" in page
    assert "Choose the column for: Team" in page
    with scope(organization=cast.ours.organization):
        assert Import.objects.get(file_name="inventory.csv").state == "read"


@pytest.mark.once
# tests/uploads/tables/test_reading.py reads every one.
@pytest.mark.parametrize(
    "name",
    all_but(BROKEN, ["nothing", "neither encoding", "too large", "merged cells"]),
)
def test_broken_file_is_refused_and_nothing_is_kept(
    cast: Cast, client: Client, name: str
) -> None:
    raw, said = BROKEN[name]
    before = _everything()

    response = client.post(
        reverse("import_upload"), {"file": SimpleUploadedFile("x.csv", raw)}
    )

    page = html_of(response)
    assert response.status_code == 422
    assert ("The selected file is empty" if not raw else said) in page
    assert page.count('<a href="#id_file">') == 1
    assert _everything() == before


@pytest.mark.thorough
@pytest.mark.once
def test_report_is_a_file_without_formulas(cast: Cast, client: Client) -> None:
    there = upload(client, sheet(row("=1+1", Name="@x"), row("A-2", Stage="-")))
    check(client, there)

    response = client.get(f"{there}report.csv")

    rows = list(csv.reader(StringIO(html_of(response))))
    assert rows[1] == ["2", "'=1+1", "'@x", "register", ""]
    assert rows[2][3] == "refused"
    assert rows[2][4].startswith("“-” is not a stage")


@pytest.mark.once
def test_templates_are_read_as_they_are_given(cast: Cast, client: Client) -> None:
    for kind in ("csv", "xlsx"):
        file = client.get(reverse("import_template", query={"kind": kind})).content
        there = upload(client, file, f"inventory.{kind}")

        assert "Every row is valid: 1 to register" in check(client, there)

    book = load_workbook(BytesIO(file))
    assert [cell.value for cell in book.worksheets[0][1]][:2] == ["Reference", "Name"]
    assert client.get(reverse("import_template") + "?kind=exe").status_code == 404


def _inventory(cast: Cast) -> Import:
    with scope(organization=cast.ours.organization):
        return Import.objects.get(file_name="inventory.csv")


def _everything() -> list[int]:
    with scopes_disabled():
        return [m.objects.count() for m in (UseCase, Audit, Team, PortfolioRow, Import)]


@pytest.mark.on_both
def test_import_adds_at_most_fifty_teams(cast: Cast, client: Client) -> None:
    rows = [row(f"A-{n}", Team=f"Team {n}") for n in range(51)]
    rows.append(row("A-51", Team="Team 0"))
    there = upload(client, sheet(*rows))

    page = check(client, there)

    assert "1 row cannot be imported, so nothing has been" in page
    assert (
        "“Team 50” is one new team too many: an import adds at most 50. Check that the "
        "column has teams, or import in parts."
    ) in page
    import_rows_of(client, there, sheet(*rows[:50]))
    with scope(organization=cast.ours.organization):
        assert Team.objects.filter(name__startswith="Team ").count() == 50


def test_organization_has_a_thousand_teams_at_most(cast: Cast, client: Client) -> None:
    ours = cast.ours.organization
    with scope(organization=ours):
        Team.objects.bulk_create(
            Team(organization=ours, name=f"Old {n}") for n in range(998)
        )
    there = upload(client, sheet(row("A-1", Team="New"), row("A-2", Team="Newer")))

    page = check(client, there)

    assert "“Newer” is one new team too many: Northgate Mutual may have 1,000." in page
    assert "“New” is" not in page


def import_rows_of(client: Client, before: str, raw: bytes) -> None:
    there = upload(client, raw)
    assert there != before
    check(client, there)
    import_rows(client, there)


@pytest.mark.thorough
def test_encoding_is_found_and_named_or_chosen(client: Client) -> None:
    text = "Reference,Name,Team,What it does\nA-1,Prüfung,Büro,Sorts\n"

    found = html_of(client.get(upload(client, text.encode("cp1252"))))
    response = client.post(
        reverse("import_upload"),
        {
            "file": SimpleUploadedFile("x.csv", text.encode("mac-roman")),
            "encoding": "mac-roman",
        },
    )
    chosen = html_of(client.get(response["Location"]))

    assert "Its text is not in UTF-8 and was read as Windows-1252." in found
    assert "Prüfung" in found
    assert "Prüfung" in chosen
    assert "not in UTF-8" not in chosen
