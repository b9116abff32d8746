"""Keeps what a paper or a pack says, when its PDF is made, for slides and documents."""

from collections.abc import Sequence
from typing import Any

from audits.office.spoken import told_of
from audits.office.told import Amounts, Picture, to_json
from audits.reports.context import Paper
from audits.reports.typesetting.pdf import Manuscript
from audits.scoring.money.words import Money
from audits.templatetags.charts import money_amounts, money_chart


def told_in(manuscript: Manuscript, papers: Sequence[Paper]) -> dict[str, Any]:
    """Return what a manuscript says, as plain values.

    Args:
        manuscript: The text that a PDF is set from.
        papers: The papers whose page 1 it has, in the order of its pages.
    """
    told = told_of(
        manuscript.html,
        accent=manuscript.branding.accent,
        is_letter=manuscript.branding.is_letter,
        pictures=[picture_of(paper.money) for paper in papers],
    )
    return to_json(told)


def picture_of(money: Money | None) -> Picture | None:
    """Return the picture of the money, as a paper draws it; None without amounts."""
    if money is None or not money.stated:
        return None
    bars = (
        Amounts(x.name, x.low, x.expected, x.high, x.is_chosen)
        for x in money_amounts(money)
    )
    return Picture(money_chart(money).title, tuple(bars))
