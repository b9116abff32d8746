"""Page 1 says why a decision is due now, where the case shows it, and what is open."""

import re

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from audits.scoring.money.of_assessment import money_of
from audits.scoring.told.result.why_now import why_now
from audits.services.portfolio.money.row_money import money_columns
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

TUNED = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}


def test_end_of_a_model_and_a_training_that_is_not_paid_are_why_it_is_due() -> None:
    planned = assessed(ANSWERS["gather_evidence"] | {"state": "planned"}, **TUNED)
    money = money_of(planned)
    assert money
    assert money.today
    calendar = money.today.calendar
    # What serves until it is ready, and the test set, are needed without it, too.
    cases = sum(x.amount for x in calendar.one_offs if "test set" in x.what)
    training = calendar.at_start - calendar.set_up - cases

    assert why_now(planned, money) == (
        "The model of “Tuned hosted model” retires on 14 January 2027. Once the "
        f"planned training begins, its ${training:,} is spent for good. (Derived.)"
    )
    # What is under way may be paid, and a prompt has no training.
    under_way = assessed(ANSWERS["gather_evidence"] | {"state": "in_cycle"}, **TUNED)
    assert "for good" not in why_now(under_way, money_of(under_way))
    prompt = assessed(ANSWERS["rag"] | {"state": "planned"}, today="prompt")
    assert why_now(prompt, money_of(prompt)) == ""
    assert why_now(planned, None) == ""


def test_numbers_that_nobody_entered_are_counted_beside_the_amounts() -> None:
    found = assessed(ANSWERS["rag"], today="prompt")
    fewer = assessed(ANSWERS["rag"], today="prompt", engineer_day=None)

    said = [
        page_one(current(), each, Cover(), "Triage", money_of(each)).assumed
        for each in (found, fewer)
    ]

    counts = [[int(x) for x in re.findall(r"\d+", each)] for each in said]
    plan, advised = counts[0]
    assert said[0] == (
        f"{plan} number{'s' * (plan != 1)} behind the plan and {advised} behind the "
        "advice are assumed."
    )
    # A plan needs no engineer's day.
    assert counts[1] == [plan, advised + 1]
    columns = money_columns(found)  # of the portfolio
    assert [plan, advised] == [columns["assumed"], columns["cost_assumed"]]
    assert page_one(current(), found, Cover(), "Triage").assumed == ""
