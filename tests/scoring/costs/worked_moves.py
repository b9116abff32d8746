"""The move of docs/worked_costs.md: a tuned model ends, two candidates are tested."""

from typing import Any

from audits.scoring import Assessment
from audits.scoring.money.moves import move_of
from audits.scoring.pricing.moves import Candidate, Move
from tests.scoring.costs.worked_decisions import Numbers, assessed, of_today
from tests.scoring.costs.worked_decisions import money as money_behind
from tests.scoring.twelve_verdicts import ANSWERS

# Nobody has shown that the live model meets the target.
MOVES: dict[str, Any] = {
    key: answer for key, answer in ANSWERS["migrate"].items() if key != "incumbent"
}
ENDS = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}


def the_move(found: Assessment) -> Move:
    move = move_of(found)
    assert move is not None
    return move


def _beside(candidate: Candidate) -> Any:
    lines = {line.what: line.amount for line in candidate.price.calendar.one_offs}
    return lines["Run it beside the old model"]


def v30() -> Numbers:
    move = the_move(assessed(MOVES, **ENDS))
    examples, successor = move.candidates
    assert (examples.technique, successor.technique) == ("few_shot", "fine_tune_own")
    found = money_behind(MOVES, **ENDS)
    assert found.saving_year is not None
    assert found.chosen.year.expected == examples.price.year_as_printed.expected
    return {
        "days": move.days,
        "tuned_month": of_today(found).month.expected,
        "examples_month": examples.price.month.expected,
        "examples_beside": _beside(examples),
        "examples_once": examples.price.one_off,
        "examples_year": found.chosen.year.expected,
        "successor_month": successor.price.month.expected,
        "successor_beside": _beside(successor),
        "successor_once": successor.price.one_off,
        "successor_year": successor.price.year_as_printed.expected,
        "today_year": of_today(found).year.expected,
        "saving_year": found.saving_year,
    }
