import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from audits.charts import ranges
from audits.charts.coordinates import decades, round_steps
from audits.charts.crossing import CrossingChart, crossing_chart
from audits.charts.lines import layouts
from audits.charts.lines.cost_lines import CostOverVolume
from audits.charts.ranges import ranges_chart
from audits.scoring.calendars.break_even import CachedReads, CostLine, break_even
from tests.charts.test_ranges import amount

_PAPER_CSS = (Path(__file__).parents[2] / "static/css/paper.css").read_text()

PROMPT = CostOverVolume(
    name="Prompt", fixed=Decimal(0), per_request=Decimal("0.00266"), is_chosen=True
)
OWN = CostOverVolume(name="Own model", fixed=Decimal(10_057), per_request=Decimal(0))
EVEN = 3_780_828


def drawn(requests: int = 20_000, even: int | None = EVEN) -> CrossingChart:
    return crossing_chart([PROMPT, OWN], requests, even)


@pytest.mark.parametrize("highest", [1, 9.99, 10, 13_300, 99_999, 10**12])
def test_steps_reach_the_highest_amount_and_no_further_than_needed(
    highest: float,
) -> None:
    steps = round_steps(highest)

    assert steps[-1] >= highest > steps[-2]
    assert len(steps) <= 6


@pytest.mark.parametrize("low", [1, 5, 1000, 99_999])
@pytest.mark.parametrize("high", [99_999, 100_000, 10**9])
def test_decades_enclose_both_and_are_apart(low: int, high: int) -> None:
    first, last = decades(low, high)

    assert 10**first <= low <= high <= 10**last
    assert last - first >= 3


def test_lines_meet_in_the_circle() -> None:
    chart = drawn()

    assert chart.even is not None
    x, y = (float(place) for place in chart.even)
    prompt, own = ([*points(line.path)] for line in chart.lines)
    before = max(p for p in prompt if p[0] <= x)
    after = min(p for p in prompt if p[0] >= x)
    assert before[1] >= y >= after[1]  # dollars grow upwards
    assert {round(height, 1) for _, height in own} == {round(y, 1)}


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]


def test_everything_stays_in_the_frame() -> None:
    for requests, even in ((1, None), (20_000, EVEN), (10**9, 10), (5, 10**11)):
        for line in drawn(requests, even).lines:
            for x, y in points(line.path):
                assert layouts.PAGE.left <= x <= layouts.PAGE.end
                assert -0.01 <= y <= layouts.PAGE.height


def test_break_even_is_written_on_the_side_away_from_this_case() -> None:
    assert (drawn(10**6).even_anchor, drawn(10**8).even_anchor) == ("start", "end")
    assert drawn(10**6).even_label == "3,780,828"


@pytest.mark.parametrize("layout", [layouts.WIDE, layouts.SMALL, layouts.PAPER])
def test_ring_lies_on_both_lines_where_calls_get_cheaper_with_more(
    layout: layouts.Layout,
) -> None:
    cache = CachedReads(
        uncached=Decimal("0.04"),
        cached=Decimal("0.01"),
        a_miss=Decimal("0.03"),
        minutes=Decimal(5),
        cap=Decimal("0.9"),
        now=Decimal(300),
    )
    line = CostLine(fixed=Decimal(0), per_request=Decimal("0.04"), caches=(cache,))
    falls = CostOverVolume(
        name="Few-shot", fixed=line.fixed, per_request=Decimal(0), of_volume=line.at
    )
    flat = CostOverVolume(name="Tuned", fixed=Decimal(900), per_request=Decimal(0))
    even = break_even(line, CostLine(fixed=Decimal(900), per_request=Decimal(0)))

    chart = crossing_chart([falls, flat], 300, even, layout)

    assert chart.even is not None
    for each in chart.lines:
        assert " ".join(chart.even) in re.split("[ML]", each.path)
    drawing = render_to_string("charts/crossing.html", {"chart": chart})
    assert drawing.index("c-ground") < drawing.index("c-cost")  # the label hides none


def test_crossing_near_the_labels_of_the_lines_is_named_on_its_left() -> None:
    lines = (
        CostOverVolume(
            name="Few-shot", fixed=Decimal(1_111), per_request=Decimal("0.01228")
        ),
        CostOverVolume(
            name="Tuned", fixed=Decimal(16_745), per_request=Decimal("0.01194")
        ),
    )
    chart = crossing_chart(lines, 60_000, 46_447_238)

    assert chart.even
    assert chart.even_anchor == "end"
    assert float(chart.even_label_at[0]) < float(chart.even[0])
    assert float(chart.even_label_at[2]) < float(chart.even[1])


def test_break_even_has_a_ground_of_its_own_that_covers_no_cost_line() -> None:
    for chart in (drawn(10**6), drawn(10**8), drawn(10**4)):
        left, top, width, height = map(float, chart.even_ground)
        rows = [float(y) for y in chart.even_label_at[1:]]
        inside = [
            (x, y)
            for line in chart.lines
            for x, y in points(line.path)
            if left <= x <= left + width and top <= y <= top + height
        ]

        assert top < min(rows) - 10 < max(rows) < top + height
        assert inside == []


