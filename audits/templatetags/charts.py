"""Charts, one definition for the page and the paper."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from audits.charts import ranges
from audits.charts import year as twelve_months
from audits.charts.bars import ranged, ticks
from audits.charts.coordinates import round_steps
from audits.charts.counts import counts_chart
from audits.charts.crossing import crossing_chart
from audits.charts.lines import layouts
from audits.charts.lines.cost_lines import CostOverVolume
from audits.charts.ranges import Amount, ranges_chart
from audits.charts.rungs import Step, steps_chart
from audits.charts.scores import score_bar
from audits.charts.year import YearMonth, year_chart
from audits.scoring.board.overrides.overridden_money import counts_instead
from audits.scoring.calendars.break_even import Machines
from audits.scoring.chances.shares import ShownShare
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.ladder.rows import Ladder
from audits.scoring.money.names.row_names import drawn_name, row_name
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import CostPlan, Price
from audits.scoring.pricing.crossing import Crossing
from audits.scoring.sums.asked.funded import funded
from audits.scoring.sums.calendar import MoneyMonths
from audits.templatetags.parts import drawn

register = template.Library()

_LONGEST = 31  # days of a month
_TO_RUN = "Asked: to run a model"
_YEARS = (("wide", twelve_months.PAGE), ("narrow", twelve_months.PHONE))
_CROSSINGS = (("wide", layouts.WIDE), ("narrow", layouts.PAGE))
_WIDTHS = (("wide", ranges.PAGE), ("narrow", ranges.PHONE))


@register.simple_tag
def cost_ranges(plan: CostPlan, money: Money) -> SafeString:
    """Draw what each technique costs over 12 months, if it has a price."""
    years = [(x, x.price.year_as_printed) for x in plan.techniques if x.price]
    amounts = [
        Amount(
            name=drawn_name(money, cost),
            low=year.low,
            expected=year.expected,
            high=year.high,
            is_chosen=cost.technique == money.advised,
        )
        for cost, year in years
    ]
    return _in_both_widths(amounts, "Cost of each technique over 12 months", "ranges")


@register.filter
def money_scale(money: Money) -> list[int]:
    """Return the round amounts of the scale that the bars of the rows share."""
    return round_steps(float(max(row.year.high for row in money.rows)))


@register.simple_tag
def money_bar(
    money: Money, row: MoneyRow, instead: str = "", own: MoneyRow | None = None
) -> SafeString:
    """Draw what a row costs over 12 months, on one scale with the other rows.

    The chosen one is drawn stronger, or `instead` the `own` technique of an override.
    """
    year, scale = row.year, money_scale(money)
    return drawn(
        "charts/range_bar.html",
        bar=ranged(year.low, year.expected, year.high, Decimal(scale[-1])),
        ticks=ticks(scale),
        is_chosen=counts_instead(row, own) if instead else row == money.picked,
    )


def _in_both_widths(amounts: Sequence[Amount], what: str, key: str) -> SafeString:
    """Draw amounts twice: a phone has a narrower drawing, with words as large."""
    drawings = [
        drawn(
            "charts/ranges.html",
            chart=ranges_chart(amounts, what, layout),
            key=f"{key}-{size}",
            size=size,
        )
        for size, layout in _WIDTHS
    ]
    return format_html("{}{}", *drawings)


@register.simple_tag
def money_on_paper(money: Money, named: tuple[str, Price] | None = None) -> SafeString:
    """Draw the same as a paper prints it: the amounts that its page 1 has.

    Beside them is what its decision `named`, which may be asked for instead.
    """
    return drawn("charts/ranges.html", chart=money_chart(money, named), key="ranges")


def money_chart(
    money: Money, named: tuple[str, Price] | None = None
) -> ranges.RangesChart:
    """Return that drawing."""
    amounts = [*money_amounts(money)]
    if named:
        name, year = named[0], named[1].year_as_printed
        amounts.insert(
            sum(row in money.stated for row in money.rows),
            Amount(name=name, low=year.low, expected=year.expected, high=year.high),
        )
    return ranges_chart(amounts, "Cost over 12 months", ranges.PAPER)


def money_amounts(money: Money) -> Iterator[Amount]:
    """Yield the amounts that it draws, what is asked for to run a model first."""
    asked = funded(money)
    if asked:
        year = asked.year
        amounts = {"low": year.low, "expected": year.expected, "high": year.high}
        yield Amount(name=_TO_RUN, is_chosen=True, **amounts)
    for row in money.rows:
        yield Amount(
            name=row_name(money, row),
            low=row.year.low,
            expected=row.year.expected,
            high=row.year.high,
            is_chosen=row == money.picked and not asked,
        )


@register.simple_tag
def cost_months(months: MoneyMonths, *, on_paper: bool = False) -> SafeString:
    """Draw the 12 months of what a verdict leads to, over those of today's plan."""
    starts = [month.start for month, _ in months.pairs]
    drawn_months = [
        YearMonth(
            name=f"{month.start.day} {month.start:%b}",
            running=month.running,
            once=month.once,
            beside=None if today is None else today.amount,
        )
        for month, today in months.pairs
    ]
    marks = [(x.number, _place(x.day, starts)) for x in months.happenings]
    names = SHORT_NAMES[months.chosen.technique], "Current plan"
    what = "Cost of each month"
    drawings = (
        drawn(
            "charts/year.html",
            chart=year_chart(drawn_months, names, marks, what, layout),
            key=f"year-{size}",
            size=size,
        )
        for size, layout in (_YEARS[:1] if on_paper else _YEARS)
    )
    return format_html_join("", "{}", ((each,) for each in drawings))


