"""The text below the headline of a result, its headings, and its money from a day."""

from collections.abc import Sequence
from datetime import date

from django import template
from django.template import Context

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.sentences import reasons_counted as counted
from audits.scoring.summary import headings
from audits.scoring.summary.head import Head, head_of
from audits.scoring.summary.why import FIRST, USE, WhyLine
from audits.scoring.sums.asked import pays_back
from audits.scoring.sums.asked.net_parts import net_parts
from audits.scoring.sums.asked.period import first_day, is_within, money_on
from audits.scoring.sums.month_parts import month_parts as of_month
from audits.scoring.sums.phases import phases_of
from audits.scoring.told.result.time_apart import time_apart

register = template.Library()

_RESULTS = {FIRST: "Decides", USE: "Advises"}


@register.filter
def beside_money(lead: str, money: Money | None) -> Head:
    """Return the sums and the sentences of a lead, and what is left for “Why”."""
    return head_of(lead, money)


@register.filter
def why_says(assessment: Assessment, is_open: bool) -> str:
    """Return the heading of why a verdict is so."""
    return headings.why_says(assessment, is_open=is_open)


@register.simple_tag(takes_context=True)
def money_says(context: Context, assessment: Assessment, money: Money | None) -> str:
    """Return the heading of the money, from the day that a page has for the board."""
    day = _board_day(context)
    parts = net_parts(assessment, money, day)
    return headings.money_says(assessment, money_on(money, day), parts)


@register.simple_tag(takes_context=True)
def counted_since(context: Context, money: Money) -> date:
    """Return the first of the 12 months that a result has of its money."""
    return first_day(money, _board_day(context))


@register.simple_tag(takes_context=True)
def phases_from_day(context: Context, row: MoneyRow) -> tuple[str, ...]:
    """Say what of a plan runs until when, if it begins when the board decides."""
    day = _board_day(context)
    return phases_of(row, day if day and is_within(row, day) else None)


@register.simple_tag(takes_context=True)
def time_from_decision(
    context: Context, assessment: Assessment, money: Money | None
) -> str:
    """Say what of a saving is time, from the day that a page has for the board."""
    told = getattr(context.get("explained"), "money", money)  # not yet from that day
    return time_apart(assessment, told, _board_day(context))


def _board_day(context: Context) -> date | None:
    explained, due = context.get("explained"), context.get("due")
    found = getattr(explained, "board_on", None)
    return found or (due.by if due else context.get("vote_on"))


@register.filter
def month_parts(assessment: Assessment, money: Money | None) -> str:
    """Say how much of a month of what runs is people's time; may be empty."""
    row = (money.today or money.chosen) if money else None
    return of_month(assessment, row.technique, row.month.expected) if row else ""


@register.filter
def other_conditions(
    assessment: Assessment, lines: Sequence[WhyLine]
) -> tuple[tuple[str, str], ...]:
    """Return the blockers and reasons without a row of their own, by their effect."""
    return headings.other_conditions(assessment, [line.id for line in lines])


@register.filter
def reasons_counted(assessment: Assessment) -> str:
    """Return how many reasons to train do not hold or are not known."""
    return counted.reasons_counted(assessment)


@register.filter
def in_a_word(line: WhyLine) -> str:
    """Say what a condition is for the verdict, or whether it holds."""
    return _RESULTS.get(line.part, line.row.holds)


@register.filter
def part_apart(line: WhyLine) -> str:
    """Say what a condition is for the verdict, where that word does not."""
    return "" if line.part in _RESULTS else line.part


@register.filter
def ranges_overlap(money: Money) -> bool:
    """Return whether the plan may cost as much as what it is compared with."""
    return headings.ranges_overlap(money)


@register.simple_tag(takes_context=True)
def order_said(context: Context, money: Money) -> str:
    """Say what is cheaper where ranges overlap, from the day of the board."""
    return headings.order_said(money, getattr(context.get("explained"), "money", None))


@register.filter
def crossing_found(money: Money) -> str:
    """Say above which volume training pays back, by name where it is another one."""
    return pays_back.found(money)


@register.filter
def crosses_unpaid(money: Money) -> bool:
    """Return whether the volume of a crossing holds only if training is unpaid."""
    return pays_back.crosses_unpaid(money)


@register.filter
def counts_unpaid(money: Money) -> bool:
    """Return whether a saving against the plan holds only if training is unpaid."""
    return headings.counts_unpaid(money)


@register.filter
def before_the_test(mark: str) -> str:
    """Say of a pass mark whose target is missing before what it has to be set.

    >>> before_the_test("Set the target first")
    'Set the target before the test'
    """
    return f"{mark.removesuffix(' first')} before the test"


@register.filter
def as_sentence(words: str) -> str:
    """Return words that follow a heading as a sentence of their own; may be empty.

    >>> as_sentence(", only because a price falls"), as_sentence(" ($2 less)")
    ('Only because a price falls.', '$2 less.')
    """
    said = words.strip(", ")
    if said.startswith("("):
        said = said.removeprefix("(").removesuffix(")")
    return f"{said[:1].upper()}{said[1:]}." if said else ""
