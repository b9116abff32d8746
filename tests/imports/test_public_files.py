"""The public inventories of the United States, whole, if they lie beside this project.

They are read from `../shared/inventories`, or from where ATTUNE_INVENTORIES says.
"""

import csv
import os
import time
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django_scopes import scope

from audits.inventories.presets import presets
from audits.models import Import, PortfolioRow, UseCase
from audits.services.use_cases import inventories
from audits.services.use_cases.inventory_exports import inventory_rows
from audits.services.use_cases.inventory_rows import Planned, Rows
from audits.uploads.tables.cells import safe_cell
from audits.uploads.tables.csv_files import read_csv
from tests.casting import Cast

_BESIDE = Path(__file__).parents[3] / "shared" / "inventories"
_THERE = Path(os.environ.get("ATTUNE_INVENTORIES") or _BESIDE)
_MOST_SECONDS = 10


@pytest.mark.once
@pytest.mark.skipif(not _THERE.is_dir(), reason="the public inventories are not here")
@pytest.mark.parametrize(
    ("name", "preset", "least"),
    [
        pytest.param(
            "us_federal_2025.csv", "us_federal_2025", 3_100, marks=pytest.mark.thorough
        ),
        pytest.param(
            "us_federal_2024_v2.csv",
            "us_federal_2024",
            1_900,
            marks=pytest.mark.thorough,
        ),
        ("us_federal_2023.csv", "us_federal_2023", 650),
    ],
)
def test_public_inventory_is_imported_but_for_rows_with_a_reason(
    cast: Cast, name: str, preset: str, least: int
) -> None:
    raw = (_THERE / name).read_bytes()
    organization = cast.ours.organization
    with scope(organization=organization):
        used = time.process_time()
        inventory = inventories.start_import(
            organization=organization,
            by=cast.ours.contributor,
            name=name,
            file=ContentFile(raw),
        )
        assert inventory.preset == preset
        inventories.ask_to_check(inventory=inventory, columns={}, preset=preset)
        inventories.check(inventory=inventory)
        shown = inventories.digest_of_check(inventory)
        assert inventories.ask_to_write(
            inventory=inventory, shown=shown, only_good=True
        )
        inventories.write(inventory=inventory)
        done = Import.objects.get(pk=inventory.pk)
        assert done.state == "done", done.failure
        written = UseCase.objects.exclude(external_reference="").count()
        refused = [row for row in done.found if row["does"] == "refused"]
        assert written >= least
        assert written + len(refused) == len(done.found)
        assert all(row["problems"] for row in refused)
        assert len(done.rows) == len(refused)
        assert time.process_time() - used <= _MOST_SECONDS

        told = Counter(plan.does for plan in _read_back(cast))
        assert set(told) == {"nothing"}, told
        assert told["nothing"] >= written


def _read_back(cast: Cast) -> Iterator[Planned]:
    """Export all use cases, and plan the rows as an import would."""
    preset = presets()["us_federal_2025"]
    text = StringIO()
    rows = inventory_rows(PortfolioRow.objects.all(), preset)
    safe = ([safe_cell(cell) for cell in row] for row in rows)
    csv.writer(text).writerows([preset.columns, *safe])
    table = read_csv(text.getvalue().encode())
    organization, by = cast.ours.organization, cast.ours.contributor
    yield from Rows(organization, by, table, {}, preset).planned()
