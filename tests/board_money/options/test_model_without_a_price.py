"""A tuned model without a price leaves its line of an inventory answered."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.scoring.worked_numbers import CALLS


@pytest.mark.django_db
def test_tuned_model_without_a_price_leaves_its_line_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.jsonl"
    numbers = {key: int(x) if x.isdigit() else x for key, x in CALLS.items()}
    numbers |= {"tuned": "qwen3.5-9b"}
    line = {"facts": TRAINING_CASE, "levels": TRAINING_LEVELS, "numbers": numbers}
    file.write_text(json.dumps(line), "utf-8")

    call_command("assess", str(file), "--on", "2026-11-24")

    answer = json.loads(capsys.readouterr().out)
    priced = {x["technique"]: x["month"] for x in answer["costs"]["techniques"]}
    assert answer["verdict"] == "fine_tune"
    assert priced["fine_tune_hosted"] is None
    assert priced["prompt"] is not None
    assert priced["fine_tune_own"] is not None