def test_label_of_a_line_is_above_the_lower_axis() -> None:
    flat = CostOverVolume(name="Prompt", fixed=Decimal(1), per_request=Decimal(0))

    lines = crossing_chart([flat, OWN], 1000, None).lines

    assert float(lines[0].details[0][1]) < layouts.PAGE.floor


def test_case_at_the_right_edge_is_named_on_its_left() -> None:
    chart = drawn(10**8)

    assert (chart.now_label, chart.now_anchor) == ("This use case: 100,000,000", "end")
    assert float(chart.now_label_x) < float(chart.now)
    assert drawn(20_000).now_anchor == "start"


def test_case_at_the_right_edge_of_a_narrow_chart_is_not_named_over_the_axis() -> None:
    narrow = replace(layouts.PAPER, right=219)
    chart = crossing_chart([PROMPT, OWN], 990_000, 10_000, narrow)

    assert float(chart.now) > chart.layout.end - 60
    assert chart.now_anchor == "start"
    assert float(chart.now_label_x) == chart.layout.left


def test_case_that_has_no_room_beside_it_is_named_within_the_drawing() -> None:
    chart = crossing_chart([PROMPT, OWN], 11_000_000, 3_950_000, layouts.PAPER)

    assert chart.now_label == "This use case: 11,000,000"
    assert (chart.now_anchor, float(chart.now_label_x)) == ("end", chart.layout.width)


@pytest.mark.parametrize(
    ("requests", "even", "is_beside_case"),
    [(60_000, 227_000, True), (1_300_000, 18_500_000, False), (2, 10**8, False)],
)
def test_break_even_is_not_written_on_the_line_of_this_case(
    requests: int, even: int, is_beside_case: bool
) -> None:
    rising = replace(PROMPT, fixed=Decimal(1_111), per_request=Decimal("0.0123"))
    name, price = "Tuned, and what follows", Decimal("0.0023")
    flat = replace(OWN, name=name, fixed=Decimal(3_372), per_request=price)
    chart = crossing_chart([rising, flat], requests, even, layouts.PAPER)

    left, _, width, _ = map(float, chart.even_ground)
    assert chart.even is not None
    assert chart.even_anchor == "end"
    assert not left <= float(chart.now) < left + width
    assert (left + width < float(chart.now)) is is_beside_case
    assert left + width <= float(chart.even[0])
    # Only a label that is apart from the crossing needs a line that leads to it.
    assert bool(chart.even_leader) is is_beside_case
    drawing = render_to_string("charts/crossing.html", {"chart": chart})
    assert (f'd="{chart.even_leader}"' in drawing) is is_beside_case


def test_break_even_is_written_below_the_labels_of_the_lines_if_there_is_room() -> None:
    rising = replace(PROMPT, fixed=Decimal(1_700), per_request=Decimal("0.015671"))
    name = "Tuned, and what follows"
    flat = replace(OWN, name=name, fixed=Decimal(3_723), per_request=Decimal("0.0145"))
    chart = crossing_chart([rising, flat], 240_000, 1_730_000, layouts.PAPER)

    assert chart.even is not None
    assert (chart.even_anchor, chart.even_leader) == ("start", "")
    x, upper, lower = map(float, chart.even_label_at)
    assert 0 < x - float(chart.even[0]) < 20
    taken = [float(y) for each in chart.lines for _, y in (*each.names, *each.details)]
    assert upper - max(taken) >= 19
    assert upper < lower < layouts.PAPER.floor


def test_lines_that_never_meet_have_no_circle() -> None:
    chart = drawn(even=None)

    assert (chart.even, chart.even_label) == (None, "")
    assert "They never meet; this case has 20,000." in chart.title


@pytest.mark.parametrize("even", [12, EVEN, 900_000_000])
def test_small_chart_says_in_its_frame_where_the_lines_meet(even: int) -> None:
    lines = [replace(PROMPT, name="Not trained"), replace(OWN, name="Trained")]
    chart = crossing_chart(lines, 20_000, even, layouts.SMALL)

    half = len(chart.even_label) * 7 / 2
    assert half <= float(chart.even_below) <= chart.layout.width - half
    assert chart.even_label == f"{even:,}"
    # Its words at the ends are names alone, none over the name of this case.
    assert [line.details for line in chart.lines] == [(), ()]
    assert min(float(y) for line in chart.lines for _, y in line.names) >= 13 + 14


def test_labels_of_close_lines_stand_apart() -> None:
    twin = CostOverVolume(name="Twin", fixed=Decimal(0), per_request=Decimal("0.0027"))
    first, second = crossing_chart([PROMPT, twin], 20_000, None).lines

    assert float(first.names[0][1]) - float(second.names[0][1]) >= 40


