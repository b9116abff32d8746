"""An exported assessment has the amounts that pages print, by name."""

from decimal import Decimal

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange.json_values import written
from audits.scoring.exchange.printed_amounts import printed_amounts
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.options import options
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, inputs_of


def test_years_and_what_is_paid_once_are_those_of_the_pages() -> None:
    found = assess_on(current(), inputs_of(ANSWERS["fine_tune"], {}, **GIVEN), DAY)
    amounts = {each.technique: each for each in printed_amounts(found)}
    money = money_of(found)

    assert money is not None
    assert money.stated
    for row in money.stated:
        each = amounts[row.technique]
        assert (each.month, each.year) == (row.month, row.year)
        assert each.once == row.calendar.once
    shown = {option.cost for option in options(current(), found, "running")}
    for each in amounts.values():
        year = each.year
        assert f"{year.expected:,.0f} ({year.low:,.0f}–{year.high:,.0f})" in shown
    # What is paid later in the 12 months is not paid at the start.
    assert any(each.once > each.at_start for each in amounts.values())


def test_amounts_are_texts_and_twelve_months_add_up() -> None:
    found = assess_on(current(), inputs_of(ANSWERS["rag"], {}, **GIVEN), DAY)

    [each] = [x for x in written(printed_amounts(found)) if x["technique"] == "rag"]

    month, once = Decimal(each["month"]["expected"]), Decimal(each["once"])
    assert Decimal(each["year"]["expected"]) == 12 * month + once
    assert set(each) == {"technique", "month", "at_start", "once", "year"}
