"""Rows in the headings of public inventories, with invented words."""

from audits.inventories.presets import presets

HEADINGS_2025 = presets()["us_federal_2025"].columns
_USUAL = {
    "agency": "DOS",
    "agency_name": "Department of Samples",
    "id": "DOS-0001",
    "use_case_name": "A use case",
    "agency_bureau": "Bureau of Tests",
    "development_stage": "Deployed",
    "problem_solved": "Letters wait for days",
    "demographic_features": "[]",
}


def row_2025(**cells: str) -> list[str]:
    """Return the cells of a row of 2025."""
    values = _USUAL | cells
    return [values.get(heading, "") for heading in HEADINGS_2025]
