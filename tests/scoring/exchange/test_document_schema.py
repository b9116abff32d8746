import json
from pathlib import Path
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import PACKS, published
from audits.scoring import Assessment, assess
from audits.scoring.exchange import document
from audits.scoring.exchange.json_values import WrongShapeError

FRAMEWORK = published("fine_tuning", 1)
PUBLISHED = Path(__file__).parents[3] / "docs" / "assessment.schema.json"
CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (PACKS / "fine_tuning" / "v1.cases.jsonl")
    .read_text("utf-8")
    .split("\n")
    if line
]


def assessed(case: dict[str, Any]) -> Assessment:
    facts = {q: x for q, x in case["facts"].items() if q not in {"as_of", "notes"}}
    return assess(FRAMEWORK, read(FRAMEWORK, facts))


def test_published_schema_is_that_of_the_code() -> None:
    written = json.dumps(document.schema(), indent=2, ensure_ascii=False) + "\n"

    # Where it differs, write `written` to the file: the shape of a verdict changed.
    assert PUBLISHED.read_text("utf-8") == written


@pytest.mark.parametrize("case", CASES[:3], ids=[case["id"] for case in CASES[:3]])
def test_published_case_is_such_a_document(case: dict[str, Any]) -> None:
    written = json.loads(json.dumps(document.dump(assessed(case))))

    # Without a proposal, another currency or candidates there is no word of one, and
    # nothing is missing where a verdict is firm, nor replaced where no number was.
    left_out = {"proposal", "entered_in", "candidates", "from_candidates"}
    # Only an export has the state of its audit, and amounts as printed.
    left_out |= {"provisional", "replaced", "standing", "as_printed"}
    assert {*written} == {*document.schema()["properties"]} - left_out
    assert document.load(written) == assessed(case)
    assert document.load_text(json.dumps(written)) == assessed(case)


@pytest.mark.parametrize(
    ("place", "value"),
    [("verdict", "maybe"), ("confidence", "certain"), ("trace", []), ("flips", [{}])],
)
def test_what_does_not_fit_the_schema_is_not_loaded(place: str, value: Any) -> None:
    written = document.dump(assessed(CASES[0]))

    with pytest.raises(WrongShapeError, match=place):
        document.load({**written, place: value})


def test_document_without_one_of_its_parts_is_not_loaded() -> None:
    written = document.dump(assessed(CASES[0]))

    for part in document.schema()["required"]:
        with pytest.raises(WrongShapeError, match=part):
            document.load({q: x for q, x in written.items() if q != part})
