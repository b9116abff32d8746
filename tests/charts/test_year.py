import re
from decimal import Decimal
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from audits.charts import year
from audits.charts.year import YearChart, YearMonth, year_chart

NAMES = ("Retrieval", "Current plan")


def drawn(
    *amounts: tuple[int, int, int | None], marks: tuple[tuple[int, float], ...] = ()
) -> YearChart:
    months = [
        YearMonth(
            name=f"{place} Dec",
            running=Decimal(running),
            once=Decimal(once),
            beside=None if beside is None else Decimal(beside),
        )
        for place, (running, once, beside) in enumerate(amounts, start=1)
    ]
    return year_chart(months, NAMES, marks, "Cost of each month")


def test_what_is_paid_once_stands_on_the_running_cost() -> None:
    chart = drawn((100, 200, None), (100, 0, None))

    running, once, second = chart.blocks
    assert [block.is_once for block in chart.blocks] == [False, True, False]
    assert [row.text for row in chart.rows] == ["$0", "$100", "$200", "$300"]
    heights = {row.text: float(row.x) for row in chart.rows}
    assert float(once.y) == heights["$300"] == year.TOP
    assert float(running.y) == heights["$100"]
    assert float(once.y) + float(once.height) == pytest.approx(heights["$100"])
    assert float(running.y) + float(running.height) == pytest.approx(chart.floor)
    assert (second.y, second.height) == (running.y, running.height)


def test_columns_stay_within_their_months() -> None:
    chart = drawn(*[(5, 0, None)] * 12)

    slot = (year.PAGE.width - year.PAGE.left - year.PAGE.right) / 12
    for place, block in enumerate(chart.blocks):
        left = float(block.x)
        assert year.PAGE.left + slot * place < left
        assert left + float(block.width) < year.PAGE.left + slot * (place + 1)


def test_line_steps_over_the_months_of_the_other_plan() -> None:
    chart = drawn((0, 0, 100), (0, 0, 50))

    top, middle = year.TOP, (year.TOP + chart.floor) / 2
    half = (year.PAGE.left + year.PAGE.width - year.PAGE.right) / 2
    right = year.PAGE.width - year.PAGE.right
    assert chart.line == f"M80 {top}H{half:g}V{middle:g}H{right}"
    assert drawn((1, 0, None)).line == ""


def test_both_names_stand_beside_their_last_month_and_apart() -> None:
    near = drawn((1000, 0, 1001)).names
    far = drawn((1000, 0, 10)).names

    for ours, other in (near, far):
        assert other
        assert (ours.text, other.text) == NAMES
        assert abs(float(ours.y) - float(other.y)) >= year._APART
    assert near[1]
    assert float(near[0].y) > float(near[1].y)
    assert drawn((1, 0, None)).names[1] is None


def test_marks_stand_above_their_days_and_apart() -> None:
    chart = drawn(*[(1, 0, None)] * 12, marks=((1, 1.0), (2, 1.1), (3, 6.0)))

    slot = (year.PAGE.width - year.PAGE.left - year.PAGE.right) / 12
    first, second, third = chart.marks
    assert float(first.x) == float(first.at) == round(year.PAGE.left + slot, 2)
    assert float(second.at) - float(first.at) == year._MARK_APART
    assert float(second.at) - float(first.at) > 24  # circles of 20.5
    assert float(second.x) < float(second.at)
    assert third.x == third.at


def test_line_of_a_mark_leads_from_its_number_to_its_day() -> None:
    chart = drawn(*[(1, 0, None)] * 12, marks=((1, 1.0), (2, 1.1), (3, 1.1)))

    said = render_to_string("charts/year.html", {"chart": chart, "key": "year"})

    lines = re.findall(r'd="M(\S+) 24L(\S+) (\d+)V(\d+)"', said)
    top, floor = str(year.TOP), str(chart.floor)
    # Lines of neighbouring days would run into one, so they end above the columns.
    feet = [floor, top, top]
    led = [(mark.at, mark.x) for mark in chart.marks]
    assert lines == [(*at, top, foot) for at, foot in zip(led, feet, strict=True)]
    circles = re.findall(r'cx="(\S+)"', said)
    assert circles == [at for at, *_ in lines]


def test_a_sample_beside_each_name_shows_what_it_names() -> None:
    chart = drawn((1000, 0, 10))

    said = render_to_string("charts/year.html", {"chart": chart, "key": "year"})

    ours, other = chart.names
    assert other
    for name in (ours, other):
        at, _, wide = name.sample
        assert chart.right < float(at)
        assert float(at) + wide < float(name.x)
    assert f'd="M{other.sample[0]} {other.sample[1]}h10"' in said
    assert f'x="{ours.sample[0]}"' in said


def test_every_third_month_is_named() -> None:
    columns = drawn(*[(1, 0, None)] * 12).columns

    assert [column.text for column in columns] == ["1 Dec", "4 Dec", "7 Dec", "10 Dec"]


@pytest.mark.parametrize(
    ("name", "count"), [("Distilled model", 3), ("Tuned open model, rented", 2)]
)
def test_labels_of_months_keep_apart_beside_a_long_name(name: str, count: int) -> None:
    month = YearMonth(name="29 Nov", running=Decimal(9), once=Decimal(0))
    names = name, "Current plan"

    columns = year_chart([month] * 12, names, [], "Cost of each month").columns

    apart = [float(b.x) - float(a.x) for a, b in pairwise(columns)]
    assert len(columns) == count
    assert min(apart) >= year._LABEL


def test_months_that_cost_nothing_are_drawn_all_the_same() -> None:
    [block] = drawn((0, 0, None)).blocks

    assert float(block.height) == year._LEAST


def test_chart_says_its_amounts_to_who_cannot_see_it() -> None:
    assert drawn((100, 2000, 30), (100, 0, 30)).title == (
        "Cost of each month, Retrieval: from 1 Dec $2,100, $2,000 of it once, "
        "Current plan $30; from 2 Dec $100, Current plan $30."
    )
