"""Use cases as rows of a public format."""

from collections.abc import Iterator

from audits.inventories.presets import Preset
from audits.inventories.writing import Told, Writing
from audits.models import ImportedRow, PortfolioRowQuerySet
from audits.services.use_cases.inventory_columns import COLUMNS

_CHUNK = 500
_MOST = {column.id: column.most for column in COLUMNS}


def inventory_rows(
    portfolio_rows: PortfolioRowQuerySet, preset: Preset
) -> Iterator[list[str]]:
    """Yield the cells of each use case, in the order of the format."""
    writing = Writing(preset)
    related = ("use_case__team", "use_case__imported_row")
    for row in portfolio_rows.select_related(*related).iterator(_CHUNK):
        use_case = row.use_case
        kept: ImportedRow | None = getattr(use_case, "imported_row", None)
        is_of_format = kept is not None and kept.preset == preset.id
        told = Told(
            reference=use_case.external_reference or use_case.reference,
            name=use_case.name,
            team=use_case.team.name,
            summary=use_case.summary,
            stage=use_case.stage,
            most=_MOST,
            kept=kept.cells if kept is not None and is_of_format else {},
        )
        yield writing.row(told)
