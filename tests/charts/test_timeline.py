from datetime import date
from itertools import combinations, pairwise, product
from typing import Any

import pytest

from audits.charts.labels import Box, Labels, Spot
from audits.charts.timeline import FILE, NARROW, WIDE, timeline_chart
from audits.charts.timeline_shapes import (
    Change,
    Column,
    Event,
    Layout,
    Point,
    Series,
    Text,
    Timeline,
    TimelineChart,
)
from audits.frameworks.loading import loader


def point(day: date, value: float, kind: Any = "line") -> Point:
    return Point(
        day=day, value=value, label=f"Model {value:g}", short=f"{value:g}", kind=kind
    )


WINDOWS = (point(date(2022, 1, 1), 2_000), point(date(2024, 2, 15), 1_000_000))
PRICES = (
    point(date(2023, 3, 14), 37.5),
    point(date(2024, 7, 18), 0.26, "near"),
    point(date(2025, 4, 14), 0.7),
    point(date(2026, 9, 22), 0.2, "unmeasured"),
)


def column(start: date, end: date, tune: int, rebuild: int, stop: int) -> Column:
    return Column(
        start=start,
        end=end,
        counts=(
            ("tune", "Fine-tune", tune),
            ("rebuild", "Rebuild", rebuild),
            ("stop", "Stop", stop),
        ),
    )


def drawn(layout: Layout = WIDE, **changes: Any) -> TimelineChart:
    given: dict[str, Any] = {
        "columns": (
            column(date(2022, 1, 1), date(2024, 1, 1), 3, 1, 0),
            column(date(2024, 1, 1), date(2027, 1, 1), 1, 1, 2),
        ),
        "until": date(2026, 11, 24),
        "rising": Series(title="Windows", short="W", points=WINDOWS),
        "falling": Series(title="Prices", short="P", points=PRICES),
        "events": (Event(day=date(2024, 8, 6), label="August 2024", short="Aug"),),
        "changes": (),
        "title": "Title",
        "description": "Description",
    }
    return timeline_chart(Timeline(**given | changes), layout)


def numbers(texts: tuple[Text, ...]) -> list[tuple[str, str]]:
    return [(text.family, text.words) for text in texts]


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=lambda layout: layout.name)
def test_parts_of_a_bar_are_as_high_as_their_share_and_fill_it(layout: Layout) -> None:
    chart = drawn(layout)
    top, foot = layout.bars
    first = [b for b in chart.blocks if b.x == str(layout.left)]

    heights = {block.family: float(block.height) + 1.5 for block in first}
    assert heights == {"tune": (foot - top) * 0.75, "rebuild": (foot - top) * 0.25}
    assert min(float(block.y) for block in first) == pytest.approx(top + 0.75)
    assert len(chart.blocks) == 5  # nothing is drawn of a family without a use case


def test_bar_of_nothing_draws_nothing() -> None:
    empty = column(date(2022, 1, 1), date(2027, 1, 1), 0, 0, 0)

    chart = drawn(columns=(empty,))

    assert (chart.blocks, chart.starts, chart.ends) == ((), (), ())


def test_counts_stand_beside_the_first_and_the_last_bar() -> None:
    assert numbers(drawn().starts) == [("tune", "3"), ("rebuild", "1")]
    assert numbers(drawn().ends) == [
        ("tune", "Fine-tune 1"),
        ("rebuild", "Rebuild 1"),
        ("stop", "Stop 2"),
    ]
    assert drawn(NARROW).ends == ()


@pytest.mark.parametrize("counts", [(1, 1, 400), (400, 1, 1), (1, 400, 1)])
def test_counts_of_thin_parts_are_kept_apart_and_inside(
    counts: tuple[int, int, int],
) -> None:
    thin = column(date(2022, 1, 1), date(2027, 1, 1), *counts)

    places = [float(text.y) for text in drawn(columns=(thin,)).starts]

    assert min(below - above for below, above in pairwise(places)) >= 15
    top, foot = WIDE.bars
    assert all(top < place <= foot + 4 for place in places)


def test_names_beside_the_last_bar_are_a_line_and_more_apart() -> None:
    thin = column(date(2022, 1, 1), date(2027, 1, 1), 1, 1, 1_000)

    places = [float(text.y) for text in drawn(columns=(thin,)).ends]

    assert min(below - above for below, above in pairwise(places)) >= 20


