"""The template has sponsor, day of the decision and budget, which new use cases get."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Cover, CoverVersion, Event, Version
from audits.services.use_cases import inventory_columns
from tests.casting import Cast
from tests.imports.conftest import import_rows, upload
from tests.imports.test_undo import undo
from tests.pages import html_of

COLUMNS = {
    "reference": "Reference",
    "name": "Name",
    "team": "Team",
    "summary": "What it does",
    "sponsor": "Sponsor",
    "sponsor_agreed_on": "Sponsor agreed on",
    "decide_by": "Decide by",
    "budget_month": "Budget a month",
}


def checked(client: Client, *rows: str) -> tuple[str, str]:
    raw = "\n".join([",".join(COLUMNS.values()), *rows]).encode()
    there = upload(client, raw)
    client.post(there, COLUMNS)
    return there, " ".join(html_of(client.get(there)).split())


@pytest.mark.thorough
def test_template_fills_page_one_and_the_budget_of_new_use_cases(
    cast: Cast, client: Client
) -> None:
    template = client.get(reverse("import_template"), {"kind": "csv"}).content
    there = upload(client, template)
    client.post(there, COLUMNS)
    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(use_case__external_reference="CLAIMS-7")
        cover = Cover.objects.get(audit=audit)
        assert (cover.sponsor, str(cover.decide_by)) == ("Head of claims", "2027-01-31")
        assert CoverVersion.objects.get(audit=audit).words == {
            "sponsor": "Head of claims",
            "sponsor_agreed_on": "2026-11-20",
            "decide_by": "2027-01-31",
        }
        assert str(cover.sponsor_agreed_on) == "2026-11-20"
        assert audit.numbers["budget_month"]["value"] == "1200"
        version = Version.objects.get(audit=audit)
        assert (version.kind, version.value) == ("number", "1200")
        assert version.by == cast.ours.contributor
        [saved] = Event.objects.filter(verb="cover.saved")
        assert saved.details["words"] == cover.words_digest
    assert client.get(reverse("numbers", args=[audit.pk])).status_code == 200
    assert "Undone. 1 use case removed" in undo(client, there)


def test_days_and_amounts_are_read_as_the_file_writes_them(
    cast: Cast, client: Client
) -> None:
    there, page = checked(
        client,
        'A-1,One,Sales,Sorts,,,31/01/2027,"$1,200.50"',
        'A-2,Two,Sales,Sorts,CFO,03/02/2026,02/03/2027,"3,400"',
    )
    assert "Every row is valid" in page
    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        audits = Audit.objects.exclude(use_case__external_reference="")
        one, two = audits.order_by("use_case__number").select_related("cover")
        assert str(two.cover.decide_by) == "2027-03-02"
        assert str(two.cover.sponsor_agreed_on) == "2026-02-03"
        assert one.numbers["budget_month"]["value"] == "1200.50"
        assert two.numbers["budget_month"]["value"] == "3400"


def test_cells_that_fill_nothing_are_refused_each_with_the_reason(
    client: Client,
) -> None:
    refused = {
        "x,,02/03/2027,": "Decide by: write “02/03/2027” as a day such as 2027-01-31",
        "x,,soon,": "Decide by: write “soon” as a day",
        "x,soon,,": "Sponsor agreed on: write “soon” as a day",
        "x,2999-01-31,,": "Sponsor agreed on: 2999-01-31 is still to come",
        ",2026-01-31,,": "Sponsor agreed on: enter who agreed as the sponsor",
        ",,,much": "Budget a month: write “much” in digits, such as 1200",
        ",,,9999999999": "Budget a month: 9,999,999,999 is not between 0 and",
        f"{'x' * 41},,,": "Sponsor: Use 40 characters or fewer",
    }
    rows = (f"A-{n},One,Sales,Sorts,{cells}" for n, cells in enumerate(refused))

    _, page = checked(client, *rows)

    for said in refused.values():
        assert said in page


def test_use_case_that_is_there_keeps_its_page_one_and_the_check_says_so(
    cast: Cast, client: Client
) -> None:
    there, page = checked(client, "UC-0001,Renamed,Sales,Sorts,Someone,,2027-01-31,5")
    assert "Sponsor, decide by and budget fill only new use cases." in page
    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        assert not Cover.objects.filter(sponsor="Someone").exists()


def test_first_page_says_what_a_new_use_case_needs(client: Client) -> None:
    page = html_of(client.get(reverse("import_upload")))

    needed = [each.label for each in inventory_columns.COLUMNS if each.is_needed]
    assert needed == ["Reference", "Name", "Team", "What it does"]
    assert "needs its name, its team and what it does." in page
