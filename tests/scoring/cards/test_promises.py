"""A planned test promises nothing that its own candidates cannot show."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import candidates_of, cards_of
from audits.scoring.cards.outcome_rows import outcome_rows
from audits.scoring.inputs import Inputs
from audits.scoring.scored.adding import with_results
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, ScoredKind
from audits.scoring.ways_to_test.claimed_ways import with_claimed

DAY = date(2026, 12, 1)
# Letters after a claim: two ways are ticked as tested, and nothing shows it.
LETTERS: dict[str, Any] = {
    "goal": ["knowledge", "consistency", "task_skill"],
    "state": "planned",
    "tried": ["instructions", "examples"],
    "eval": "small_set",
    "quality_gap": "large",
    "task_shape": "narrow_stable",
    "component": "generator",
    "examples": "hundreds",
    "trial": "none",
    "knowledge_size": "medium",
    "checker": "labels",
    "pairs": "some",
    "domain_vocab": "industry",
    "hosting": "region_bound",
    "mlops": [],
    "example_quality": "not_checked",
    "data_rights": "unclear",
    "platform": "unknown",
    "regulatory": "regulated",
}


def inputs_with(tried: list[str] | None = None, level: str = "asserted") -> Inputs:
    given = LETTERS | ({"tried": tried} if tried else {})
    levels: Any = dict.fromkeys(given, "asserted") | {"tried": level}
    target = Candidates(target=Decimal("0.9"))
    return Inputs(codes=read(current(), given), levels=levels, candidates=target)


def scored(inputs: Inputs, kinds: list[ScoredKind], passed: int = 0) -> Inputs:
    rows = [
        ScoredCandidate(
            id="", kind=x, cases=30, passed=passed, day=DAY, sha256="a" * 64
        )
        for x in kinds
    ]
    return replace(inputs, candidates=with_results(inputs.candidates, rows))


def first_card(inputs: Inputs) -> Card:
    assessment = assess_on(current(), inputs, DAY)
    return cards_of(current(), assessment, inputs)[0]


def test_results_of_its_file_lead_where_the_step_says() -> None:
    inputs = inputs_with()
    card = first_card(inputs)
    kinds = [x.kind for x in candidates_of(card, inputs.candidates)]

    assert card.id == "score_prompt"
    assert kinds == ["prompt", "stronger", "examples"]
    promised = {told: x.verdict for x in card.outcomes for told in x.results}
    assert promised["All are far below the target"] == "fine_tune_after_mlops"
    for told, passed in (
        ("All are far below the target", 0),
        ("All are just below the target", 26),
        ("All meet the target", 30),
    ):
        found = assess_on(current(), scored(inputs, kinds, passed), DAY)
        assert found.verdict == promised[told], told


def test_without_the_claimed_way_its_file_could_not_lead_to_training() -> None:
    found = assess_on(current(), scored(inputs_with(), ["prompt", "stronger"]), DAY)

    assert not current().trains(found.verdict)


@pytest.mark.parametrize(
    ("tried", "level"),
    [
        # Shown by a document, or of a kind that decides nothing.
        (["instructions", "examples"], "documented"),
        (["instructions", "rules"], "asserted"),
    ],
)
def test_test_runs_no_claimed_way_that_decides_nothing(
    tried: list[str], level: str
) -> None:
    inputs = inputs_with(tried, level)

    kinds = with_claimed(current(), inputs, ("prompt", "stronger"), 30, DAY)

    assert kinds == ("prompt", "stronger")


def test_cases_that_are_there_are_run_before_new_ones_are_sought() -> None:
    def cards(lacks: int) -> dict[str, Card]:
        found = scored(inputs_with(), ["stronger"], 24)
        rows = tuple(replace(x, lacks=lacks) for x in found.candidates.rows)
        found = replace(found, candidates=replace(found.candidates, rows=rows))
        assessment = assess_on(current(), found, DAY)
        return {card.id: card for card in cards_of(current(), assessment, found)}

    assert "more_cases" in cards(lacks=0)
    there = cards(lacks=170)
    assert there["run_again_c1"].hours == 3  # 170 minutes
    assert "more_cases" not in there


@pytest.mark.parametrize("cases", [30, 200, 240])
def test_strength_says_how_many_cases_were_scored(cases: int) -> None:
    found = scored(inputs_with(), ["prompt", "stronger"])
    rows = tuple(replace(x, cases=cases) for x in found.candidates.rows)
    found = replace(found, candidates=replace(found.candidates, rows=rows))

    advice = assess_on(current(), found, DAY).advice

    assert advice
    assert advice.strength.says.startswith(f"{cases} test cases")


def test_row_of_a_first_test_names_the_verdict_alone() -> None:
    card = first_card(inputs_with())

    rows = {row.results: row for row in outcome_rows(card)}

    assert any(x.next_step for x in card.outcomes)
    assert not any(row.step for row in rows.values())
    assert rows["All are far below the target"].verdict == "fine_tune_after_mlops"