@pytest.mark.parametrize("layout", [FILE, WIDE, NARROW])
def test_name_of_a_line_is_far_from_what_is_above_it(layout: Layout) -> None:
    windows, prices = drawn(layout).panels

    above = max(float(text.y) for text in windows.labels)
    assert float(prices.title.y) - above >= 36
    assert float(windows.title.y) - layout.bars[1] >= 54


def test_marks_beside_a_line_are_named_once_each() -> None:
    words = [text.words for text in drawn().panels[1].labels]

    assert [words.count(each) for each in ("near GPT-4", "vendor’s claim")] == [1, 1]


def test_name_of_a_mark_is_shorter_where_there_is_no_space_for_it() -> None:
    claims = (
        point(date(2025, 7, 1), 0.2, "unmeasured"),
        point(date(2026, 3, 1), 0.2, "unmeasured"),
    )
    near = point(date(2025, 4, 1), 0.2, "near")
    prices = Series(title="Prices", short="P", points=(*PRICES[:3], near, *claims))

    words = [text.words for text in drawn(NARROW, falling=prices).panels[1].labels]

    assert "claim" in words
    assert "vendor’s claim" not in words


def test_points_that_are_not_at_the_level_do_not_join_the_line() -> None:
    _, prices = drawn().panels

    assert len(prices.points) == 2
    assert (len(prices.near), len(prices.unmeasured)) == (1, 1)
    assert prices.path.count("V") == 1  # one step for two points
    for x, y in (*prices.near, *prices.unmeasured):
        assert x not in prices.path
        assert y not in prices.path


def test_a_power_of_ten_is_as_high_on_any_part_of_the_scale() -> None:
    windows, _ = drawn().panels

    assert [row.words for row in windows.rows] == ["10k", "100k", "1m"]
    places = [float(rule) for rule in windows.rules]
    assert places[0] - places[1] == pytest.approx(places[1] - places[2], abs=0.02)


def test_lines_go_on_until_today_and_no_further() -> None:
    windows, _ = drawn().panels

    end = float(windows.path.rsplit("H", 1)[1])
    assert end < WIDE.width - WIDE.right


def test_name_and_number_of_every_verdict_fit_beside_the_last_bar() -> None:
    families = loader.current().families
    longest = Column(
        start=date(2022, 1, 1),
        end=date(2027, 1, 1),
        counts=tuple((key, words.name, 1_000) for key, words in families.items()),
    )

    ends = drawn(columns=(longest,)).ends

    # A bold letter is a little wider than one of the other labels.
    for text in ends:
        assert float(text.x) + 1.05 * WIDE.letter * len(text.words) <= WIDE.width
    for key, words in families.items():
        rows = [text.words for text in ends if text.family == key]
        assert " ".join(rows) == f"{words.name} 1000"
    heights = [float(text.y) for text in ends]
    assert all(a - b >= 15 for a, b in pairwise(sorted(heights, reverse=True)))
    assert all(WIDE.bars[0] < y <= WIDE.bars[1] + 4 for y in heights)


def test_scale_of_money_is_in_dollars() -> None:
    assert [row.words for row in drawn().panels[1].rows] == ["$1", "$10"]
    far = Series(
        title="Prices", short="P", points=(point(date(2023, 1, 1), 0.05), *PRICES[:1])
    )
    assert [row.words for row in drawn(NARROW, falling=far).panels[1].rows] == [
        "$.10",
        "$1",
        "$10",
    ]


