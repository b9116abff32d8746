"""The chart of what the plan, the recommendation and the next way cost."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.templatetags.charts import money_ranges
from tests.board_money.test_closed_plan_cannot_begin import stopped


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
    assert f"Cost over 12 months: {said}." in chart
    assert chart.count("c-chosen") == 1
