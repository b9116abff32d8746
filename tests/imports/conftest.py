"""An inventory on its way from a file to use cases."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.imports.tasks import queue_check, queue_write
from audits.models import Import
from audits.services.use_cases.inventories import digest_of_check, start_import
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.replayed import replayed
from tests.uploads.tables.made_sheets import HEADINGS, csv

type Read = Callable[..., Import]


@pytest.fixture(autouse=True)
def run_tasks_at_once(settings: Settings) -> None:
    backend = "django.tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": backend}}


def row(reference: str, **cells: str) -> list[str]:
    """Return the cells of a row, in the order of HEADINGS."""
    usual = {"Name": f"Case {reference}", "Team": "Northgate claims", "Stage": "Live"}
    values: dict[str, Any] = {"Reference": reference, "What it does": "Sorts"} | usual
    return [(values | cells).get(heading, "") for heading in HEADINGS]


def sheet(*rows: list[str]) -> bytes:
    return csv(HEADINGS, *rows)


def upload(client: Client, raw: bytes, name: str = "inventory.csv") -> str:
    """Read a file, and return where its import is."""
    response = client.post(
        reverse("import_upload"), {"file": SimpleUploadedFile(name, raw)}
    )
    assert response.status_code == 302, html_of(response)
    return str(response["Location"])


def check(client: Client, there: str, **columns: str) -> str:
    """Check the rows with the guessed columns, and return the page."""
    fields = {
        "reference": "Reference",
        "name": "Name",
        "team": "Team",
        "summary": "What it does",
        "owner": "Owner",
        "stage": "Stage",
    }
    client.post(there, fields | columns)
    return html_of(client.get(there))


def import_rows(client: Client, there: str) -> None:
    """Import the rows by the button of the page."""
    client.post(f"{there}write/", {"shown": shown_on(html_of(client.get(there)))})


def shown_on(page: str) -> str:
    """Return which check the button of a page imports."""
    [shown] = re.findall('name="shown" value="([0-9a-f]{64})"', page)
    return str(shown)


def checked(tenant: Tenant, raw: bytes, *, written: bool = False) -> str:
    """Check an inventory as our contributor, or write it too; return where it is."""
    with scope(organization=tenant.organization):
        _check(tenant, raw=raw, written=written)
        made = Import.objects.exclude(pk=tenant.inventory.pk).get()
    return reverse("import", args=[made.pk])


@replayed
def _check(tenant: Tenant, raw: bytes, written: bool) -> None:
    made = start_import(
        organization=tenant.organization,
        by=tenant.contributor,
        name="inventory.csv",
        file=ContentFile(raw),
    )
    queue_check(inventory=made, columns=made.columns)
    if written:
        write(Import.objects.get(pk=made.pk))


def write(inventory: Import) -> None:
    """Have the rows written as they are checked now."""
    queue_write(inventory=inventory, shown=digest_of_check(inventory))


def stored(cast: Cast, inventory: Import) -> Import:
    with scope(organization=cast.ours.organization):
        return Import.objects.get(pk=inventory.pk)
