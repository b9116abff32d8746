"""What no results file shows is said to be by hand, and what is gone is counted."""

from decimal import Decimal

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.reports.packs.said.proof_words import is_by_hand
from audits.scoring.assess_on import assess_on
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.told.results_counted import Beside, results_counted
from tests.scoring.what_if.test_changes import DAY
from tests.scoring.worked_cases import TRAINING_CASE

FILE = ScoredCandidate(
    id="c1", kind="prompt", cases=200, passed=20, sha256="1" * 64, day=DAY
)
TYPED = ScoredCandidate(
    id="c1",
    kind="prompt",
    cases=200,
    passed=20,
    day=DAY,
    run_by="Ops",
    link="https://example.org/test",
)
DROPPED = "deleted or discarded draft"


def assessed(*rows: ScoredCandidate) -> Assessment:
    codes = read(current(), TRAINING_CASE | {"eval": "solid_set"})
    measured = current().measurements & codes.keys()
    levels: dict[str, EvidenceLevel] = dict.fromkeys(measured, "measured")
    found = Candidates(rows=rows, target=Decimal("0.8") if rows else None)
    return assess_on(
        current(), Inputs(codes=codes, levels=levels, candidates=found), DAY
    )


@pytest.mark.parametrize(
    ("rows", "ends"),
    [
        ((), ", as the team answered; no results file"),
        ((TYPED,), ", as the team answered; no results file"),
        ((FILE,), ", as the team answered"),
    ],
)
def test_test_set_by_hand_is_without_a_file_unless_one_is_there(
    rows: tuple[ScoredCandidate, ...], ends: str
) -> None:
    found = assessed(*rows)

    assert found.advice
    assert found.advice.strength.says.endswith(ends)
    assert is_by_hand(found) is (FILE not in rows), "so a pack marks it"


def test_drafts_are_said_to_be_gone_only_where_some_are() -> None:
    found = assessed(FILE)

    assert DROPPED not in results_counted(current(), found)
    assert f"1 {DROPPED}" in results_counted(current(), found, Beside(dropped=1))
