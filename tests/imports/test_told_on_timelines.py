"""The timeline of a use case says which inventory it is from, or was changed by."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Import, UseCase
from tests.casting import Cast
from tests.imports.conftest import check, import_rows, row, sheet, upload
from tests.pages import html_of


def timeline_of(client: Client, cast: Cast, **which: object) -> str:
    with scope(organization=cast.ours.organization):
        audit = UseCase.objects.get(**which).audits.get()
    page = html_of(client.get(reverse("timeline", args=[audit.pk])))
    return re.sub(r"\s+", " ", page)


@pytest.fixture
def imported(cast: Cast, client: Client) -> Cast:
    """Register a use case by an inventory, and change another."""
    client.force_login(cast.ours.contributor)
    rows = row("A-1"), row("UC-0001", Name="Renamed", Stage="")
    there = upload(client, sheet(*rows), "all of <ours>.csv")
    check(client, there)
    import_rows(client, there)
    return cast


@pytest.mark.on_both
def test_timeline_says_what_a_use_case_was_imported_and_changed_from(
    imported: Cast, client: Client
) -> None:
    by = imported.ours.contributor
    named = "the inventory <bdi>all of &lt;ours&gt;.csv</bdi>."

    new = timeline_of(client, imported, external_reference="A-1")
    changed = timeline_of(client, imported, number=1)

    assert f"<bdi>{by}</bdi> imported this use case from {named}" in new
    assert f"</a> was started by <bdi>{by}</bdi>." in new
    assert f"<bdi>{by}</bdi> changed this use case by importing {named}" in changed
    assert "imported this use case" not in changed


@pytest.mark.thorough
def test_timeline_still_says_it_once_the_import_is_gone(
    imported: Cast, client: Client
) -> None:
    with scope(organization=imported.ours.organization):
        Import.objects.filter(file_name="all of <ours>.csv").delete()

    page = timeline_of(client, imported, external_reference="A-1")

    assert "imported this use case from an inventory." in page