def test_lines_are_labelled_by_how_they_cost() -> None:
    both = CostOverVolume(name="Both", fixed=Decimal(2392), per_request=Decimal("0.03"))
    each = CostOverVolume(name="Each", fixed=Decimal(0), per_request=Decimal("0.25"))

    details = [
        detail
        for pair in ([PROMPT, OWN], [both, each])
        for line in crossing_chart(pair, 1000, None).lines
        for detail, _ in line.details
    ]
    assert details == [
        "$2.66 per 1,000",
        "$10,057, fixed",
        "$2,392 + calls",
        "$0.25 each",
    ]


def test_labels_of_several_rows_stand_apart_between_the_axis_and_this_case() -> None:
    names = "Tuned, and what follows", "Few-shot by search"
    for prices in (("0.0026", "0.0027"), ("0.0001", "9"), ("9", "0.0001")):
        lines = [
            CostOverVolume(name=name, fixed=Decimal(0), per_request=Decimal(price))
            for name, price in zip(names, prices, strict=True)
        ]
        chart = crossing_chart(lines, 20_000, None, layouts.PAPER)

        rows = [
            sorted(float(y) for _, y in (*x.names, *x.details)) for x in chart.lines
        ]
        upper, lower = sorted(rows)
        assert lower[0] - upper[-1] >= 20
        assert upper[0] > 17 + 16
        assert lower[-1] < layouts.PAPER.floor


def test_each_power_of_ten_has_a_tick_and_paper_names_four() -> None:
    chart = crossing_chart([PROMPT, OWN], 240_000, 1_640_000, layouts.PAPER)
    many = crossing_chart([PROMPT, OWN], 2_000, 753_000_000, layouts.PAPER)

    assert [label for _, label in chart.columns] == ["10,000", "100,000", "1m", "10m"]
    assert chart.ticks == tuple(x for x, _ in chart.columns)
    assert (len(many.ticks), len(many.columns)) == (7, 4)


def test_plot_on_paper_takes_more_than_half_of_its_drawing() -> None:
    named = [replace(PROMPT, name="Few-shot by search"), replace(OWN, name="Retrieval")]

    layout = crossing_chart(named, 20_000, None, layouts.PAPER).layout

    assert (layout.end - layout.left) / layout.width >= 0.55


def test_axis_names_few_volumes_where_there_are_many() -> None:
    assert [label for _, label in drawn(20_000).columns] == [
        "10,000",
        "100,000",
        "1m",
        "10m",
    ]
    assert [label for _, label in drawn(10, 10**10).columns] == [
        "10",
        "1,000",
        "100,000",
        "10m",
        "1bn",
    ]


def test_words_of_both_drawings_are_read_on_paper_and_touch_nothing() -> None:
    long = ranges_chart(
        [amount("Prompt with documents", 1, 770_687, 1_479_228), amount("B", 1, 2, 3)],
        "Costs",
        ranges.PAPER,
    )
    chart = crossing_chart([PROMPT, OWN], 10**8, EVEN, layouts.PAPER)

    # 16 units of a drawing printed 95 mm and 92 mm wide are about 9 points or more.
    for width, printed in ((long.width, 95), (chart.layout.width, 92)):
        assert 16 / width * printed / 25.4 * 72 >= 8.99
    assert "width: 95mm" in _PAPER_CSS.partition(".prices .pic svg")[2][:20]
    assert "width: 92mm" in _PAPER_CSS.partition(".fig .pic svg")[2][:40]
    for row in long.rows:
        end = float(row.line.split("H")[1].split("M")[0])
        assert float(row.label_at[0]) > end
        assert float(row.ground[0]) + float(row.ground[2]) <= long.width
    few = ranges_chart([amount("A", 1, 2, 2_500_000)], "Costs", ranges.PAPER)
    assert [label for _, label in few.grid] == ["$0", "$1m", "$2m", "$3m"]
    assert not long.are_above  # each name is left of its bar
    assert long.has_axis
    # Four would be nearer to each other than six points.
    assert [label for _, label in long.grid] == ["$0", "", "", "$1.5m"]
    places = [float(x) for x, _ in long.grid]
    # The bars have a third of the drawing, and the numbers below them room.
    assert places[-1] - places[0] > long.width / 3
    assert min(y - x for x, y in pairwise(places)) > len("$0.5m") * 10
    places = [float(x) for x, _ in chart.columns]
    assert all(after - before >= 60 for before, after in pairwise(places))


def test_break_even_is_never_written_on_the_left_axis() -> None:
    chart = crossing_chart([PROMPT, OWN], 10**8, 200_000, layouts.PAPER)

    assert chart.even_anchor == "start"


@pytest.mark.parametrize(("times", "said"), [("0.99", ["nearly equal"]), ("0.2", [])])
def test_small_drawing_says_where_its_lines_look_like_one(
    times: str, said: list[str]
) -> None:
    cheaper = PROMPT.per_request * Decimal(times)
    trained = replace(PROMPT, name="Trained", fixed=Decimal(5), per_request=cheaper)

    chart = crossing_chart([PROMPT, trained], 1_000, 9_000, layouts.SMALL)

    assert [words for words, _ in chart.lines[1].details] == said
