"""The chart of what the plan, the recommendation and the next way cost."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.money.names.row_names import row_name, technique_name
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.options import options
from audits.templatetags.charts import (
    cost_ranges,
    money_bar,
    money_on_paper,
    money_scale,
)
from tests.board_money.ending.test_closed_plan_cannot_begin import stopped
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.money.test_saving_that_ends import PLAN
from tests.scoring.twelve_verdicts import ANSWERS


def test_each_row_has_its_bar_on_one_scale_and_the_recommended_is_marked() -> None:
    money = stopped("planned", "fine_tune_hosted").money
    assert money
    assert money.picked
    *steps, end = money_scale(money)
    assert end - steps[-1] == steps[1] > 0 == steps[0]
    assert steps[-1] < max(row.year.high for row in money.rows) <= end

    bars = [money_bar(money, row) for row in money.rows]

    for row, bar in zip(money.rows, bars, strict=True):
        [(low, high)] = re.findall(r'c-band[^"]*"\s+d="M(\S+) 10H([^M"]+)"', bar)
        [expected] = re.findall(r'c-expected[^"]*" d="M(\S+) 1v18"', bar)
        for at, amount in (
            (low, row.year.low),
            (expected, row.year.expected),
            (high, row.year.high),
        ):
            assert float(at) == pytest.approx(float(amount / end * 100), abs=0.1)
        drawn = re.findall(r'c-scale" d="M(\S+) 0V20"', bar)
        assert [float(x) * end / 100 for x in drawn] == pytest.approx([*steps, end])
    assert ["c-band-chosen" in bar for bar in bars] == [
        row == money.picked for row in money.rows
    ]
    # An override without a price leaves none of the computed rows marked.
    over = [money_bar(money, row, "Agree", None) for row in money.rows]
    assert not [bar for bar in over if "c-band-chosen" in bar]
    first = money.rows[0]
    assert "c-band-chosen" in money_bar(money, first, "Agree", first)


def test_no_two_prices_of_a_technique_have_one_name() -> None:
    found = assessed(MOVES, **ENDS)
    money = money_of(found)
    assert money
    assert found.costs
    plan = found.costs.plan

    whole = {row_name(money, row): row.year.expected for row in money.rows}
    alone = {
        technique_name(money, each): each.price.year_as_printed.expected
        for each in plan.techniques
        if each.price
    }

    few_shot = alone["Few-shot, fixed examples, move not counted"]
    assert whole["Few-shot, with the move"] != few_shot
    assert "Tuned open model, with the move" in whole
    assert "Tuned open model, rented GPUs, move not counted" in alone
    assert "Prompt on the chosen model" in alone
    assert "Few-shot, without the move $" in cost_ranges(plan, money)
    # Page 1 and the appendix of a paper draw and name the same amounts.
    on_paper = money_on_paper(money)
    assert on_paper.count("c-chosen") == 1
    assert all(f"${row.year.expected:,.0f}" in on_paper for row in money.rows)
    options_named = {x.name for x in options(current(), found)}
    assert "Few-shot, move not counted" in options_named
    assert "Few-shot" not in options_named


@pytest.mark.thorough
def test_examples_of_both_kinds_are_told_apart_in_the_rows() -> None:
    money = stopped("planned", "few_shot_retrieved").money
    assert money

    names = [row_name(money, row) for row in money.rows]

    assert len(names) == len({*names})
    assert "Few-shot by search" in names
    assert "Few-shot" not in names


def test_what_decides_the_order_is_linked_only_where_a_number_does() -> None:
    found = assessed(ANSWERS["few_shot"], **PLAN)
    money, costs = money_of(found, "planned"), found.costs
    assert money
    assert costs
    first, *others = costs.swings
    turns = replace(first, at_low=-2 * first.lead)
    turning = replace(found, costs=replace(costs, swings=(turns, *others)))
    assert turning.costs
    assert (len(turning.costs.turning_swings), costs.turning_swings) == (1, ())

    def notes(of: Assessment) -> str:
        said = {"assessment": of, "money": money, "explained": SimpleNamespace()}
        page = render_to_string("results/money/rows.html", said)
        return " ".join(page.split())

    assert 'overlap: <a href="#swings" >see what decides the order</a>.' in notes(
        turning
    )
    assert (
        "The ranges overlap, yet “Few-shot” always costs less than the plan."
        in notes(found)
    )
    assert "#swings" not in notes(found)
