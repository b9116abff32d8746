"""A pack says how much of what its votes ask for is cash, and what is people's time."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.reports.packs.sums.cash import Cash, cash_of, cash_said, no_bills_said
from audits.scoring.money.measuring import measuring_cost
from audits.scoring.money.of_assessment import money_of
from audits.scoring.sums.asked.net_parts import net_parts
from audits.scoring.sums.decision_rows import DecisionRow, decision_row
from audits.scoring.sums.money_sums import Decided
from tests.board_money.asked_for.test_what_a_decision_funds_has_a_range import LATER
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

MEETING = date(2027, 1, 9)
STOPS = assessed(ANSWERS["stop_fine_tuning"], today="fine_tune_own")
PREPARES = assessed(LATER, today="prompt")
MEASURES = assessed(ANSWERS["gather_evidence"])


def decided(found: object) -> Decided:
    assert isinstance(found, type(STOPS))
    return Decided(
        name="Mail",
        family=found.family,
        money=money_of(found),
        measuring=measuring_cost(found),
    )


def vote(found: object) -> tuple[DecisionRow, Cash]:
    assert isinstance(found, type(STOPS))
    plan = decided(found)
    cash = cash_of(found, plan, net_parts(found, plan.money, None))
    assert cash is not None
    return decision_row(decided(found)), cash


def test_bills_and_peoples_time_add_up_to_what_is_asked_for() -> None:
    for found in (STOPS, PREPARES, MEASURES):
        row, cash = vote(found)
        assert row.asked is not None
        assert cash.bills + cash.people == row.asked.expected

    row, stops = vote(STOPS)
    parts = net_parts(STOPS, decided(STOPS).money, None)
    assert parts is not None
    assert stops.saved == parts.bills
    # From the day of the meeting, it is what page 1 of the paper says.
    later = net_parts(STOPS, decided(STOPS).money, MEETING)
    assert later
    then = cash_of(STOPS, decided(STOPS), later)
    assert then
    assert (then.bills, then.saved) == (stops.bills, later.bills)
    # People who run a model, and who set up what that takes, send no bill.
    assert vote(PREPARES)[1].bills == 0
    assert vote(PREPARES)[1].saved is None
    # Nor do those who measure.
    assert vote(MEASURES)[1].people > 0


def test_cash_of_all_votes_is_said_with_that_of_the_plans_that_end() -> None:
    (stops, cash), prepares = vote(STOPS), vote(PREPARES)
    cash = replace(cash, bills=Decimal(100), people=Decimal(30), saved=Decimal(-10))
    people = prepares[1].people
    hired = "people’s time: cash only for people who are hired for it."

    assert cash_said([(stops, cash)], None) == (
        "If it is approved, $100 of the $130 is bills, $10 more than the bills of the "
        f"plan that ends, over the 12 months from the day of each decision. The other "
        f"$30 is {hired}"
    )
    assert cash_said([(stops, cash), (stops, cash), prepares], None) == (
        f"If all three are approved, $200 of the ${people + 260:,} is bills, $20 more "
        "than the bills of the plans that end, over the 12 months from the day of each "
        f"decision. The other ${people + 60:,} is {hired}"
    )
    held = [replace(cash, saved=Decimal(10))] * 2
    assert cash_said([(stops, each) for each in held], MEETING) == (
        "If both are approved, $200 of the $260 is bills, $20 less than the bills of "
        "the plans that end, over the 12 months from 9 January 2027. The other $60 is "
        f"{hired}"
    )
    same = replace(cash, people=Decimal(0), saved=Decimal(0))
    assert cash_said([(stops, same)], MEETING) == (
        "If it is approved, $100 of the $100 is bills, as much as the bills of the "
        "plan that ends."
    )
    assert "If both are approved, $100 " in cash_said([(stops, cash), prepares], None)
    # Where one is not known, or has no price, no sum is said.
    assert cash_said([(stops, cash), (stops, None)], None) == cash_said([], None) == ""
    open_ended = replace(stops, asked=None, no_amount="Not priced")
    assert cash_said([(stops, cash), (open_ended, None)], None) == ""


def test_sum_that_is_all_for_people_is_said_to_be_no_bill() -> None:
    row, cash = vote(PREPARES)
    assert row.asked is not None

    said = f"The ${row.asked.expected:,} is people’s time: cash only if they are hired."
    assert no_bills_said(row, cash) == said
    assert no_bills_said(row, replace(cash, bills=Decimal(1))) == ""
    assert no_bills_said(row, None) == no_bills_said(*vote(STOPS)) == ""
