"""Until a new model serves, its 12 months have what does."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from audits.frameworks.loading.loader import current
from audits.reports.packs.pack_money import totals
from audits.scoring.costs.cost_calendar import (
    CostEvent,
    Wait,
    calendar_of,
    months_from,
)
from audits.scoring.costs.rounding import written
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.if_nothing import if_nothing
from audits.scoring.options.option_reasons import interim_choice
from audits.scoring.options.options import options
from audits.scoring.options.other_costs import other_costs
from audits.scoring.sums.calendar import months_of
from audits.scoring.sums.money_sums import Decided
from audits.scoring.sums.months_from_day import less_from, paid
from tests.examples import up_to
from tests.scoring.costs.worked_decisions import (
    assessed,
    money,
    of_today,
    price,
)
from tests.scoring.twelve_verdicts import ANSWERS, SLOW

ASSUMED = {"today": "prompt", "requests": "10000000", "ready_months": None}
READY = date(2027, 2, 24)


def test_ask_says_months_that_the_team_entered_without_a_guess() -> None:
    found = money(SLOW, **ASSUMED | {"ready_months": "2"})

    # Nine months after 24 January 2027 it is trained again.
    assert (
        "“Few-shot” until the model is ready in 2 months, then $9,349 a month, and "
        "$9,683 once."
    ) in found.parts


def test_ask_adds_up_what_serves_where_its_price_changes() -> None:
    # The price of its model doubles on 1 January 2027, in month 2.
    found = money(SLOW, **ASSUMED | {"model": "gemini-3.8-flash"})
    calendar = found.chosen.calendar
    before_ready = sum((x.running for x in calendar.months[:3]), Decimal(0))

    assert (
        f", ${written(before_ready)} for “Few-shot” until the model is" in found.parts
    )
    assert calendar.total == (
        found.one_off + before_ready + 9 * found.chosen.month.expected
    )


def test_announced_price_is_taken_from_what_serves_as_well() -> None:
    found = money(SLOW, **ASSUMED | {"model": "gemini-3.8-flash"})
    plan, wait = of_today(found), found.chosen.calendar.wait
    assert wait is not None
    # Without the price, both cost what they do on the first day.
    unchanged = 12 * plan.month.expected
    chosen = found.one_off + 3 * wait.month + 9 * found.chosen.month.expected

    assert (
        f"At the old price, “Distilled model” saves ${written(unchanged - chosen)} "
        "over 12 months."
    ) in found.note


def test_pack_says_from_when_a_new_model_costs_what_its_last_month_does() -> None:
    found = assessed(SLOW, **ASSUMED)
    plan = Decided(
        name="Case", family=found.family, money=money_of(found), state="running"
    )
    later = totals([plan], date(2027, 1, 10))

    [change] = later.released
    assert change.instead.awaits_model
    assert not change.ends.awaits_model
    assert later.has_new_model
    assert not totals([plan]).has_new_model


def test_payback_counts_from_the_decision() -> None:
    found = money(SLOW, **ASSUMED)

    assert (
        "The up-front cost is paid back in 4.8 months, including the wait for the "
        "model."
    ) in found.note


def test_training_alone_is_lost_if_the_test_fails() -> None:
    found = assessed(SLOW, **ASSUMED)
    # The test set is kept, as examples need it, so it is not lost.
    examples = price(found, "few_shot").year_as_printed.expected

    assert (
        money(SLOW, **ASSUMED).note.count(
            "At risk: $19,483 once, lost if the trained model fails its test. "
            f"“Few-shot” then stays in use and costs ${written(19_483 + examples)} "
            "over 12 months, that loss included."
        )
        == 1
    )


@settings(max_examples=up_to(25, 10), deadline=None)
@given(
    cases=st.integers(1, 900),
    label=st.integers(1, 40),
    days=st.integers(1, 90),
    requests=st.integers(10_000, 20_000_000),
)
def test_loss_and_what_goes_on_add_up_to_what_both_cost(
    cases: int, label: int, days: int, requests: int
) -> None:
    numbers = {
        "eval_cases": str(cases),
        "label_cost": str(label),
        "training_days": str(days),
        "requests": str(requests),
    }
    found = assessed(SLOW, **ASSUMED | numbers)
    told = money_of(found)
    assert told
    assert told.at_risk is not None
    assert told.if_it_fails

    technique, both = told.if_it_fails
    calendar = told.chosen.calendar
    rest = price(found, technique).year_as_printed.expected

    assert told.at_risk + rest == both
    # What is not lost of the first payment serves meanwhile, or what goes on.
    assert told.at_risk + calendar.set_up + cases * label == calendar.at_start


def test_what_serves_says_what_it_adds_to_the_ask() -> None:
    found = assessed(SLOW, **ASSUMED)
    [why] = [x.why for x in options(current(), found) if x.name == "Few-shot"]

    # 4,030 to set it up and 3 × 84,950.
    assert why.startswith("May serve until the trained model is ready, though ")
    assert why.endswith(". Doing without saves $258,880")
    assert interim_choice(found) == (
        "either “Few-shot”, though even the quickest model was too slow; or no model, "
        "which saves $258,880."
    )
    assert interim_choice(assessed(SLOW, today="prompt", requests="10000000")) == ""


def test_every_option_that_is_trained_waits_alike() -> None:
    found = assessed(SLOW, **ASSUMED)
    waits = {
        way: price(found, way).calendar.wait
        for way in ("distil", "fine_tune_own", "few_shot", "prompt")
    }

    assert waits["distil"] == waits["fine_tune_own"]
    assert waits["distil"] is not None
    assert waits["few_shot"] is waits["prompt"] is None
    [costs] = [x.cost for x in options(current(), found) if x.is_chosen]
    assert costs.startswith("363 (")


def test_doing_nothing_is_compared_with_the_wait_included() -> None:
    found = assessed(SLOW, **ASSUMED)

    assert (
        "“Prompt” goes on and costs $733,800 over 12 months, $370,996 more than "
        "“Distilled model”."
    ) in if_nothing(current(), found, money_of(found))


def test_months_and_their_chart_tell_when_the_model_is_ready() -> None:
    months = months_of(money(SLOW, **ASSUMED))

    assert [month.running for month in months.chosen.calendar.months] == (
        3 * [84_950] + 9 * [9_349]
    )
    assert [(x.day, x.names, x.text) for x in months.happenings] == [
        (
            READY,
            ("Distilled model",),
            "The new model is ready and replaces “Few-shot”, which serves until then.",
        )
    ]
    assert months.overlap == (
        "Until “Distilled model” is ready, its months show what “Few-shot” costs."
    )
    [(_, built)] = months.builds
    assert [line.words for line in built.one_offs if line.serves_meanwhile] == [
        "Meanwhile, write and test the prompt with examples: 5 days at $800",
        "Meanwhile, choose the examples: 20 examples at $1.50",
    ]


def test_range_has_that_of_the_wait() -> None:
    assumed, entered = (
        price(assessed(SLOW, **ASSUMED | {"ready_months": months}), "distil")
        for months in (None, "3")
    )

    assert assumed.year.expected == entered.year.expected
    assert assumed.year.high > entered.year.high
    swings = assessed(SLOW, **ASSUMED).costs
    assert swings is not None
    [swing] = [x for x in swings.swings if x.input_id == "ready_months"]
    # A month more is one more of few-shot instead of the model; from 1 month on it is
    # trained again within the 12.
    more = Decimal(84_950) - Decimal("9349.10")
    assert swing.at_high == -3 * more
    assert swing.at_low == 2 * more - Decimal("9682.8")


def test_live_model_that_is_trained_again_does_not_wait() -> None:
    found = assessed(ANSWERS["keep"], today="fine_tune_own", ready_months=None)
    live, other = price(found, "fine_tune_own"), price(found, "distil")

    assert live.calendar.wait is None
    # Until another model is ready, the live one serves.
    assert other.calendar.wait is not None
    assert other.calendar.wait.technique == "fine_tune_own"
    assert other.calendar.wait.month == live.month.expected


def test_model_whose_base_ends_before_it_is_ready_never_serves() -> None:
    # Its base ends on 14 January 2027, before 24 February.
    found = money(
        ANSWERS["stop_fine_tuning"],
        today="fine_tune_hosted",
        tuned="gpt-4o-mini",
        ready_months=None,
    )
    plan = of_today(found)
    assert plan.calendar.wait is not None

    assert plan.calendar.wait.until == date(2027, 1, 14)
    assert plan.calendar.wait.technique == found.chosen.technique
    assert {x.kind for x in plan.calendar.events}.isdisjoint({"ready", "again"})
    late = "“Tuned hosted model” would not be ready in time, after 1.7 months"
    assert late in found.note


def test_plan_whose_model_is_never_ready_is_not_said_to_run() -> None:
    late = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini", "ready_months": "6"}
    asked = assessed(ANSWERS["gather_evidence"], **late)

    said = if_nothing(current(), asked, money_of(asked, "planned"), "planned")

    year = money_of(asked, "planned")
    assert year
    assert year.today
    cost = written(year.today.year.expected)
    assert said == (
        "“Tuned hosted model” would not be ready before its model retires on 14 "
        "January 2027: “Few-shot” runs, then a prompt on the replacement model. It "
        f"costs ${cost} over 12 months."
    )


def test_model_that_is_not_ready_within_12_months_is_told() -> None:
    found = money(SLOW, **ASSUMED | {"ready_months": "14"})

    assert found.chosen.year.expected == 23_813 + 12 * 84_950
    # It is not approved, so nothing is asked for.
    assert (found.kind, found.asks_now) == ("choose", "")
    assert found.asks == "This asks for nothing now."
    assert found.parts.startswith("As planned, its 12 months from now would cost $")


def test_new_model_that_begins_on_a_later_day_is_awaited_from_then_on() -> None:
    row = money(SLOW, **ASSUMED).chosen
    left = paid(row, date(2027, 1, 24), begins=True).from_day
    assert left is not None

    # 3 months are few-shot, and all that is paid once is still to be paid.
    assert left.expected == 23_813 + 3 * 84_950 + 9 * 9_349 == row.year.expected


def test_price_that_rises_while_a_model_is_awaited_counts_from_its_day() -> None:
    first = date(2026, 11, 24)
    rises, ready = date(2027, 1, 24), date(2027, 2, 24)
    rates = {first: Decimal(100), rises: Decimal(200), ready: Decimal(50)}
    events = [
        CostEvent(day=rises, kind="price", text=""),
        CostEvent(day=ready, kind="ready", text=""),
    ]
    wait = Wait(
        until=ready,
        is_ready=True,
        months=Decimal(3),
        technique="few_shot",
        month=Decimal(100),
        running=Decimal(400),
    )
    found = calendar_of(months_from(first), rates, (), events, wait)
    less = less_from(found, date(2026, 12, 24), Decimal(100), begins=True)

    # From then on: a month at 100, two at 200 until it is ready, and nine of it.
    assert found.total - less == 100 + 2 * 200 + 9 * 50


def test_prompt_that_serves_meanwhile_pays_the_move_off_its_model() -> None:
    live = {"today": "prompt", "model": "gpt-4.1", "requests": "9000"}
    waiting = assessed(ANSWERS["fine_tune"], **live, ready_months="3")
    before = assessed(ANSWERS["fine_tune"], **live, ready_months="1")
    retires = date(2027, 1, 14)

    moved, ready = (
        [
            line.amount
            for line in price(found, "fine_tune_own").calendar.as_printed.one_offs
            if line.day == retires
        ]
        for found in (waiting, before)
    )

    # 2 days to choose a model, 3 to rewrite the prompt, 2 to test it again, at $800.
    assert moved == [1600, 2400, 1600]
    assert ready == []
    found = money_of(waiting)
    assert found is not None
    assert ", and $5,600 once." in found.parts
    # What it costs if the test fails has the move of the prompt once.
    assert found.today is not None
    lost = price(waiting, "fine_tune_own").calendar.as_printed.at_start
    year = found.today.year.expected
    assert found.if_it_fails == ("prompt", year + lost)


def test_choice_among_approaches_that_missed_says_that_the_best_is_unknown() -> None:
    found = assessed(ANSWERS["fine_tune"], today="prompt", ready_months="3")

    assert "the best approach that you tested" in found.headline
    assert interim_choice(found).startswith(
        "either a tested approach (priced as “Prompt”), only where people check every "
        "answer, though it missed the target and none is shown to be best; or no "
        "model, which saves $"
    )
    compared = money_of(found)
    assert compared
    others = other_costs(found, compared)
    serves = others.left[0]
    assert serves.costs[0][0] == "Few-shot"
    assert serves.note == (
        "for all 12 months, allowed only until the trained model is ready"
    )
    assert "Few-shot" not in [name for x in others.out for name, _ in x.costs]
