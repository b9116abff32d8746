from itertools import pairwise

from audits.charts import months
from audits.charts.months import Month, months_chart
from audits.charts.parts import parts

KINDS = (("a", "Apples"), ("b", "Pears"))


def drawn(*counts: tuple[int, int]) -> months.MonthsChart:
    made = [
        Month(name=f"M{place}", counts={"a": a, "b": b})
        for place, (a, b) in enumerate(counts)
    ]
    return months_chart(made, KINDS, "Fruit")


def test_parts_stand_on_each_other_and_end_where_the_axis_says() -> None:
    chart = drawn((20, 20))

    below, above = chart.blocks
    top, middle = float(above.y), float(below.y)
    assert [row.text for row in chart.rows] == ["0", "10", "20", "30", "40"]
    assert {row.text: float(row.x) for row in chart.rows}["40"] == top == months.TOP
    assert {row.text: float(row.x) for row in chart.rows}["20"] == middle
    assert middle - top - float(above.height) == months._GAP
    assert middle + float(below.height) + months._GAP == chart.floor


def test_columns_keep_apart_and_within_the_frame() -> None:
    for number in (1, 2, 13):
        blocks = drawn(*[(5, 0)] * number).blocks
        edges = [(float(b.x), float(b.x) + float(b.width)) for b in blocks]

        assert edges[0][0] >= months.LEFT
        assert edges[-1][1] <= months.WIDTH - months.RIGHT
        assert all(a[1] < b[0] for a, b in pairwise(edges))


def test_part_of_none_is_not_drawn_and_not_named() -> None:
    chart = drawn((0, 3))

    assert [block.kind for block in chart.blocks] == ["b"]
    assert [name.text for name in chart.names] == ["Pears 3"]
    later = drawn((2, 3), (0, 3))
    assert [name.text for name in later.names] == ["Apples 0", "Pears 3"]


def test_names_of_thin_parts_stand_apart() -> None:
    first, second = drawn((1000, 1000), (1, 1)).names

    assert float(first.y) - float(second.y) >= months._APART
    assert float(first.y) <= months.HEIGHT


def test_many_months_name_every_third_one_and_always_the_last() -> None:
    assert [c.text for c in drawn(*[(1, 1)] * 13).columns] == [
        f"M{place}" for place in (0, 3, 6, 9, 12)
    ]
    assert [c.text for c in drawn(*[(1, 1)] * 13).totals] == ["2"] * 5


def test_months_without_anything_are_drawn_empty() -> None:
    chart = drawn((0, 0), (0, 0))

    assert (chart.blocks, chart.names) == ((), ())
    assert [total.text for total in chart.totals] == ["0", "0"]


def test_chart_says_its_counts_to_who_cannot_see_it() -> None:
    assert drawn((1, 2), (3000, 4)).title == (
        "Fruit: M0 Apples 1, Pears 2; M1 Apples 3,000, Pears 4."
    )


def test_parts_fill_what_they_are_of_the_most() -> None:
    one, other = parts([("a", 1), ("b", 3)], most=4)

    assert (one.x, other.x, other.width) == ("0", "25", "75")
    assert 0 < float(one.width) < 25
    assert parts([("a", 0)], most=1) == []


def test_labels_of_nine_months_do_not_run_together() -> None:
    columns = drawn(*[(1, 1)] * 9).columns

    assert [label.text for label in columns] == ["M2", "M5", "M8"]
    assert all(float(b.x) - float(a.x) >= 43 for a, b in pairwise(columns))


def test_names_of_small_parts_at_the_top_are_drawn_whole() -> None:
    kinds = [(name, name) for name in "abcdef"]
    few = dict.fromkeys("bcde", 1) | {"a": 16}
    chart = months_chart(
        [Month(name="M0", counts={"f": 1}), Month(name="M1", counts=few)], kinds, "Use"
    )

    feet = [float(name.y) for name in chart.names]
    assert feet[-1] >= months._HIGHEST
    assert all(below - above >= months._APART for below, above in pairwise(feet))
