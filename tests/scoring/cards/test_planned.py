"""Where nothing runs yet, no step says that it does; its file has what it asks for."""

import re
from typing import Any

import pytest

from audits.evaluations.starters.starter import COLUMNS
from audits.frameworks.loading.loader import current
from audits.scoring.cards.cards import candidates_of, cards_of
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES
from audits.scoring.scored.candidates import NO_CANDIDATES
from audits.scoring.summary.first_steps import told_steps
from tests.scoring.cards.test_cards import assessed

NOTHING_RUNS: dict[str, Any] = {
    "goal": ["none_counted"],
    "state": "planned",
    "tried": ["nothing"],
    "eval": "none",
    "task_shape": "narrow_stable",
    "component": "generator",
    "examples": "curated",
}
SAYS_THAT_IT_RUNS = re.compile(r"today|current|what runs|as now", re.IGNORECASE)


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ({}, "count_faults"),
        ({"state": "none"}, "goal"),
        ({"goal": ["style"], "state": "none"}, "eval"),
        ({"goal": ["task_skill"], "volume": "gt_10m"}, "eval"),
    ],
)
def test_steps_of_a_plan_speak_of_nothing_that_runs(
    change: dict[str, Any], first: str
) -> None:
    cards = cards_of(current(), assessed(NOTHING_RUNS | change, levels={}))

    assert cards[0].id == first
    said = [x for step in told_steps(cards) for x in (step.takes, step.then)]
    for card in cards:
        said += [card.name, card.asks, card.how, card.sample, card.measure]
        said += [each.name for each in candidates_of(card, NO_CANDIDATES)]
    assert [x for x in said if SAYS_THAT_IT_RUNS.search(x)] == []
    assert [x for x in TECHNIQUE_NAMES.values() if SAYS_THAT_IT_RUNS.search(x)] == []


def test_step_that_counts_faults_says_where_to_write_them() -> None:
    [card, *_] = cards_of(current(), assessed(NOTHING_RUNS, levels={}))

    named = re.findall(r"column “(\w+)”", card.how)
    assert named == ["fault"]
    assert {*named} < {*COLUMNS}
    assert "a written prompt" in card.how
