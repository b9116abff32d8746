"""An inventory on its way from a file to use cases."""

from collections.abc import Callable
from typing import Any

import pytest
from django_scopes import scope
from pytest_django import Settings

from audits.models import Import
from tests.casting import Cast
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


def stored(cast: Cast, inventory: Import) -> Import:
    with scope(organization=cast.ours.organization):
        return Import.objects.get(pk=inventory.pk)
