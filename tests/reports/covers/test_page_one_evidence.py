"""Page 1 says how strong the evidence is, and how much of it is words alone."""

from collections.abc import Mapping
from datetime import date

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from audits.scoring.assess_on import assess_on
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.inputs import Inputs
from tests.scoring.worked_cases import TRAINING_CASE

FRAMEWORK = current()
MEASURED = [
    question.id
    for question in FRAMEWORK.questions
    if question.is_measurement and question.id in TRAINING_CASE
]


def evidence(levels: Mapping[str, EvidenceLevel]) -> str:
    codes = read(FRAMEWORK, TRAINING_CASE)
    inputs = Inputs(codes=codes, levels=levels)
    assessment = assess_on(FRAMEWORK, inputs, date(2026, 11, 24))
    return page_one(FRAMEWORK, assessment, Cover(), "Triage").unknown


@pytest.mark.parametrize(
    ("asserted", "said"),
    [
        (0, ""),
        (1, f" Of {len(MEASURED)} answers that need a measurement, 1 is asserted."),
        (
            len(MEASURED),
            f" Of {len(MEASURED)} answers that need a measurement, "
            f"{len(MEASURED)} are asserted.",
        ),
    ],
)
def test_answers_without_evidence_are_counted(asserted: int, said: str) -> None:
    levels: dict[str, EvidenceLevel] = dict.fromkeys(MEASURED[asserted:], "documented")

    found = evidence(levels)

    assert ("answers that need a measurement" in found) == bool(said)
    assert said in found


def test_settled_speaks_of_what_was_not_answered() -> None:
    found = evidence(dict.fromkeys(MEASURED, "measured"))

    assert found.endswith("No unanswered question can change this.")
