"""Remedies drawn as steps: where each is, how it is marked, and which one is named."""

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from audits.charts.rungs import HEIGHT, STATES, WIDTH, Step, steps_chart

LADDER = [Step(state) for state in ("missed", "out", "tested", "passed", "untested")]


def test_steps_rise_to_the_right_side_by_side_within_the_picture() -> None:
    chart = steps_chart([*LADDER, Step("untested", "Next: A trained model")], "Said")

    assert chart.title == "Said"
    for left, right in pairwise(chart.steps):
        assert float(left.x) + float(left.width) < float(right.x)
        assert float(left.y) > float(right.y) >= 0
        assert float(left.height) < float(right.height)
    ends = {float(x.y) + float(x.height) for x in chart.steps}
    assert len(ends) == 1
    assert max(ends) < HEIGHT
    assert float(chart.steps[-1].x) + float(chart.steps[-1].width) <= WIDTH
    assert [bool(x.step.next) for x in chart.steps] == [False] * 5 + [True]


def test_key_has_each_state_that_is_drawn_once_and_fits() -> None:
    drawn = steps_chart([*LADDER, *LADDER, Step("missed", is_in_use=True)], "")
    few = steps_chart([Step("passed"), Step("passed")], "")

    assert [each.words for each in drawn.key] == [*STATES.values()]
    starts = [float(each.x) for each in drawn.key]
    assert starts == sorted(starts)
    assert starts[-1] + len(STATES["in_use"]) * 7 < WIDTH
    assert [each.words for each in few.key] == ["passed"]


@pytest.mark.parametrize(
    ("place", "anchor"), [(0, "start"), (6, "middle"), (12, "end")], ids=str
)
def test_name_of_what_is_next_stays_within_the_picture(place: int, anchor: str) -> None:
    steps = [
        Step("untested", "Next: Search by words" * (x == place)) for x in range(13)
    ]

    label = steps_chart(steps, "").next

    assert label is not None
    assert (label.words, label.anchor) == ("Next: Search by words", anchor)
    assert 0 <= float(label.x) <= WIDTH


def test_numbers_of_a_list_stand_below_their_steps_and_above_the_key() -> None:
    plain = steps_chart([Step("missed")], "")
    chart = steps_chart([Step("missed", number=1), Step("passed", number=2)], "")

    said = render_to_string("charts/rungs.html", {"chart": chart, "key": "paper"})

    assert chart.height > plain.height == HEIGHT
    found = re.findall(r'x="(\S+)" y="91"[^>]*>\s*(\d+)', said)
    assert found == [(step.mark_x, str(step.step.number)) for step in chart.steps]
    assert chart.key_y - 6 > 91


def test_nothing_is_named_where_nothing_is_next() -> None:
    assert steps_chart(LADDER, "").next is None
    assert steps_chart([], "").steps == ()
