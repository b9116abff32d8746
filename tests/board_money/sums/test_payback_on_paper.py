"""A paper and the portfolio print a payback alike, as its figures have it."""

import re
from decimal import Decimal

from audits.scoring.costs.rounding import written
from audits.services.portfolio.money.row_money import money_columns
from tests.board_money.printed_papers import paper_of
from tests.board_money.sums.test_payback_follows_from_its_figures import LONG
from tests.casting import Cast
from tests.reports.papers import words_of
from tests.scoring.costs.worked_decisions import assessed, money
from tests.scoring.twelve_verdicts import ANSWERS


def test_payback_is_the_one_off_over_the_saving_that_are_printed(cast: Cast) -> None:
    numbers = LONG | {"requests": "80000"}
    found = money(ANSWERS["rag"], **numbers)
    assert found.saving is not None
    assert found.payback_months is not None

    _, said = words_of(paper_of(cast, ANSWERS["rag"], **numbers))
    [months] = re.findall(r"Paid back in ([\d.]+) months", said)

    assert found.payback_months == found.one_off / found.saving
    assert Decimal(months) == round(found.one_off / found.saving, 1)
    assert f", ${written(found.one_off)} is paid now." in said
    assert f"at ${written(found.saving)} a month less" in found.note


def test_paper_and_portfolio_round_a_payback_alike(cast: Cast) -> None:
    # 5,000 of 16,900 a month less: about 0.3 months.
    numbers = LONG | {"requests": "800000"}
    found = assessed(ANSWERS["rag"], **numbers)
    stored = money_columns(found)["payback_months"]

    _, said = words_of(paper_of(cast, ANSWERS["rag"], **numbers))

    assert 0 < stored < 1
    assert f"Paid back in {stored} months" in said
