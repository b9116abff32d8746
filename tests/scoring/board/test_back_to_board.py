"""A decision comes back to the board on the first day that shows if it went well."""

from datetime import date

from audits.frameworks.loading.loader import current
from audits.scoring.board.back_to_board import back_to_board
from audits.scoring.board.by_when import may_change_by
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.summary.plan import plan_of
from tests.scoring.cards import test_cards
from tests.scoring.cards.test_planned import NOTHING_RUNS
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

TUNED = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini", "smaller": "gpt-6-luna"}
DECIDED, LAST = date(2026, 12, 12), date(2027, 12, 12)


def said(
    verdict: str,
    state: PlanState,
    numbers: dict[str, str],
    on: date | None = LAST,
    decided: date = DECIDED,
) -> str:
    found = assessed(ANSWERS[verdict], **numbers)
    return back_to_board(found, money_of(found, state), on, decided)


def test_board_hears_when_a_model_is_ready_or_when_the_one_that_runs_retires() -> None:
    trains = {"today": "prompt", "ready_months": "3"}
    # The model is awaited for three months from the decision, not from the verdict.
    ready, before = "12 March 2027", "31 December 2026"

    assert said("distil", "running", trains) == (
        f"Back to the board by {ready}, with the new model’s test: use it, or stop."
    )
    assert said("few_shot", "running", TUNED) == (
        f"Back to the board by {before}, with whether its replacement runs: the old "
        "model retires two weeks later."
    )
    # Where the vote itself is later than that, on the day that it retires.
    assert said("few_shot", "running", TUNED, decided=date(2027, 1, 4)) == (
        "Back to the board by 14 January 2027, with what runs as the old model retires."
    )


def test_board_hears_at_the_end_of_the_decision_where_no_earlier_day_counts() -> None:
    brings = "with what it cost and how it answers."
    last = f"Back to the board by 12 December 2027, {brings}"

    # What is only planned is not begun, so its model may retire without anybody.
    assert said("few_shot", "planned", TUNED) == last
    late = date(2027, 1, 14)
    assert said("few_shot", "running", TUNED, decided=late) == last
    soon = date(2026, 12, 31)
    assert said("few_shot", "running", TUNED, soon).endswith(
        f"31 December 2026, {brings}"
    )
    assert said("few_shot", "running", TUNED, None) == ""


def test_board_hears_once_the_first_step_may_change_the_verdict() -> None:
    found = test_cards.assessed(NOTHING_RUNS, levels={})
    steps = plan_of(current(), found).first
    shown = may_change_by(steps, DECIDED)

    # 12 hours are 2 working days: Monday and Tuesday after that Saturday.
    assert [step.hours for step in steps[:2]] == [0, 12]  # the target comes first
    assert shown == date(2026, 12, 15)
    said = "Back to the board by 15 December 2026, with the first result."
    assert back_to_board(found, None, LAST, DECIDED, shown) == said
    early = date(2026, 12, 14)
    assert back_to_board(found, None, early, DECIDED, shown) == (
        "Back to the board by 14 December 2026, with what it cost and how it answers."
    )
    assert may_change_by(plan_of(current(), found).others, DECIDED) is None
