"""What cards say beside the framework fits the framework, and what reads results."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.deciding.candidates import (
    FEWEST_CASES,
    TICKS,
    Candidate,
    CandidateKind,
    CandidatesTable,
    answers_from,
)
from audits.scoring.scored.candidates import KINDS
from audits.scoring.step_facts import card_facts

LIVE = {"state": "live_tuned"}


def tables() -> Iterator[tuple[CandidatesTable, dict[str, Any]]]:
    """Yield rows of every kind, with a target and without, with a live model too."""
    rows = [row(kind) for kind in (*TICKS, "smaller", "tuned", "tuned")]
    rows.append(row("stronger", is_allowed=False))
    for target in (0.5, None):
        for codes in ({}, LIVE):
            yield (
                CandidatesTable(rows=tuple(rows), target=target, limit_ms=900),
                dict(codes),
            )


def row(kind: Any, *, is_allowed: bool = True) -> Candidate:
    which: CandidateKind = kind
    return Candidate(
        kind=which,
        cases=100,
        score=0.9,
        cost=Decimal("0.01"),
        p95_ms=500,
        is_allowed=is_allowed,
        level="measured",
    )


def test_every_planned_experiment_has_a_card() -> None:
    framework = current()

    planned = [each.id for each in framework.experiments]
    assert [each.id for each in card_facts().experiments] == planned


def test_no_question_is_called_as_an_experiment_is() -> None:
    framework = current()

    assert not framework.question_by_id.keys() & card_facts().experiment.keys()


def test_cards_are_about_measured_questions() -> None:
    asked = current().question_by_id

    assert all(asked[each.id].is_measurement for each in card_facts().questions)


def test_questions_that_results_answer_are_those_that_rows_answer() -> None:
    told = [answers_from(table, codes, {}).behind for table, codes in tables()]

    assert set(card_facts().answered_by_results) == {q for each in told for q in each}


def test_scores_answer_what_no_person_must_look_at() -> None:
    facts = card_facts()

    by_scores = {each.id for each in facts.questions if each.by_scores}
    assert by_scores < set(facts.answered_by_results)


@pytest.mark.parametrize(
    "facts",
    [*card_facts().experiments, *card_facts().questions],
    ids=lambda facts: facts.id,
)
def test_cases_are_enough_for_candidates_that_there_are(facts: Any) -> None:
    assert set(facts.kinds) <= set(KINDS)
    assert facts.cases >= FEWEST_CASES
