"""12 months that are not 12 times a month say what they add up from."""

import re
from decimal import Decimal

import pytest

from audits.scoring import Assessment
from audits.scoring.days import in_words
from audits.scoring.decision_words import money_note
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.rows import row_of
from audits.scoring.sums.months_from_day import paid
from audits.scoring.sums.year_parts import (
    of_price,
    row_in_short,
    year_for_paper,
    year_in_full,
    year_in_short,
    years_of,
)
from tests.scoring.costs.worked_decisions import assessed, money, of_today, price
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.twelve_verdicts import ANSWERS

LIVE = {"today": "prompt", "model": "gpt-4.1", "requests": "9000"}
MET = ANSWERS["prompt_long_context"]
GOES_ON = "claude-sonnet-5-5"


def test_row_without_a_column_for_it_says_what_is_paid_once() -> None:
    money = money_of(assessed(ANSWERS["rag"], requests="9000"))

    assert money
    row, once = money.chosen, money.chosen.calendar.once
    assert once
    assert row_in_short(row) == f"${once:,} once to build"
    assert abs(12 * row.month.expected + once - row.year.expected) <= 12


def test_row_that_waits_for_its_model_says_what_is_paid_once_and_what_follows() -> None:
    ends = {"tuned": "gpt-4o-mini", "base": "gpt-4o-mini", "requests": "9000"}
    plan = {**ends, "today": "fine_tune_hosted", "ready_months": "1"}
    money = money_of(assessed(ANSWERS["rag"], **plan), "planned")

    assert money
    assert money.today
    row, once = money.today, money.today.calendar.once
    assert once
    assert row.then
    assert row_in_short(row).endswith(f"; {row.then}; includes ${once:,} once")


@pytest.mark.parametrize("verdict", ["few_shot", "rag", "fine_tune"])
def test_page_one_says_from_when_a_month_of_the_plan_costs_something_else(
    verdict: str,
) -> None:
    found = assessed(ANSWERS[verdict], **LIVE)
    money = money_of(found)

    assert money
    assert money.today
    assert money.today.changes
    day, month = money.today.changes
    assert (
        f"“Prompt” costs ${money.today.month.expected:,} a month, ${month:,} from "
        f"{in_words(day)}."
    ) in money_note(found, money)


def years(found: Assessment) -> tuple[str, ...]:
    return years_of(found, money_of(found))


def test_model_that_has_to_be_trained_says_from_which_month_it_counts() -> None:
    found = assessed(MET, **LIVE, ready_months="3")

    tuned = price(found, "fine_tune_own")

    assert (
        of_price("fine_tune_own", tuned)
        == "starts in month 4; “Prompt” runs until then"
    )
    [said] = [x for x in years(found) if "Tuned" in x]
    calendar, month = tuned.calendar.as_printed, tuned.expected_month
    assert calendar.wait
    less = 3 * month - calendar.wait.running
    assert less > 0
    assert said == (
        f"“Tuned open model”: 12 × ${month:,} + ${calendar.once:,} once − "
        f"${less:,.0f} for the months until 24 February 2027, when “Prompt” runs = "
        f"${calendar.total:,}."
    )


def test_model_that_retires_before_it_is_ready_says_what_runs_instead() -> None:
    row = of_today(
        money(
            ANSWERS["stop_fine_tuning"],
            tuned="gpt-4.1-mini",
            today="fine_tune_hosted",
            ready_months="9",
        )
    )
    calendar, year = row.calendar, row.year.expected
    once, then = f"${calendar.once:,}", "then a prompt on the replacement model"

    assert calendar.never_serves
    assert calendar.months[-1].running != calendar.months[0].running
    assert row_in_short(row) == (
        f"not ready before its model retires: “Retrieval” runs, {then}; "
        f"includes {once} once"
    )
    assert year_in_full(row) == (
        f"“Tuned hosted model”: {once} once + ${year - calendar.once:,}, as "
        f"“Retrieval” runs until 14 January 2027, {then} = ${year:,}."
    )


