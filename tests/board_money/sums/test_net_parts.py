"""What an advice saves from a day on, and how much of that is engineers’ time."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from audits.frameworks.loading.loader import current
from audits.reports.packs.pack_money import totals
from audits.scoring.board.box_words import asked_in_box, nothing_in_box
from audits.scoring.calendars.from_day import FromDay
from audits.scoring.days import in_words
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.rows import MoneyRow
from audits.scoring.options.if_nothing import if_nothing
from audits.scoring.sums.asked.net_parts import NetParts, in_box, net_parts
from audits.scoring.sums.asked.period import plan_from
from audits.scoring.sums.months_from_day import paid
from audits.scoring.told.result.time_apart import time_apart
from tests.portfolio.drawn_portfolios import Drawn
from tests.portfolio.printed_packs import pack_of
from tests.reports.packs.decided_plans import money as round_money
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.twelve_verdicts import ANSWERS

NO_CASH = "time on the payroll saves no cash."
UPKEEP = Decimal(3750 - 1500)  # a month: 25% and 10% of $180,000 a year


def work(row: MoneyRow, since: date = date.min) -> Decimal:
    """Return what is paid once for days of work, from a day on."""
    lines = row.calendar.one_offs
    return sum(
        (x.amount for x in lines if "days" in x.words and x.day >= since), Decimal(0)
    )


def test_time_and_bills_add_up_to_what_is_saved_over_all_months_or_from_a_day() -> None:
    found = assessed(ANSWERS["rag"], today="fine_tune_own")
    money = money_of(found, "running")
    assert money
    assert money.today
    ends, instead = money.today, money.chosen
    whole = net_parts(found, money, None)

    assert whole
    assert whole.saved == money.saving_year
    assert whole.people == 12 * UPKEEP + work(ends) - work(instead)
    assert whole.bills == whole.saved - whole.people
    assert in_box(whole) == (
        f"Engineers’ time is ${whole.people:,} less, bills ${whole.bills:,} less."
    )
    # A month later, what was paid once for the plan that runs is spent.
    day = instead.starts + timedelta(days=30)
    later = net_parts(found, money, day)
    left = [
        paid(row, day, begins=begins).from_day
        for row, begins in ((ends, False), (instead, True))
    ]
    assert later
    assert left[0]
    assert left[1]
    assert later.saved == left[0].expected - left[1].expected
    assert later.people == 12 * UPKEEP + work(ends, day) - work(instead)
    assert work(ends, day) < work(ends)
    assert in_box(later) == (
        f"Engineers’ time is ${later.people:,} less, bills ${later.bills:,} less."
    )
    # From any day, $100 replaces $1,000 in 12 months.
    plain = net_parts(found, round_money(1000, 100), date(2026, 12, 24))
    assert plain
    assert (plain.saved, plain.since) == (Decimal(10_800), None)
    # A plan that is only planned begins with the decision, and nothing of it changes.
    planned = money_of(found, "planned")
    assert net_parts(found, planned, day) == whole
    assert net_parts(found, money_of(found, "stopped"), day) is None


def test_plan_that_is_only_planned_begins_on_the_day_of_the_decision() -> None:
    found = assessed(ANSWERS["stop_fine_tuning"], **ENDS, ready_months="1")
    money, day = money_of(found, "planned"), date(2027, 1, 3)
    assert money
    assert money.today

    parts, then = net_parts(found, money, day), plan_from(money, day)

    # A month to train it is longer than the 11 days that its base still serves.
    assert then == FromDay(day=day, year=Decimal(43_142), serves=date(2027, 1, 14))
    goes_on = if_nothing(current(), found, money, "planned", then)
    assert goes_on.startswith(
        "$43,142 over 12 months from 3 January 2027: $24,622 to train and move off a "
        "model that serves no day (it retires on 14 January 2027), $8,300 to set up "
        "“Retrieval” before it, and $10,220 to run that, then a prompt on GPT-6"
    )
    # The decision has the day, so the line beside it has not.
    assert nothing_in_box(goes_on) == goes_on.replace(" from 3 January 2027", "")
    assert parts
    assert parts.saved == then.year - money.chosen.year.expected
    # Retrieval takes $1,500 a month, and then a prompt $750; both build retrieval.
    days = Decimal(11) / 31
    waits = round(1500 * days + 750 * (12 - days))
    assert parts.people == 16_000 + 5_600 + waits - 12 * 1500
    # On the day of the verdict, nothing is another sum.
    assert plan_from(money, money.today.starts) is None
    assert plan_from(money, None) is plan_from(None, day) is None
    assert plan_from(money_of(found, "stopped"), day) is None


def test_result_says_what_of_a_saving_is_time_from_the_day_of_the_board() -> None:
    found = assessed(ANSWERS["rag"], today="fine_tune_own")
    money = money_of(found, "running")
    assert money
    day = money.chosen.starts + timedelta(days=30)

    for on in (None, day):
        parts = net_parts(found, money, on)
        assert parts
        assert parts.people
        since = in_words(on or money.chosen.starts)
        whose = "The board’s" if on else "The"
        assert time_apart(found, money, on) == (
            f"{whose} 12 months from {since} cost ${parts.saved:,} less than the plan: "
            f"engineers’ time is ${parts.people:,} less, bills ${parts.bills:,} less. "
            "Time on the payroll saves no cash."
        )
    # Where nothing is saved, or has a price, nothing is said of it.
    assert time_apart(found, round_money(100, 1000)) == time_apart(found, None) == ""


def test_box_says_what_a_move_on_its_last_day_still_saves() -> None:
    passed = {"tried": ["examples", "stronger_model"], "passed": "examples"}
    found = assessed(MOVES | passed | {"quality_gap": "met"}, **ENDS)
    money, day, end = money_of(found), date(2026, 12, 9), date(2027, 1, 14)

    parts = net_parts(found, money, day)

    assert parts
    assert parts.last
    last = net_parts(found, money, end)
    assert last
    assert parts.last == last
    assert (parts.last.since, parts.last.last) == (end, None)
    assert abs(parts.last.saved) != abs(parts.saved)
    waits, then = (
        "If it waits until 14 January 2027, it",
        "over the 12 months from then.",
    )
    assert in_box(parts).endswith(f" {waits} costs ${-last.saved:,} more {then}")
    for saved, said in ((50, "saves $50"), (0, "changes no cost")):
        both = replace(parts, last=replace(last, saved=Decimal(saved)))
        assert in_box(both).endswith(f" {waits} {said} {then}")
    # Where no model ends, no day is the last.
    plain = net_parts(found, round_money(1000, 100), date(2026, 12, 24))
    assert plain
    assert plain.last is None


def test_box_has_the_parts_of_a_net_alone() -> None:
    asks = "This asks for $9 ($5 to $30) over 12 months, instead of $12 of planned"
    note, made = "The advice costs $3 less than the current plan.", "It is time."

    def said(paid: str) -> str:
        return asked_in_box(f"Agree to use it. {paid}", note, made_up=made).made_up

    assert said(f"{asks} spending.") == "It is time."
    assert "time" not in said("This asks for $9 over 12 months.")
    assert in_box(None) == ""


def test_title_of_a_pack_counts_what_its_votes_still_save() -> None:
    plan = Drawn("retrieve", "fine_tune_own", "40", True, "live")
    pack = pack_of([plan] * 2)
    held = date(2027, 1, 9)
    one, other = (
        replace(x, signed="Signed off", name="Chat", on=held) for x in pack.asked
    )
    assert one.row.change is not None
    then = -one.row.change
    # What a day leaves is what the page behind the overview has, and no other base.
    [net] = [x for x in totals([one.decided], held).lines if x.kind == "net"]
    assert net.from_day
    assert net.from_day.expected == then > 0
    left = NetParts(saved=then, people=Decimal(3), since=held)

    def said(*parts: NetParts | None) -> tuple[str, str]:
        asked = zip((one, other), parts, strict=False)
        made = replace(
            pack, asked=tuple(replace(item, net_parts=each) for item, each in asked)
        )
        return " ".join(made.title.split()), made.under_title.replace("\xa0", " ")

    # Of the second, nobody knows what is time. Both have one name, and count each.
    term, on = "over 12 months", "on 9 January 2027"
    assert said(left, None) == (
        f"Two decisions save ${2 * then:,} {term}",
        f"Together: ${2 * then:,} less if both begin {on}.",
    )
    whole = f"One decision saves ${then:,} {term}"
    assert said(None) == (whole, "")
    # Bills are saved, and time is freed: on the payroll, it saves no cash.
    sums = f"${then:,} less if it begins {on}"
    assert said(left) == (
        f"One decision saves ${then - 3:,} in bills and frees $3 of engineers’ time "
        f"{term}",
        f"In all: {sums}; {NO_CASH}",
    )
    costs_more = replace(left, people=then + 5)
    assert said(costs_more)[0] == (
        f"One decision raises bills by $5 and frees ${then + 5:,} of engineers’ time "
        f"{term}"
    )
    costs_much = replace(left, people=2 * then)
    assert said(costs_much)[0] == (
        f"One decision raises bills by ${then:,} and frees ${2 * then:,} of "
        f"engineers’ time {term}"
    )
    time = replace(left, people=then)
    assert said(time) == (
        f"One decision frees ${then:,} of engineers’ time {term}",
        f"In all: {sums}; {NO_CASH}",
    )
    longer = replace(left, people=Decimal(-7))
    assert said(longer) == (
        f"One decision saves ${then + 7:,} in bills and takes $7 of engineers’ time "
        f"more {term}",
        f"In all: {sums}.",
    )
    assert said(left, left)[0] == (
        f"Two decisions save ${2 * then - 6:,} in bills and free $6 of engineers’ "
        f"time {term}"
    )
    # What saves nothing any more is no saving of the title.
    costs, same = (replace(left, saved=Decimal(x), people=None) for x in (-9, 0))
    day = "from 9 January 2027"
    assert said(None, costs) == (f"{whole}; one costs $9 more {day}", "")
    assert said(costs, same) == (
        f"One decision costs $9 more {day}; one changes no cost",
        "",
    )
