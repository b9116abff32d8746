"""Files that CISO Assistant and VerifyWise export are read as they are."""

import csv
from io import StringIO

import pytest
from django.test import Client
from django_scopes import scope

from audits.inventories.presets import presets
from audits.models import UseCase
from tests.casting import Cast
from tests.imports.conftest import import_rows, upload
from tests.imports.test_only_good_rows import check_format

# Every column, in its order, with invented words.
ASSETS = {
    "internal_id": "3f0c5d0e-6f0b-4a53-9a57-0d5c2b1f7a10",
    "name": "Claims triage",
    "description": "Sorts motor claims by damage",
    "ref_id": "AST-7",
    "type": "Primary",
    "asset_class": "",
    "folder": "Motor claims",
    "security_objectives": "confidentiality: 2",
    "disaster_recovery_objectives": "",
    "security_capabilities": "",
    "recovery_capabilities": "",
    "link": "",
    "owners": "Ada",
    "parent_assets": "",
    "labels": "AI",
    "observation": "",
    "Is a business function ?": "False",
}
USE_CASES = {
    "Use Case ID": "UC-1",
    "Use Case Title": "Letters, drafted",
    "AI Risk Level": "Limited risk",
    "Role": "Deployer",
    "Start Date": "1/2/2026",
    "Last Updated": "2/2/2026",
    "Owner": "Ada Lovelace",
    "Status": "In progress",
}


def assets() -> bytes:
    """Return the file as CISO Assistant writes it: with semicolons, and a mark."""
    text = StringIO()
    writer = csv.DictWriter(text, list(ASSETS), delimiter=";")
    writer.writeheader()
    writer.writerow(ASSETS)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def use_cases(**cells: str) -> bytes:
    """Return the file as VerifyWise writes it: quoted only where it must be."""
    row = USE_CASES | cells
    cells_of = [f'"{cell}"' if "," in cell else cell for cell in row.values()]
    return f"{','.join(row)}\n{','.join(cells_of)}".encode()


@pytest.mark.thorough
def test_assets_of_ciso_assistant_are_use_cases_of_their_folder(
    cast: Cast, client: Client
) -> None:
    there = upload(client, assets(), "assets_export.csv")
    assert "1 to register" in check_format(client, there, "ciso_assistant_assets")
    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        made = UseCase.objects.get(external_reference=ASSETS["internal_id"])
        assert (made.name, made.team.name) == ("Claims triage", "Motor claims")
        assert (made.summary, made.stage) == (ASSETS["description"], "planned")
    again = check_format(
        client, upload(client, assets(), "b.csv"), "ciso_assistant_assets"
    )
    assert "0 to register, 0 to change, 1 unchanged." in again


def test_use_cases_of_verifywise_are_new_ones_and_never_ours(
    cast: Cast, client: Client
) -> None:
    there = upload(client, use_cases(), "use-cases.csv")
    assert "1 to register" in check_format(client, there, "verifywise_use_cases")
    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        # Its UC-1 is not the use case that has this number here.
        made = UseCase.objects.get(external_reference="VW-UC-1")
        assert (made.name, made.team.name) == ("Letters, drafted", "From VerifyWise")
        assert (made.summary, made.stage) == ("Letters, drafted", "planned")
        UseCase.objects.filter(pk=made.pk).update(
            team=cast.ours.team, summary="Drafts letters about claims", stage="live"
        )
    # The file does not say these, so it changes none of them.
    told = {"Use Case Title": "Letters", "Status": "Completed"}
    there = upload(client, use_cases(**told), "c.csv")
    assert "0 to register, 1 to change" in check_format(
        client, there, "verifywise_use_cases"
    )
    import_rows(client, there)
    with scope(organization=cast.ours.organization):
        made.refresh_from_db()
        assert (made.name, made.team, made.stage) == ("Letters", cast.ours.team, "live")
        assert made.summary == "Drafts letters about claims"


def test_formats_of_tools_name_the_columns_that_they_export() -> None:
    found = presets()["ciso_assistant_assets"], presets()["verifywise_use_cases"]

    assert set(found[0].named) <= set(ASSETS)
    assert set(found[1].named) == set(USE_CASES)
