"""What page 1 says of doing nothing and of the meantime follows from its figures."""

from audits.frameworks.loading.loader import current
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.advice_rows import advised_rows
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.options import options
from audits.scoring.sums.calendar import months_of
from tests.scoring.costs.worked_decisions import assessed, money, of_today
from tests.scoring.twelve_verdicts import ANSWERS, SLOW

# A prompt with examples meets the target and misses the time limit.
TODAY = {"today": "prompt", "requests": "10000000"}


def test_what_serves_meanwhile_says_why_it_may_though_it_is_ruled_out() -> None:
    found = assessed(SLOW, **TODAY)
    assert found.context_layer == "few_shot"

    rows = {row.label: row.says for row in advised_rows(current(), found)}
    why = {option.name: option.why for option in options(current(), found)}

    assert rows["Meanwhile"].startswith(
        "Until the trained model is as good, you may use examples in the prompt (even "
        "the quickest model was too slow). "
    )
    assert why["Few-shot"] == (
        "May serve until the trained model is ready, though even the quickest model "
        "was too slow"
    )
    assert (
        why["Few-shot by search"] == "Ruled out: even the quickest model was too slow"
    )


def test_months_say_that_no_plan_is_counted_beside_another() -> None:
    assert months_of(money(SLOW, **TODAY)).overlap == (
        "“Distilled model” counts as in use from the first day, and the current plan "
        "as ended then."
    )


# The price of its model doubles on 1 January 2027, as the market facts announce.
DOUBLES = TODAY | {"model": "gemini-3.8-flash"}


def test_saving_is_told_without_an_announced_price() -> None:
    found = money(SLOW, **DOUBLES)
    before = of_today(found)
    added = before.year.expected - 12 * before.month.expected
    assert found.saving_year == 403_169
    assert added == 252_973

    assert (
        "From 1 January 2027, at the announced price of its model, the current plan "
        "costs $47,850 a month. At the old price, “Distilled model” saves "
        f"${written(found.saving_year - added)} over 12 months. "
    ) in found.note


def test_saving_that_is_none_without_an_announced_price_is_told_as_a_cost() -> None:
    found = money(SLOW, **DOUBLES | {"requests": "4000000"})
    before = of_today(found)
    assert found.saving_year == 81_825
    left = found.chosen.year.expected - 12 * before.month.expected

    assert (
        f"At the old price, “Distilled model” costs ${written(left)} more than the "
        "current plan over 12 months. "
    ) in found.note


def test_saving_without_a_price_is_not_told_where_both_plans_change() -> None:
    both = money(ANSWERS["stop_fine_tuning"], **DOUBLES)
    assert both.chosen.changes

    assert "At the old price" not in both.note
    assert "At the old price" not in money(SLOW, **TODAY).note


def test_nothing_serves_meanwhile_once_the_use_case_has_stopped() -> None:
    answers = ANSWERS["gather_evidence"]
    running, stopped = (
        money(answers, **TODAY),
        money_of(assessed(answers, **TODAY), "stopped"),
    )
    assert stopped

    assert "Meanwhile" in [row.standing for row in running.rows]
    assert "to set up “Few-shot” meanwhile" in running.asks
    said = (*(row.standing for row in stopped.rows), stopped.standing, stopped.asks)
    assert not any("meanwhile" in words.lower() for words in said)
    assert stopped.standing == "Once resumed"
    rows = advised_rows(current(), assessed(answers), has_stopped=True)
    assert "Once resumed" in [row.label for row in rows]
    assert "Meanwhile" not in [row.label for row in rows]
