"""What page 1 says of doing nothing and of the meantime follows from its figures."""

from audits.frameworks.loading.loader import current
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.advice_rows import advised_rows
from audits.scoring.money_calendar import months_of
from audits.scoring.options import if_nothing, options
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.scoring.costs.worked_decisions import assessed, money, of_today
from tests.scoring.twelve_verdicts import ANSWERS

# A prompt with examples meets the target and misses the time limit.
SLOW = ANSWERS["distil"] | {"tried": ["instructions", "examples"]}
TODAY = {"today": "prompt", "requests": "10000000"}


def test_doing_nothing_costs_what_the_current_plan_does(cast: Cast) -> None:
    found = money(SLOW, **TODAY)
    saved = found.saving_year
    assert saved is not None
    year = written(of_today(found).year.expected)

    said = (
        "The problem that calls for a small model remains: a time limit that no model "
        f"meets. “Prompt” goes on and costs ${year} over 12 months, "
        f"${written(saved)} more than “Distilled”."
    )

    assert if_nothing(current(), assessed(SLOW, **TODAY), found) == said
    assert said in page_one_of(paper_of(cast, SLOW, **TODAY))


def test_plan_that_has_stopped_does_not_go_on(cast: Cast) -> None:
    paper = paper_of(cast, SLOW, "stopped", **TODAY)

    assert "goes on and costs" not in paper.one.if_nothing


def test_what_serves_meanwhile_says_why_it_may_though_it_is_ruled_out() -> None:
    found = assessed(SLOW, **TODAY)
    assert found.context_layer == "few_shot"

    rows = {row.label: row.says for row in advised_rows(current(), found)}
    why = {option.name: option.why for option in options(current(), found)}

    assert rows["Meanwhile"].startswith(
        "Use examples in the prompt until the trained model is as good, although it "
        "missed the time limit: "
    )
    assert why["Few-shot"] == (
        "Serves until the trained model does, then ruled out: it missed the time limit"
    )
    assert why["Few-shot, found"] == "Ruled out: it missed the time limit"


def test_months_say_that_no_plan_is_counted_beside_another() -> None:
    assert "no month is paid twice" in months_of(money(SLOW, **TODAY)).overlap
