"""Native charts of PowerPoint, with their numbers in a sheet of their own."""

from collections.abc import Sequence
from typing import Any

from audits.office import xml
from audits.office.told import Picture

_INK, _MUTED, _RULE = "16202A", "5B6770", "D9DEE0"
_SERIES = ("Low", "Expected", "High")
_EXPECTED = 1
_DOLLARS = '"$"#,##0'
_SIZE = 12.0
_LARGE = 1000  # from here on, numbers have commas


def money_bars(
    slide: Any, area: xml.Area, picture: Picture, accent: str, *, is_low: bool
) -> None:
    """Draw the lowest, the expected and the highest amount of each way.

    Args:
        slide: The slide.
        area: Where on it, in points.
        picture: Its rows from the top, and what it shows in words; what is before the
            first colon is its title.
        accent: The colour of the expected amounts.
        is_low: Whether only these have room for their numbers.
    """
    from pptx.chart.data import CategoryChartData  # noqa: PLC0415 - only slides need it
    from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION  # noqa: PLC0415

    new: Any = CategoryChartData
    amounts, said = picture.bars, picture.said
    data = new(number_format=_DOLLARS)
    data.categories = [amount.name for amount in amounts]
    for name, values in zip(
        _SERIES,
        zip(*((x.low, x.expected, x.high) for x in amounts), strict=True),
        strict=True,
    ):
        data.add_series(name, values)
    kind = XL_CHART_TYPE.BAR_CLUSTERED
    chart = _added(slide, area, kind, data, said)
    _titled(chart, f"{said.partition(':')[0]}, US$")
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = xml.rgb(_RULE)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 25, 0
    plot.has_data_labels = not is_low
    labels = plot.series[_EXPECTED].data_labels if is_low else plot.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = _DOLLARS, False
    labels.font.size = xml.points(_SIZE)
    xml.on_one_line(labels)
    for series, colour in zip(plot.series, ("8FA0A5", accent, "C3CCCF"), strict=True):
        _coloured(series, colour)


def stacked_columns(
    slide: Any,
    area: xml.Area,
    names: Sequence[str],
    series: Sequence[tuple[str, str, Sequence[int]]],
    said: str,
) -> None:
    """Draw numbers on each other: a column for each name.

    Args:
        slide: The slide.
        area: Where on it, in points.
        names: What each column is called, from the left.
        series: The name, the colour as rrggbb and the numbers of each, from below.
        said: What it shows in words.
    """
    from pptx.chart.data import CategoryChartData  # noqa: PLC0415 - only slides need it
    from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415 - as above

    new: Any = CategoryChartData
    data = new(number_format="0")
    data.categories = names
    for name, _, numbers in series:
        data.add_series(name, numbers)
    chart = _added(slide, area, XL_CHART_TYPE.COLUMN_STACKED, data, said)
    chart.has_title = False
    chart.value_axis.major_gridlines.format.line.color.rgb = xml.rgb(_RULE)
    chart.value_axis.format.line.fill.background()
    chart.category_axis.format.line.color.rgb = xml.rgb(_RULE)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 12, 100
    for drawn, (_, colour, _) in zip(plot.series, series, strict=True):
        _coloured(drawn, colour)


def days(
    slide: Any,
    area: xml.Area,
    name: str,
    points: Sequence[tuple[Any, float]],
    colour: str,
) -> None:
    """Draw a figure that changes on days as a line over time, each mark ten times."""
    from pptx.chart.data import XyChartData  # noqa: PLC0415 - only slides need it
    from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415 - as above

    new: Any = XyChartData
    data = new()
    series = data.add_series(name)
    for day, value in points:
        series.add_data_point(_serial(day), value)
    said = f"{name}: " + "; ".join(f"{day:%B %Y} {value:,g}" for day, value in points)
    chart = _added(slide, area, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data, said)
    _titled(chart, name)
    chart.has_legend = False
    xml.logarithmic(chart.value_axis)
    across = chart.category_axis
    across.has_major_gridlines = False
    across.tick_labels.number_format = "yyyy"
    across.tick_labels.number_format_is_linked = False
    across.minimum_scale = _serial(points[0][0].replace(month=1, day=1))
    across.maximum_scale = _serial(points[-1][0].replace(month=12, day=31))
    across.major_unit = 366
    axis_labels = chart.value_axis.tick_labels
    is_large = min(value for _, value in points) >= _LARGE
    axis_labels.number_format = "#,##0" if is_large else "General"
    axis_labels.number_format_is_linked = False
    chart.value_axis.major_gridlines.format.line.color.rgb = xml.rgb(_RULE)
    line = chart.plots[0].series[0].format.line
    line.color.rgb, line.width = xml.rgb(colour), xml.points(2)


def _serial(day: Any) -> int:
    """Return the number that a spreadsheet has for a day."""
    return int(day.toordinal()) - 693594  # that of 30 December 1899


def _added(slide: Any, area: xml.Area, kind: Any, data: Any, said: str) -> Any:
    from pptx.enum.chart import XL_LEGEND_POSITION  # noqa: PLC0415 - as above

    shape = slide.shapes.add_chart(kind, *map(xml.points, area), data)
    xml.describe(shape, "Chart", said)
    chart = shape.chart
    chart.font.size = xml.points(_SIZE)
    chart.font.color.rgb = xml.rgb(_INK)
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = xml.points(_SIZE)
    return chart


def _titled(chart: Any, said: str) -> None:
    chart.has_title = True
    frame = chart.chart_title.text_frame
    frame.text = said
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = xml.points(_SIZE), True
    font.color.rgb = xml.rgb(_MUTED)


def _coloured(series: Any, colour: str) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = xml.rgb(colour)
    series.invert_if_negative = False
