"""A file without references: each row gets one of its team and name, every time."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.inventories.made_references import MADE
from audits.models import UseCase
from tests.casting import Cast
from tests.imports.conftest import check, import_rows, upload
from tests.pages import html_of
from tests.uploads.tables.made_sheets import csv

HEADINGS = ["Name", "Team", "What it does"]


@pytest.mark.thorough
def test_references_are_made_and_found_again_in_the_next_file(
    cast: Cast, client: Client
) -> None:
    before = html_of(client.get(reverse("import_upload")))
    assert "Each row has a reference" in before
    rows = ["Quotes", "Sales", "Writes"], ["Mails", "Sales", "Sorts"]
    there = upload(client, csv(HEADINGS, *rows))
    chosen = f'<option value="{MADE}" selected>Not in the file: make one from team'
    assert chosen in html_of(client.get(there))
    fields = {"name": "Name", "team": "Team", "summary": "What it does"}
    refused = html_of(client.post(there, fields))
    assert "If the file has none, let Attune make one from team and name" in refused

    page = check(client, there, reference=MADE, owner="", stage="")
    assert "Every row is valid: 2 to register, 0 to change, 0 unchanged." in page
    import_rows(client, there)
    with scope(organization=cast.ours.organization):
        made = UseCase.objects.exclude(external_reference="")
        first = {each.name: each.external_reference for each in made}
    assert {*first} == {"Quotes", "Mails"}
    assert all(each.startswith("ROW-") for each in first.values())

    changed = ["Mails ", "sales", "Sorts letters"], ["Letters", "Sales", "Writes"]
    again = upload(client, csv(HEADINGS, *changed))
    page = check(client, again, reference=MADE, owner="", stage="")

    assert "1 to register, 1 to change, 0 unchanged." in page


def test_two_rows_of_one_team_and_name_are_not_told_apart(
    cast: Cast, client: Client
) -> None:
    rows = ["Quotes", "Sales", "Writes"], ["Quotes", "Sales", "Reads"]
    there = upload(client, csv(HEADINGS, *rows))

    page = check(client, there, reference=MADE, owner="", stage="")

    assert "already" in page
    assert "1 row" in page
