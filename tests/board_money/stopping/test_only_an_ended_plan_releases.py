"""A pack releases what a decision ends: evidence and means to train save nothing."""

import pytest

from audits.reports.packs.pack_money import totals
from audits.scoring.sums.money_sums import Decided
from tests.scoring.costs.worked_decisions import of_today
from tests.scoring.costs.worked_packs import decided, seven

MODELS = {"tuned": "gpt-4o-mini", "smaller": "gpt-6-luna"}
# Each with a plan of today that the verdict does not recommend, and whether it ends.
ENDS = (
    ("stop_fine_tuning", "fine_tune_own", True),
    ("rag", "fine_tune_own", True),
    ("few_shot", "prompt", True),
    ("distil", "prompt", True),
    ("fine_tune", "prompt", True),
    ("migrate", "fine_tune_hosted", True),
    ("gather_evidence", "fine_tune_own", False),
    ("fine_tune_after_mlops", "prompt", False),
    ("train_small_part", "fine_tune_own", False),
    ("keep", "fine_tune_own", False),
)


def kinds(*decisions: Decided) -> set[str]:
    """Return what a pack adds up, without what it holds or leaves as it is."""
    found = {str(line.kind) for line in totals(decisions).lines}
    return found & {"end", "spend", "net"}


@pytest.mark.parametrize(("verdict", "today", "ends"), ENDS)
def test_only_what_ends_a_plan_releases_it(
    verdict: str, today: str, *, ends: bool
) -> None:
    decision = decided(verdict, "running", today=today, **MODELS)

    found = totals([decision])

    assert [plan.name for plan in found.released] == [verdict] * ends
    assert bool(found.asked.released) is ends
    found_kinds = kinds(decision)
    all_three = {"end", "spend", "net"}
    assert found_kinds == (all_three if ends else found_kinds & {"spend"})


def test_evidence_is_spend_as_page_one_asks_for_it() -> None:
    gather = decided("gather_evidence", today="fine_tune_own")

    [spend] = [line for line in totals([gather]).lines if line.kind == "spend"]

    assert spend.amount is not None
    # 28 hours at $800 a day, and a prompt that serves meanwhile: $4,330 up front.
    assert spend.amount.expected == -7130
    assert gather.money is not None
    assert "This asks for about $7,130 (" in gather.money.asks


def test_means_to_train_are_spend_as_page_one_asks_for_them_and_nothing_else() -> None:
    fund = decided("fine_tune_after_mlops", today="prompt")

    [spend] = totals([fund]).lines

    assert spend.amount is not None
    assert spend.amount.expected == -93_000
    assert (spend.kind, spend.unpriced) == ("spend", 0)
    assert fund.money is not None
    assert "This asks for about $93,000" in fund.money.asks


def test_headline_counts_no_more_than_what_the_stop_ends() -> None:
    stop = decided("stop_fine_tuning", today="fine_tune_own")
    others = [
        decided("gather_evidence", today="fine_tune_own"),
        decided("fine_tune_after_mlops", today="prompt"),
    ]

    [ended] = [x for x in totals([stop, *others]).lines if x.kind == "end"]

    assert stop.money is not None
    assert ended.amount == of_today(stop.money).year


def test_line_of_what_ends_says_whether_it_runs() -> None:
    lines = totals(seven()).lines

    assert {x.head: x.what for x in lines if x.kind == "end"} == {
        "Running": "plans that run",
        "Planned": "plans that are given up",
    }
