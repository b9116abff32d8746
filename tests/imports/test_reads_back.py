"""What is exported in a public format reads back to the same use cases."""

import csv
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Team, UseCase
from audits.services.use_cases.changing import change_use_case
from tests.casting import Cast
from tests.imports.conftest import check, import_rows, row, sheet, shown_on, upload
from tests.imports.test_only_good_rows import check_format, of_2025
from tests.inventories.made_rows import HEADINGS_2025, row_2025
from tests.pages import html_of


def exported(client: Client, preset: str = "us_federal_2025") -> bytes:
    response = client.get(reverse("inventory_csv"), {"format": preset})
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def rows_in(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(raw.decode("utf-8-sig"))))


def imported(client: Client, *rows: list[str]) -> None:
    there = upload(client, of_2025(*rows))
    assert "Every row is valid" in check_format(client, there)
    shown = shown_on(html_of(client.get(there)))
    client.post(f"{there}write/", {"shown": shown})


LONG = row_2025(
    id="",
    use_case_name="- Sorts letters of the office " * 6,
    problem_solved="=Letters wait;-for days. " * 40,
    vendor_name="@Vendor\n- of two lines",
    development_stage="",
)


@pytest.mark.on_both
def test_imported_rows_come_out_as_they_were_and_change_nothing(
    cast: Cast, client: Client
) -> None:
    imported(client, row_2025(id="34"), row_2025(id="DOS-2", development_stage="Pilot"))
    imported(client, LONG)

    raw = exported(client)
    found = {row["id"]: row for row in rows_in(raw)}

    assert list(rows_in(raw)[0]) == [*HEADINGS_2025]
    assert list(found["34"].values()) == row_2025(id="34")
    assert found["DOS-2"]["development_stage"] == "Pilot"
    # It was registered by hand.
    assert found["UC-0001"]["use_case_name"] == "Northgate triage"
    assert found["UC-0001"]["development_stage"] == "Pre-deployment"
    page = check_format(client, upload(client, raw))
    assert "Every row is valid: 0 to register, 0 to change, 5 unchanged." in page
    assert "Nothing is left to import" in page
    assert "import_write" not in page


@pytest.mark.thorough
def test_what_was_changed_here_is_exported_and_finds_the_same_use_case(
    cast: Cast, client: Client
) -> None:
    imported(client, LONG)
    with scope(organization=cast.ours.organization):
        use_case = UseCase.objects.get(external_reference__startswith="US25-")
        team = Team.objects.get(name="Northgate claims")
        change_use_case(
            use_case=use_case, by=cast.ours.contributor, name="New name", team=team
        )
        UseCase.objects.filter(pk=use_case.pk).update(stage="training")

    raw = exported(client)
    [row] = [row for row in rows_in(raw) if row["id"] == use_case.external_reference]

    assert row["use_case_name"] == "New name"
    assert row["agency_name"] == "Northgate claims"
    assert row["development_stage"] == "Pre-deployment"
    there = upload(client, raw)
    assert "0 to register" in check_format(client, there)
    import_rows(client, there)
    with scope(organization=cast.ours.organization):
        again = UseCase.objects.get(pk=use_case.pk)
        assert (again.name, again.team, again.stage) == ("New name", team, "training")
        assert UseCase.objects.count() == 3


@pytest.mark.thorough
def test_records_of_atrs_read_back_too(cast: Cast, client: Client) -> None:
    there = upload(client, sheet(row("A-1", Stage="Stopped"), row("A-2")))
    check(client, there)
    import_rows(client, there)

    raw = exported(client, "uk_atrs")

    assert {row["phase"] for row in rows_in(raw)} == {"retired", "production", "design"}
    page = check_format(client, upload(client, raw), "uk_atrs")
    assert "Every row is valid: 0 to register, 0 to change, 4 unchanged." in page


def test_unknown_format_is_not_found(client: Client) -> None:
    response = client.get(reverse("inventory_csv"), {"format": "us_federal_2023"})

    assert response.status_code == 404


@pytest.mark.thorough
def test_portfolio_links_the_formats_with_its_filter(client: Client) -> None:
    page = html_of(client.get(reverse("portfolio"), {"stage": "planned"}))

    assert "portfolio/inventory.csv?format=us_federal_2025&amp;stage=planned" in page