def _place(day: date, starts: Sequence[date]) -> float:
    """Return where a day is, in months from the first."""
    number = max(n for n, start in enumerate(starts) if start <= day)
    return number + (day - starts[number]).days / _LONGEST


@register.simple_tag
def cost_crossing(
    crossing: Crossing, recommended: str | None, *, on_paper: bool = False
) -> SafeString:
    """Draw the volume above which training pays off."""
    lines = _lines(crossing, crossing.drawn_names, recommended)
    if on_paper:
        chart = crossing_chart(lines, crossing.now, crossing.about, layouts.PAPER)
        return drawn("charts/crossing.html", chart=chart, key="crossing")
    drawings = [
        drawn(
            "charts/crossing.html",
            chart=crossing_chart(lines, crossing.now, crossing.about, layout),
            key=f"crossing-{size}",
            size=size,
        )
        for size, layout in _CROSSINGS
    ]
    return format_html("{}{}", *drawings)


@register.simple_tag
def crossing_in_small(crossing: Crossing, recommended: str | None) -> SafeString:
    """Draw the same without the amounts, beside what would change a verdict."""
    lines = _lines(crossing, ("Not trained", "Trained"), recommended)
    chart = crossing_chart(lines, crossing.now, crossing.about, layouts.SMALL)
    return drawn("charts/crossing_small.html", chart=chart)


def _lines(
    crossing: Crossing, names: Sequence[str], recommended: str | None
) -> list[CostOverVolume]:
    """Return both lines to draw: the costs of the table, at every volume."""
    techniques = (crossing.untrained, crossing.trained)
    return [
        CostOverVolume(
            name=name,
            fixed=line.fixed,
            per_request=line.per_request,
            is_chosen=technique == recommended,
            of_volume=line.at if line.caches else None,
            **_machines(line.machines),
        )
        for name, line, technique in zip(names, crossing.lines, techniques, strict=True)
    ]


def _machines(machines: Machines | None) -> dict[str, Decimal]:
    if machines is None:
        return {}
    return {
        "machine": machines.month,
        "served": machines.requests,
        "least": machines.at_least,
    }


@register.simple_tag
def score(shown: ShownShare) -> SafeString:
    """Draw the share of cases that a candidate passed, beside the target."""
    passed = shown.passed
    interval = passed.interval.low, passed.interval.high
    chart = score_bar(
        passed.share, interval, passed.target, shown.words, counts=passed.counts
    )
    return drawn("charts/score.html", chart=chart, key=shown.id)


@register.simple_tag
def rungs(ladder: Ladder, key: str, *, numbered: bool = False) -> SafeString:
    """Draw the remedies as steps, with the one that comes next."""
    steps = [
        Step(
            state=row.mark,
            next=f"{row.next_said}: {row.name}" if row.is_next else "",
            is_in_use=row.runs,
            number=number * numbered,
        )
        for number, row in enumerate(ladder.rows, start=1)
    ]
    rows = (f"{row.name}: {lower_first(row.said)}" for row in ladder.rows)
    next_one = f"{ladder.next_said}: {ladder.next}"
    said = f"Remedies, the cheapest first. {'. '.join(rows)}. {next_one}"
    return drawn("charts/rungs.html", chart=steps_chart(steps, said), key=key)


@register.simple_tag
def verdict_counts(counts: Sequence[tuple[str, str, int]], what: str) -> SafeString:
    """Draw how many use cases have a verdict of each family."""
    return drawn("charts/counts.html", chart=counts_chart(counts, what))
