from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from audits.charts import ranges
from audits.charts.ranges import Amount, ranges_chart


def amount(name: str, low: int, expected: int, high: int) -> Amount:
    return Amount(
        name=name, low=Decimal(low), expected=Decimal(expected), high=Decimal(high)
    )


def test_bars_end_where_the_axis_says() -> None:
    chart = ranges_chart([amount("A", 0, 5000, 10_000), amount("B", 1, 2, 3)], "Costs")

    assert [label for _, label in chart.grid] == ["$0", "$5,000", "$10,000"]
    left, middle, right = (float(x) for x, _ in chart.grid)
    assert left == chart.names_x + 12
    assert right == ranges.PAGE.width - ranges.PAGE.right
    x, _, width = chart.rows[0].bar
    assert float(x) + float(width) == middle
    assert chart.rows[0].line.startswith(f"M{left:g} ")
    assert chart.rows[0].line.split("H")[1].startswith(f"{right:g}M")
    assert chart.height == ranges.TOP + 2 * ranges.PAGE.row + ranges.FOOT


@pytest.mark.parametrize(
    ("name", "left"), [("Prompt", 66), ("Tuned, hosted", 129), ("A" * 60, 256)]
)
def test_bars_begin_beside_the_longest_name(name: str, left: int) -> None:
    chart = ranges_chart([amount(name, 0, 1, 2), amount("B", 0, 1, 2)], "Costs")

    assert {row.bar[0] for row in chart.rows} == {str(left)}


@pytest.mark.parametrize("layout", [ranges.PHONE])
def test_no_line_of_the_grid_runs_through_a_name_above_its_bar(
    layout: ranges.Layout,
) -> None:
    names = ("Tuned open model, with the move", "Few-shot")
    chart = ranges_chart([amount(x, 1, 2, 9) for x in names], "Costs", layout)

    said = render_to_string("charts/ranges.html", {"chart": chart, "key": "costs"})
    beside = ranges_chart([amount(x, 1, 2, 9) for x in names], "Costs")
    plain = render_to_string("charts/ranges.html", {"chart": beside, "key": "costs"})

    grounds = [tuple(map(float, row.name_ground)) for row in chart.rows]
    bars = [float(row.bar[1]) for row in chart.rows]
    axis = float(chart.grid[0][0])
    for name, row, (x, y, width) in zip(names, chart.rows, grounds, strict=True):
        assert axis < x <= chart.names_x
        assert x + width >= chart.names_x + len(name) * 8
        assert y + 15 <= float(row.bar[1])
    # Nor is a part of the bar above it hidden.
    assert grounds[1][1] >= bars[0] + 18
    assert said.count('class="c-ground"') == 4
    assert plain.count('class="c-ground"') == 2


def test_phone_has_each_name_above_its_bar_and_all_words_in_its_width() -> None:
    name = "Tuned, rented, with the move"
    amounts = [amount(name, 0, 5_000_000, 9_000_000), amount("B", 1, 2, 3)]
    chart = ranges_chart(amounts, "Costs", ranges.PHONE)

    for row in chart.rows:
        assert float(row.name_y) < float(row.bar[1])
        assert float(row.bar[1]) + 18 <= chart.height
        assert float(row.label_at[0]) + len(row.label) * 7 <= chart.width
    assert len(name) * 8 <= chart.width
    assert {label for _, label in chart.grid} == {""}


def test_amount_stands_at_the_end_of_its_bar_and_on_no_line() -> None:
    chart = ranges_chart([amount("A", 0, 5000, 10_000), amount("B", 1, 2, 3)], "Costs")

    for row in chart.rows:
        x, top, width = (float(place) for place in row.bar)
        at, baseline = (float(place) for place in row.label_at)
        assert at == pytest.approx(x + width, abs=2)
        assert baseline < top
        _, ground, _ = (float(place) for place in row.ground)
        assert ground >= ranges.TOP - 2
    first, second = chart.rows
    assert float(first.bar[1]) + 18 <= float(second.ground[1])


def test_bars_say_their_amounts_to_who_cannot_see_them() -> None:
    chart = ranges_chart([amount("A", 1000, 5000, 10_000)], "Costs")

    assert chart.title == "Costs: A $5,000, from $1,000 to $10,000."
    assert chart.rows[0].label == "$5,000"


def test_bar_of_nothing_is_still_seen() -> None:
    chart = ranges_chart([amount("A", 0, 0, 0), amount("B", 0, 0, 9)], "Costs")

    assert float(chart.rows[0].bar[2]) > 0
