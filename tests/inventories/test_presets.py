"""Public formats are data: read strictly, recognised, and rows read by them."""

from pathlib import Path

import pytest

from audits.inventories.presets import DATA, load, presets, recognised
from audits.inventories.reading import Reading, Row
from audits.strict_yaml.problems import RefusedFileError
from tests.inventories.made_rows import HEADINGS_2025, row_2025


def read(**cells: str) -> Row:
    preset = presets()["us_federal_2025"]
    return Reading(preset, HEADINGS_2025).row(row_2025(**cells))


def test_formats_are_recognised_by_their_headings() -> None:
    found = recognised([heading.upper() for heading in HEADINGS_2025])

    assert found is presets()["us_federal_2025"]
    assert recognised(["Reference", "Name", "Team"]) is None
    for preset in presets().values():
        assert recognised(preset.recognised_by) is preset


def test_row_says_team_stage_and_summary_by_the_format() -> None:
    said = read(development_stage="pilot", problem_solved="", benefits="Saves time")

    assert said.given["team"] == "Department of Samples"
    assert said.given["stage"] == "live"
    assert said.given["summary"] == "Saves time"
    assert said.cells["agency_bureau"] == "Bureau of Tests"
    assert "vendor_name" not in said.cells
    assert not said.problems


def test_stage_without_a_word_is_left_open_and_an_unknown_word_is_told() -> None:
    assert read(development_stage="").given["stage"] == ""
    [problem] = read(development_stage="Soon").problems
    assert problem == (
        "“Soon” of “development_stage” is not a stage that the format “US federal "
        "inventory of 2025” knows"
    )


def test_missing_id_is_made_up_and_stays_the_same() -> None:
    one = read(id="").given["reference"]

    assert one.startswith("US25-")
    assert read(id="TBD", problem_solved="Other words").given["reference"] == one
    assert read(id="", use_case_name=" A  USE CASE ").given["reference"] == one
    assert read(id="", agency_bureau="Other").given["reference"] != one


def test_id_of_digits_counts_within_its_agency_alone() -> None:
    assert read(id="34").given["reference"] == "DOS-34"
    assert read(id="DOS-0034").given["reference"] == "DOS-0034"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Pilot: live", "Pilot: alive", 'stage.words.Pilot: unknown value "alive"'),
        ("made_as: US25", "made_as: US25\n  made_at: x", "made_at: unknown key"),
        ("name: [use_case_name]", "name: [use_case]", 'no column "use_case"'),
        ('"2026-04-14"', '"April"', "dictionary.read_on: must be a day"),
        ("id: us_federal_2025", "id: other", 'must be as the file is named, "changed"'),
    ],
)
def test_bad_format_is_refused_with_file_line_and_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = (DATA / "us_federal_2025.yaml").read_text()
    assert old in text
    file = tmp_path / "changed.yaml"
    file.write_text(text.replace(old, new, 1))

    with pytest.raises(RefusedFileError) as refused:
        load(file)

    assert "changed.yaml" in str(refused.value)
    assert said in str(refused.value)
    assert all(problem.line > 1 for problem in refused.value.problems)
