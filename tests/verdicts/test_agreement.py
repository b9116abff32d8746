"""What the project's own benchmark says of the method; docs/method.md reports it."""

import json
from typing import Any

import pytest

from audits.frameworks.answering import answers
from tests.verdicts.agreement import FOLDER, FRAMEWORK, agreement_of, batches, cases_of

REPORTED = json.loads((FOLDER / "scores.json").read_text("utf-8"))
CASES = [case for batch in batches() for case in cases_of(batch)]


@pytest.mark.parametrize("batch", batches())
def test_a_batch_agrees_as_often_as_is_reported(batch: int) -> None:
    found, now = agreement_of(batch), REPORTED[str(batch)]["now"]

    assert {name: getattr(found, name) for name in now} == now


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case_is_whole(case: dict[str, Any]) -> None:
    assert case["known"]
    assert case["sources"]
    assert case["first"]["acceptable"]
    assert case["second"]["acceptable"]
    assert not set(case["first"]["acceptable"]) & set(case["first"]["wrong"])
    answers.read(FRAMEWORK, case["facts"])
    assert case["levels"].keys() <= FRAMEWORK.question_by_id.keys()


def test_no_case_counts_twice() -> None:
    ids = [case["id"] for case in CASES]

    assert len(ids) == len(set(ids))
    assert len(ids) >= 60
