"""The chart of what the plan, the recommendation and the next way cost."""

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.money.names.row_names import row_name, technique_name
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.options import options
from audits.templatetags.charts import cost_ranges, money_on_paper, money_ranges
from tests.board_money.ending.test_closed_plan_cannot_begin import stopped
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES


def test_chart_has_the_amounts_of_the_table_and_marks_what_is_recommended() -> None:
    money = stopped("planned", "fine_tune_hosted").money
    assert money
    assert money.picked

    chart = money_ranges(money)

    said = "; ".join(
        f"{SHORT_NAMES[row.technique]} ${row.year.expected:,.0f}, "
        f"from ${row.year.low:,.0f} to ${row.year.high:,.0f}"
        for row in money.rows
    )
    for width in ("wide", "narrow"):
        drawing = chart.partition(f'class="plot plot-{width}"')[2].partition("</svg>")[
            0
        ]
        assert f"Cost over 12 months: {said}." in drawing
        assert drawing.count("c-chosen") == 1


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

    few_shot = alone["Few-shot, fixed examples, without the move"]
    assert whole["Few-shot, with the move"] != few_shot
    assert "Tuned open model, with the move" in whole
    assert "Tuned open model, rented GPUs, without the move" in alone
    assert "Prompt on the current model" in alone
    assert "Few-shot, with the move $" in money_ranges(money)
    assert "Few-shot, no move $" in cost_ranges(plan, money)
    # Page 1 and the appendix of a paper draw and name the same amounts.
    on_paper = money_on_paper(money)
    assert on_paper.count("c-chosen") == 1
    assert all(f"${row.year.expected:,.0f}" in on_paper for row in money.rows)
    options_named = {x.name for x in options(current(), found)}
    assert "Few-shot, without the move" in options_named
    assert "Few-shot" not in options_named


@pytest.mark.thorough
def test_examples_of_both_kinds_are_told_apart_in_the_rows() -> None:
    money = stopped("planned", "few_shot_retrieved").money
    assert money

    names = [row_name(money, row) for row in money.rows]

    assert len(names) == len({*names})
    assert "Few-shot, varied" in names
    assert "Few-shot" not in names
