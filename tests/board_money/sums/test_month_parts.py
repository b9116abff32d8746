"""A month of what runs says how much of it is people’s time."""

from audits.reports.packs.said.time_words import peoples_time
from audits.scoring.money.of_assessment import money_of
from audits.scoring.sums.month_parts import parts_of_today
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

MET = ANSWERS["prompt_long_context"]


def test_people_and_providers_add_up_to_the_month() -> None:
    found = assessed(MET, today="prompt", model="gpt-4.1", requests="9000")

    assert found.costs
    price = found.costs.plan.of("prompt").price
    assert price
    paid = price.expected_month - 750  # 5% of $180,000 a year
    assert parts_of_today(found) == (
        f"A month of “Prompt”: $750 for people’s time, ${paid:,} on the providers’ "
        "bill."
    )


def test_discount_is_called_assumed_only_where_the_sum_has_one() -> None:
    calls = {"today": "prompt", "model": "gpt-4.1", "cache_hit": None}
    short, long = (
        assessed(MET, **calls, prefix_tokens=tokens) for tokens in ("500", "12000")
    )

    assert parts_of_today(short).endswith(" on the providers’ bill.")
    assert parts_of_today(long).endswith(" (discount for repeated text assumed).")


def test_what_costs_least_is_said_where_nothing_runs() -> None:
    assert parts_of_today(assessed(MET)).startswith("A month of “Prompt”: $750 ")


def test_nothing_is_said_without_numbers() -> None:
    found = assessed(MET, requests=None, prefix_tokens=None)

    assert parts_of_today(found) == ""


def test_saving_says_which_part_of_both_plans_is_engineers_time() -> None:
    found = assessed(ANSWERS["rag"], today="fine_tune_own")
    money = money_of(found, "running")
    assert money
    assert money.today
    ends, instead = money.today.month_told, money.chosen.month_told
    days = [x.amount for x in money.today.calendar.one_offs if "days" in str(x.counted)]

    # 25% and 10% of $180,000 a year; of what is paid once, what is counted in days.
    assert peoples_time(found, money) == (
        f"$3,750 of the ${ends:,} a month that end and $1,500 of the ${instead:,} a "
        f"month instead, and ${sum(days):,} of the ${money.today.once:,} paid once"
    )
    assert 0 < sum(days) < money.today.once
    assert peoples_time(found, None) == ""
