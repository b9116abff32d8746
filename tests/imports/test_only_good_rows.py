"""Good rows in, bad rows back with a reason; nothing is cut silently."""

import csv
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from audits.models import Event, Import, ImportedRow, UseCase
from tests.casting import Cast
from tests.imports.conftest import check, import_rows, row, sheet, shown_on, upload
from tests.inventories.made_rows import HEADINGS_2025, row_2025
from tests.pages import html_of


def of_2025(*rows: list[str]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows([HEADINGS_2025, *rows])
    return text.getvalue().encode("utf-8-sig")


def check_format(client: Client, there: str, preset: str = "us_federal_2025") -> str:
    client.post(there, {"preset": preset})
    return " ".join(html_of(client.get(there)).split())


def import_good(client: Client, there: str) -> None:
    shown = shown_on(html_of(client.get(there)))
    client.post(f"{there}write/", {"shown": shown, "rows": "good"})


def refused_rows(client: Client, there: str) -> list[dict[str, str]]:
    response = client.get(f"{there}refused.csv")
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_good_rows_are_imported_and_the_others_come_back_with_the_reason(
    cast: Cast, client: Client
) -> None:
    there = upload(
        client,
        sheet(row("A-1"), row("", Team="Sales"), row("A-3", Stage="Soon"), row("A-4")),
    )
    page = " ".join(check(client, there).split())
    assert "2 rows cannot be imported, so nothing has been imported" in page
    assert "Import 2 good rows" in page

    import_good(client, there)

    page = " ".join(html_of(client.get(there)).split())
    assert "2 use cases registered, 0 changed, 0 unchanged." in page
    assert "2 rows were left out." in page
    one, other = refused_rows(client, there)
    assert (one["Team"], one["Reason"]) == ("Sales", "Reference is empty")
    assert one["Name"] == "Case"
    assert other["Reason"].startswith("“Soon” is not a stage")
    with scope(organization=cast.ours.organization):
        [event] = Event.objects.filter(verb="inventory.imported")
        assert event.details["refused"] == 2
        found = UseCase.objects.exclude(external_reference="")
        assert {u.external_reference for u in found} == {"A-1", "A-4"}
        assert not found.filter(team__name="Sales").exists()
        assert len(Import.objects.get(only_good=True).rows) == 2


@pytest.mark.thorough
def test_without_a_good_row_nothing_can_be_imported(client: Client) -> None:
    there = upload(client, sheet(row("")))

    page = check(client, there)

    assert "good row" not in page


@pytest.mark.thorough
def test_public_format_is_found_named_and_read(cast: Cast, client: Client) -> None:
    raw = of_2025(row_2025(), row_2025(id=""), row_2025(id="34", problem_solved=""))
    there = upload(client, raw)
    page = " ".join(html_of(client.get(there)).split())
    assert "By its headings, this is the US federal inventory of 2025." in page

    page = check_format(client, there)
    assert "1 row cannot be imported" in page
    import_good(client, there)

    with scope(organization=cast.ours.organization):
        one, other = UseCase.objects.exclude(external_reference="").order_by("number")
        assert (one.external_reference, one.stage) == ("DOS-0001", "live")
        assert other.external_reference.startswith("US25-")
        assert one.team.name == "Department of Samples"
        kept = ImportedRow.objects.get(use_case=one)
        assert kept.preset == "us_federal_2025"
        assert kept.cells["agency_bureau"] == "Bureau of Tests"
    # The same file again changes nothing.
    again = upload(client, of_2025(row_2025(), row_2025(id="")))
    page = check_format(client, again)
    assert "0 to register, 0 to change, 2 unchanged." in page


def test_file_without_the_columns_of_a_format_is_refused(client: Client) -> None:
    there = upload(client, sheet(row("A-1")))

    response = client.post(there, {"preset": "us_federal_2023"})

    assert response.status_code == 422
    assert "The file has no column “Use_Case_ID”" in html_of(response)


def test_long_name_and_summary_are_kept_whole_and_the_check_says_so(
    cast: Cast, client: Client
) -> None:
    name, summary = "Sorts letters of " * 10, "It reads a letter. " * 40
    there = upload(client, sheet(row("A-1", **{"Name": name, "What it does": summary})))

    page = check(client, there)
    assert (
        "Name is shown shortened to 80 characters: all 169 are kept with the use case."
    ) in page
    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        use_case = UseCase.objects.get(external_reference="A-1")
        assert use_case.name.endswith("Sorts…")
        assert len(use_case.name) <= 80
        assert len(use_case.summary) <= 500
        kept = ImportedRow.objects.get(use_case=use_case)
        assert kept.cells == {"Name": name.strip(), "What it does": summary.strip()}
        audit = use_case.audits.get()
    page = html_of(client.get(reverse("use_case_details", args=[audit.pk])))
    assert name.strip() in page
    assert summary.strip() in page
    # Another end of the name is a change, though what is shown stays.
    raw = sheet(row("A-1", **{"Name": f"{name}all", "What it does": summary}))
    page = " ".join(check(client, upload(client, raw)).split())
    assert "0 to register, 1 to change, 0 unchanged." in page


def test_owner_is_found_by_name_in_any_case_if_one_has_it(
    cast: Cast, client: Client
) -> None:
    reviewer = cast.ours.people["reviewer"]  # type: ignore[index]
    there = upload(client, sheet(row("A-1", Owner=f" {reviewer.name.upper()} ")))
    assert "Every row is valid" in check(client, there)
    import_rows(client, there)
    with scope(organization=cast.ours.organization):
        assert UseCase.objects.get(external_reference="A-1").owner == reviewer

    with scopes_disabled():
        admin = cast.ours.people["admin"]  # type: ignore[index]
        admin.name = reviewer.name
        admin.save()
    page = check(client, upload(client, sheet(row("A-2", Owner=reviewer.name))))
    assert f"2 people of Northgate Mutual are called {reviewer.name}" in page
    page = check(client, upload(client, sheet(row("A-3", Owner="Nobody Known"))))
    assert "Nobody with the name Nobody Known may contribute" in page
