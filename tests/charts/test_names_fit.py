"""What a chart writes at the end of a line or a column stays inside its drawing."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from audits.charts import year
from audits.charts.crossing import crossing_chart
from audits.charts.lines import layouts
from audits.charts.lines.cost_lines import CostOverVolume
from audits.charts.lines.layouts import Layout
from audits.charts.year import YearMonth, year_chart
from audits.scoring.costs.cost_numbers import SHORT_NAMES

_BOLD = Path(__file__).parents[2] / "static" / "fonts" / "inter-600.ttf"
_SIZE = 16  # of the words of a drawing, in its units
NAMES = sorted({*SHORT_NAMES.values(), "Distilled model, rented", "Current plan"})


def wide(words: str) -> float:
    """Return how wide the paper prints bold words, in units of a drawing."""
    with TTFont(_BOLD) as font:
        glyphs, widths = font.getBestCmap(), font["hmtx"]
        units = sum(widths[glyphs[ord(letter)]][0] for letter in words)
        return float(units / font["head"].unitsPerEm * _SIZE)


@pytest.mark.parametrize("layout", [year.PAGE, year.PHONE], ids=["page", "phone"])
@pytest.mark.parametrize("name", NAMES)
def test_name_beside_the_months_stays_inside(name: str, layout: year.Layout) -> None:
    month = YearMonth(name="27 Nov", running=Decimal(9), once=Decimal(0))
    names = name, "Current plan"
    chart = year_chart([month] * 12, names, [], "Cost of each month", layout)

    ours, _ = chart.names
    assert chart.right < float(ours.x)
    assert float(ours.x) + wide(name) <= chart.layout.width
    assert max(float(x.x) + float(x.width) for x in chart.blocks) <= chart.right


@pytest.mark.parametrize("layout", [layouts.PAGE, layouts.PAPER])
@pytest.mark.parametrize("name", NAMES)
def test_name_beside_a_line_stays_inside(name: str, layout: Layout) -> None:
    lines = [
        CostOverVolume(
            name=each, fixed=Decimal(9), per_request=Decimal(1), is_chosen=True
        )
        for each in (name, "Prompt")
    ]
    chart = crossing_chart(lines, 1000, None, layout)

    assert chart.names_x > chart.layout.end
    rows = [row for row, _ in chart.lines[0].names]
    assert " ".join(rows) == name
    assert chart.names_x + max(map(wide, rows)) <= chart.layout.width


@pytest.mark.parametrize("name", NAMES)
def test_numbers_below_a_crossing_stand_apart(name: str) -> None:
    lines = [
        CostOverVolume(
            name=each, fixed=Decimal(9), per_request=Decimal(1), is_chosen=True
        )
        for each in (name, "Prompt")
    ]
    chart = crossing_chart(lines, 240_000, 1_590_000, layouts.PAPER)

    spots = [(float(x), wide(words) / 2) for x, words in chart.columns]
    assert len(spots) > 1
    for (x, half), (next_x, next_half) in pairwise(spots):
        assert x + half < next_x - next_half
