"""A pack's total names all that page 1 of a paper says is not in its amount."""

import re
from dataclasses import replace

import pytest

from audits.reports.packs.pack_money import totals
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.sums.left_out import left_out
from audits.scoring.sums.money_sums import Decided
from tests.examples import some_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.costs.worked_packs import decided
from tests.scoring.twelve_verdicts import ANSWERS

# What page 1 says of money that is in no amount.
NOT_IN_IT = re.compile(
    r"not priced|no price|Not counted|With \$|eanwhile “|is not known|"
    r"if only |second approval"
)
PLANS: tuple[tuple[PlanState, str | None], ...] = (
    ("running", "prompt"),
    ("running", "fine_tune_own"),
    ("planned", "rag"),
    ("planned", None),
)
WORKED = (
    ("stop_fine_tuning", ()),
    ("rag", ()),
    ("fine_tune_after_mlops", ("training after a second approval, $96,094 more",)),
    ("gather_evidence", ("“Few-shot” meanwhile, $1,592 a month",)),
)


@pytest.mark.parametrize(("verdict", "named"), WORKED)
def test_what_is_left_out_is_named_with_its_price(
    verdict: str, named: tuple[str, ...]
) -> None:
    assert left_out(decided(verdict, today="fine_tune_own")) == named


def test_total_names_what_a_move_costs_if_only_the_successor_passes() -> None:
    found = assessed(MOVES, **ENDS)
    move = Decided(name="Mails", family=found.family, money=money_of(found))

    # 130,312 less the 38,441 that it asks for.
    assert left_out(move) == (
        "a second approval of $91,871 more if only a tuned Ministral 3 8B passes",
    )
    assert (
        "(a second approval of $91,871 more if only a tuned Ministral 3 8B passes)"
        in (totals([move]).not_counted)
    )
    later = replace(decided("fine_tune_after_mlops", today="fine_tune_own"), name="B")
    # The training that is approved later is in the worst case.
    both = totals([move, later])
    assert both.lacking == "“Mails” may cost $91,871 more after a second approval."
    assert "; with training for “B”, $" in both.worst_case


def test_pack_gives_no_sum_where_anything_left_out_is_no_second_approval() -> None:
    found = assessed(MOVES, **ENDS)
    move = Decided(name="Mails", family=found.family, money=money_of(found))
    gather = replace(decided("gather_evidence", today="fine_tune_own"), name="B")

    assert totals([move, gather]).lacking == "“Mails” and “B” may cost more."


@pytest.mark.parametrize("verdict", ANSWERS)
@pytest.mark.parametrize(("state", "today"), some_of(PLANS, 4))
def test_total_leaves_out_what_page_one_says_is_not_in_its_amount(
    verdict: str, state: PlanState, today: str | None
) -> None:
    decision = decided(verdict, state, **({"today": today} if today else {}))
    if decision.money is None:
        assert left_out(decision) == ("what it leads to, not priced",)
        return
    if decision.effect == "measured" and decision.money.today == decision.money.chosen:
        return  # What serves meanwhile is the plan that the pack holds.

    money = decision.money
    page_one = f"{money.asks} {money.parts} {money.note}"

    found = totals([decision])
    assert bool(left_out(decision)) == bool(NOT_IN_IT.search(page_one)), page_one
    assert found.is_part == ("Not in the sum asked for" in found.not_counted)
