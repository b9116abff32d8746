"""A paper has what candidates scored, and its verdict is computed from it again."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current, published
from audits.scoring.assess_on import assess_again, assess_on
from audits.scoring.exchange import document, provenance
from audits.scoring.exchange.verification import verify
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from tests.scoring.exchange.made_attachments import DAY, attachment
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

FRAMEWORKS = {("fine_tuning", n): published("fine_tuning", n) for n in (1, 2)}
FOUND = Candidates(
    rows=(
        ScoredCandidate(
            id="c1",
            kind="examples",
            model="claude-sonnet-5-5",
            cases=200,
            passed=190,
            cost=Decimal("0.004"),
            p50_ms=700,
            p95_ms=1400,
            sha256="0f" * 32,
        ),
        ScoredCandidate(
            id="c2",
            kind="prompt",
            cases=200,
            passed=120,
            day=date(2026, 11, 20),
            run_by="Evaluation team",
            link="https://example.org/report",
        ),
        ScoredCandidate(
            id="c3", kind="stronger", cases=50, mean=Decimal("0.7"), is_removed=True
        ),
    ),
    target=Decimal("0.9"),
    limit_ms=2000,
)
CODES = read(current(), TRAINING_CASE)
INPUTS = Inputs(codes=CODES, levels=TRAINING_LEVELS, candidates=FOUND)


def paper() -> bytes:
    return attachment(CODES, TRAINING_LEVELS, candidates=FOUND)


def test_candidates_change_the_verdict_and_the_paper_is_reproduced() -> None:
    without = assess_on(current(), replace(INPUTS, candidates=Candidates()), DAY)
    found = verify(paper(), FRAMEWORKS)

    assert (found.outcome, found.refused) == ("reproduced", ())
    assert found.assessment is not None
    assert without.verdict == "fine_tune"
    assert found.assessment.verdict == "few_shot"
    assert found.assessment.codes["quality_gap"] == "met"
    assert found.assessment.levels["quality_gap"] == "measured"


def test_paper_has_what_was_given_by_hand_and_the_summaries() -> None:
    values = json.loads(paper())

    assert values["given"]["answers"]["quality_gap"] == "large"
    assert values["given"]["levels"] == TRAINING_LEVELS
    assert values["given"]["candidates"]["c1"] == {
        "kind": "examples",
        "model": "claude-sonnet-5-5",
        "cases": 200,
        "passed": 190,
        "cost": "0.004",
        "p50_ms": 700,
        "p95_ms": 1400,
        "sha256": "0f" * 32,
    }
    assert values["given"]["candidates"]["target"] == {"share": "0.9", "limit_ms": 2000}


@pytest.mark.parametrize(
    ("item", "changes", "field"),
    [
        ("c1", {"passed": 130}, "assessment.codes.quality_gap"),
        ("c1", {"sha256": "00" * 32}, "assessment.candidates"),
    ],
)
def test_changed_candidate_is_found(
    item: str, changes: dict[str, Any], field: str
) -> None:
    values = json.loads(paper())
    values["given"]["candidates"][item].update(changes)

    found = verify(provenance.written(values), FRAMEWORKS)

    assert found.outcome == "different"
    fields = {each.field for check in found.checks for each in check.differences}
    assert any(each.startswith(field) for each in fields), fields


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ([], "an object"),
        ({"c1": {"kind": "best", "cases": 40, "passed": 1}}, "c1.kind: one of"),
        ({"c1": {"kind": "prompt", "cases": 40}}, "c1: needs cases"),
        ({"c1": {"kind": "prompt", "cases": 4, "passed": 5}}, "at most as many"),
        ({"c1": {"kind": "prompt", "cases": 4, "mean": "1.5"}}, "c1.mean: a number"),
        ({"c1": {"kind": "prompt", "cases": 4, "mean": "0.50"}}, "c1.mean: a number"),
        ({"c1": {"kind": "prompt", "cases": True, "passed": 1}}, "c1.cases: a whole"),
        ({"c1": {"kind": "prompt", "case_texts": "x"}}, "c1: an object with some of"),
        ({"x": {"kind": "prompt", "cases": 4, "passed": 4}}, "named c1, c2"),
        ({"target": {"share": "1"}}, "above 0 and below 1"),
        ({f"c{n}": {} for n in range(1, 60)}, "at most 40"),
    ],
)
def test_wrong_candidates_are_refused_in_one_sentence(stated: Any, said: str) -> None:
    values = json.loads(paper())
    values["given"]["candidates"] = stated

    found = verify(provenance.written(values), FRAMEWORKS)

    assert found.outcome == "refused"
    [why] = found.refused
    assert said in why.sentence


def test_assessment_with_candidates_is_read_back_and_assessed_again() -> None:
    made = assess_on(current(), INPUTS, DAY)
    read_back = document.load(json.loads(json.dumps(document.dump(made))))

    assert read_back == made
    assert assess_again(current(), made) == made


def test_time_machine_reads_candidates_as_an_assessment_does() -> None:
    machine = TimeMachine(current(), date(2022, 1, 1), DAY)

    assert machine.verdict(INPUTS, DAY) == assess_on(current(), INPUTS, DAY).verdict


def test_paper_without_candidates_has_no_word_of_them() -> None:
    assert b"candidates" not in attachment(CODES, TRAINING_LEVELS)