def test_event_near_the_edge_is_written_inside() -> None:
    late = Event(day=date(2026, 12, 20), label="x" * 60, short="y" * 30)

    [mark] = drawn(NARROW, events=(late,)).events

    half = len(mark.text.words) * NARROW.letter / 2
    assert float(mark.text.x) + half <= NARROW.width - NARROW.right


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=lambda layout: layout.name)
def test_labels_of_events_never_overlap_and_end_with_the_plot(layout: Layout) -> None:
    days = (date(2024, 8, 6), date(2025, 5, 7), date(2026, 12, 30))
    near = tuple(Event(day=day, label="x" * 40, short="y" * 15) for day in days)

    marks = drawn(layout, events=near).events

    half = len(marks[0].text.words) * layout.letter / 2
    boxes = []
    for mark in marks:
        x, y = float(mark.text.x), float(mark.text.y)
        assert x + half <= layout.width - layout.right
        boxes.append(Box(x - half, y - 12, x + half, y + 2))
    assert not any(a.touches(b) for a, b in combinations(boxes, 2))
    assert len({mark.text.y for mark in marks}) > 1


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=lambda layout: layout.name)
def test_no_label_of_an_event_is_cut_at_the_top(layout: Layout) -> None:
    days = [date(2025, month, 1) for month in range(1, 6)]
    near = tuple(Event(day=day, label="x" * 40, short="y" * 15) for day in days)

    one, many = drawn(layout, events=near[:1]), drawn(layout, events=near)

    assert (one.top, one.tall) == (0, layout.height)
    assert min(float(mark.text.y) for mark in many.events) - 12 >= many.top
    assert many.top + many.tall == layout.height


@pytest.mark.parametrize("layout", [FILE, WIDE, NARROW])
def test_changes_are_arrows_whose_words_never_overlap(layout: Layout) -> None:
    days = [date(2024, 5, 1 + 9 * i) for i in range(3)] + [date(2026, 12, 28)]
    changes = tuple(Change(day=day, label="2 to Few-shot", short="2") for day in days)

    marks = drawn(layout, changes=changes).changes

    assert len(marks) == len(changes)
    assert all(float(mark.y) > layout.bars[1] for mark in marks)
    boxes = []
    for mark in marks:
        text, wide = mark.text, len(mark.text.words) * layout.letter
        left = float(text.x) - (wide if text.anchor == "end" else 0)
        boxes.append(Box(left, float(text.y) - 10, left + wide, float(text.y)))
        assert left + wide <= layout.width - layout.right
    assert not any(a.touches(b) for a, b in combinations(boxes, 2))
    words = {mark.text.words for mark in marks}
    assert words == {"2"} if layout.is_numbered else "2 to Few-shot" in words


def test_no_arrow_of_a_small_drawing_goes_through_the_number_of_another() -> None:
    days = (date(2023, 3, 14), date(2024, 5, 30), date(2024, 8, 6), date(2026, 1, 7))
    names = ("Few-shot", "Retrieval (RAG)", "Few-shot", "Move off the tuned model")
    changes = tuple(
        Change(day=day, label=f"{place}: to {name}", short=f"{place}")
        for place, (day, name) in enumerate(zip(days, names, strict=True), 1)
    )

    marks = drawn(NARROW, changes=changes).changes

    assert [mark.text.words for mark in marks] == ["1", "2", "3", "4"]
    for mark, other in product(marks, marks):
        text, wide = other.text, len(other.text.words) * NARROW.letter
        left = float(text.x) - (wide if text.anchor == "end" else 0)
        foot, x = float(mark.y) + mark.tall, float(mark.x)
        if mark is not other and foot > float(text.y):
            assert not left < x < left + wide


def test_years_are_named_in_the_middle_of_what_is_drawn_of_them() -> None:
    years = drawn().years

    assert [name for *_, name in years] == ["2022", "2023", "2024", "2025", "2026"]
    assert all(float(start) < float(middle) for start, middle, _ in years)


def test_ends_are_named_even_where_room_is_scarce() -> None:
    many = tuple(
        point(date(2023, month, day), 1_000 * (month * 30 + day))
        for month in range(1, 13)
        for day in (1, 8, 15, 22)
    )

    labels = (
        drawn(NARROW, rising=Series(title="W", short="W", points=many)).panels[0].labels
    )

    assert labels[0].words == many[-1].short
    assert 1 < len(labels) < len(many)


def test_words_never_stand_on_each_other() -> None:
    labels = Labels(Box(0, 0, 200, 100), letter=6)
    spots = (Spot(4, 0, "start"), Spot(-4, 0, "end"))

    found = [labels.place("words", 100, 50, spots) for _ in range(3)]

    assert found == [(104, 50, "start"), (96, 50, "end"), None]
    assert labels.place("words", 190, 20, (Spot(4, 0, "start"),)) is None
