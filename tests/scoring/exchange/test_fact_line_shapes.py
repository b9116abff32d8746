import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from audits.frameworks.loading.loader import PACKS, published
from audits.scoring.exchange.lines.fact_line_shapes import adapter
from audits.scoring.exchange.lines.fact_lines import answer
from tests.examples import some_of
from tests.scoring.exchange.test_fact_lines import NUMBERS

SCHEMA = Path(__file__).parents[3] / "docs" / "assess.schema.json"
CASES = (PACKS / "fine_tuning" / "v1.cases.jsonl").read_text("utf-8").splitlines()


def test_committed_schema_is_that_of_the_answers() -> None:
    schema = json.dumps(adapter().json_schema(), indent=1, ensure_ascii=False)

    assert SCHEMA.read_text("utf-8") == schema + "\n"


@pytest.mark.parametrize(
    "line", some_of(CASES, 16), ids=lambda line: json.loads(line)["id"]
)
def test_answer_of_every_case_has_the_shape(line: str) -> None:
    case: dict[str, Any] = json.loads(line)
    priced = json.dumps({"facts": case["facts"], "numbers": NUMBERS})

    result = answer(
        published("fine_tuning", 1), priced, date(2026, 11, 24), explain=True
    )

    assert adapter().validate_json(json.dumps(result), strict=True) == result


def test_another_shape_is_refused() -> None:
    with pytest.raises(ValidationError, match="verdict"):
        adapter().validate_python({"id": 1, "verdict": "buy"})