def test_model_that_is_never_ready_has_no_month_and_adds_up_in_one_line() -> None:
    found = assessed(MET, **LIVE, ready_months="12")
    tuned = price(found, "fine_tune_own")
    row = row_of("fine_tune_own", tuned, ("compared",), "running")
    calendar, year = row.calendar, row.year.expected

    assert calendar.never_serves
    once = f"${calendar.once:,}"
    assert row_in_short(row) == (
        f"not ready within 12 months; until then “Prompt” runs; includes {once} once"
    )
    assert year_in_full(row) == (
        f"“Tuned open model”: {once} once + ${year - calendar.once:,}, as “Prompt” "
        f"runs all year = ${year:,}."
    )


@pytest.mark.parametrize("verdict", ["prompt_long_context", "few_shot", "fine_tune"])
@pytest.mark.parametrize("ready", ["0", "2.5", "3"])
def test_parts_add_up_to_the_12_months(verdict: str, ready: str) -> None:
    said = years(assessed(ANSWERS[verdict], **LIVE, ready_months=ready))

    assert said
    for each in said:
        parts, _, year = each.partition(": ")[2].rstrip(".").rpartition(" = $")
        sums = re.sub(r" (once|for .*?)(?= [+−] |$)", "", parts)
        found = sum(map(_amount, re.findall(r"(?:^|[+−] )[^+−]+", sums)))
        assert abs(found - Decimal(year.replace(",", ""))) <= 12


def test_paper_and_pack_run_a_plan_for_the_same_amount() -> None:
    # It waits for its model, and that model then retires.
    ends = {"tuned": "gpt-4o-mini", "base": "gpt-4o-mini", "requests": "9000"}
    plan = {**ends, "today": "fine_tune_hosted", "ready_months": "1"}
    found = assessed(ANSWERS["rag"], **plan)
    money = money_of(found, "planned")
    assert money
    assert money.today

    in_pack = paid(money.today, None, begins=False)
    said = year_for_paper(found, money)

    assert in_pack.changes
    amounts = re.findall(r"\$([\d,]+)", said)
    once, running, waiting, after, *_ = (Decimal(x.replace(",", "")) for x in amounts)
    assert once == money.today.calendar.once
    assert running == 12 * in_pack.month + in_pack.changes
    assert waiting + after == running
    assert once + running == money.today.year.expected
    assert re.search(r" a month at first, \$[\d,]+ from \d+ \w+ 20\d\d\) = ", said)


def _amount(part: str) -> Decimal:
    sign = -1 if part.startswith("−") else 1
    first, _, second = part.strip("+− ").replace("$", "").partition(" × ")
    number = Decimal(first.replace(",", ""))
    return sign * number * Decimal(second.replace(",", "") or 1)


def test_row_whose_model_retires_says_so_and_one_that_goes_on_nothing() -> None:
    ends = money_of(assessed(MET, **LIVE))
    goes_on = assessed(MET, **{**LIVE, "model": GOES_ON}, ready_months="0")
    money = money_of(goes_on)
    assert ends
    assert ends.today
    assert money
    assert money.today

    assert year_in_short(ends.today).endswith(
        "when its model retires; moving it costs $5,600 once"
    )
    assert year_in_short(money.today) == ""
    assert years(goes_on) == ()


def test_paper_has_the_sum_of_what_is_drawn_beside_it() -> None:
    found = assessed(MET, **LIVE, ready_months="3")

    said = year_for_paper(found, money_of(found))

    assert said == (
        "“Prompt”: $5,600 once + $9,141 running ($816 a month at first, $753 from "
        "14 January 2027) = $14,741."
    )
    assert year_for_paper(found, None) == ""


def test_paper_itemises_each_amount_that_a_move_asks_for() -> None:
    found = assessed(MOVES, **ENDS)

    said = year_for_paper(found, money_of(found))

    assert said == (
        "“Few-shot, with the move”: $15,622 once + $22,819 running (12 × $1,592 + "
        "$3,715 for the old model until 14 January 2027) = $38,441. “Tuned open model, "
        "with the move”: $27,420 once ($17,817 up front, $9,603 on 14 October 2027 to "
        "retrain it) + $102,892 running (12 × $9,349 − $9,296 for the old model, which "
        "costs less, until 14 January 2027) = $130,312."
    )
