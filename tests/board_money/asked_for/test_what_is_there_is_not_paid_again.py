"""Reviewed examples that are there, and a prompt that runs, are not paid for again."""

from dataclasses import replace
from decimal import Decimal

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from tests.scoring.costs.worked_decisions import DAY, GIVEN, price
from tests.scoring.twelve_verdicts import ANSWERS

VARIED = ANSWERS["few_shot"]
SCORED = ScoredCandidate(
    id="c1", kind="examples", cases=150, passed=135, sha256="f" * 64, day=DAY
)


def once(examples: str, today: str, *rows: ScoredCandidate) -> dict[str, Decimal]:
    """What is paid once before varied examples run, by what it is for."""
    inputs = Inputs(
        codes=codes_of({**VARIED, "examples": examples}),
        numbers=GIVEN | {"today": today, "example_pool": "100"},
        candidates=Candidates(rows=rows),
    )
    found = price(assess_on(current(), inputs, DAY), "few_shot_retrieved")
    return {x.what: x.amount for x in found.calendar.as_printed.one_offs}


def test_examples_that_experts_reviewed_are_not_collected_again() -> None:
    collect = "Collect the examples"

    assert once("unlabelled_logs", "prompt")[collect] == 150
    assert once("hundreds", "prompt")[collect] == 75
    assert collect not in once("thousands", "prompt")


def test_prompt_around_examples_is_written_once() -> None:
    write = "Write and test the prompt with examples"  # not the one that is live

    assert once("thousands", "prompt")[write] == 4000
    assert write not in once("thousands", "few_shot")
    assert write not in once("thousands", "prompt", SCORED)
    # One that does not count is no prompt that is there.
    assert write in once("thousands", "prompt", replace(SCORED, cases=5, passed=5))
