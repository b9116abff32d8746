"""12 months from the day of pricing, worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.calendars.dated_costs import DatedCosts
from audits.scoring.calendars.payback import paid_back_after
from audits.scoring.calendars.rest_of_year import rest_of_year
from audits.scoring.costs.cost_calendar import (
    CostCalendar,
    CostEvent,
    CostMonth,
    Counted,
    OneOff,
    calendar_of,
    later,
    months_from,
)
from audits.scoring.costs.cost_inputs import CostInputs
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.price_schedule import DatedPrices
from tests.scoring.costs.cost_cases import DAY, GIVEN, INPUTS, MID, SMALL, TUNED, priced
from tests.scoring.costs.worked_calendars import DOUBLING, ENDING

CENT = Decimal("0.01")
ENDS = date(2027, 1, 14)


def calendar(technique: PricedTechnique, inputs: CostInputs = INPUTS) -> CostCalendar:
    return DatedCosts(technique, inputs).calendar


def told(found: CostCalendar) -> list[tuple[date, str]]:
    return [(event.day, event.text) for event in found.events]


def spent(found: CostCalendar) -> list[tuple[date, str, Decimal]]:
    return [(line.day, line.words, line.amount) for line in found.one_offs]


def test_price_that_doubles_counts_from_its_day_on() -> None:
    found = calendar("prompt", DOUBLING)

    # 4,000 a month for the 7 days from 24 to 30 November, of the 30 until 23 December,
    # and 8,000 for 23: (28,000 + 184,000) / 30. Then 8,000 a month for 11 months.
    months = [month.amount.quantize(CENT) for month in found.months]
    assert months == [Decimal("7066.67"), *[Decimal(8000)] * 11]
    assert found.total.quantize(CENT) == Decimal("95066.67")
    assert told(found) == [
        (
            date(2026, 12, 1),
            "The price of gemini-4-argon changes: from $4,000 to $8,000 a month.",
        )
    ]


def test_move_is_paid_once_in_the_month_in_which_the_base_ends() -> None:
    found = calendar("fine_tune_hosted", ENDING)

    # Month 1: 57 for requests and 3,750 for people; 19,321.60 before it runs.
    # Month 2, from 24 December: 21 of 31 days as before; then 10 days of a prompt,
    # 32.90 for requests and 750 for people: (79,947 + 7,829) / 31. The move takes 7.
    # Months 3 to 12: the prompt. 23,128.60 + 2,831.48 + 5,600 + 10 × 782.90.
    assert [month.once for month in found.months[:3]] == [Decimal("19321.6"), 5600, 0]
    assert [month.running.quantize(CENT) for month in found.months] == [
        Decimal(3807),
        Decimal("2831.48"),
        *[Decimal("782.90")] * 10,
    ]
    assert found.total.quantize(CENT) == Decimal("39389.08")
    assert spent(found)[-3:] == [
        (ENDS, "Choose a model: 2 days at $800", Decimal(1600)),
        (ENDS, "Rewrite the prompt: 3 days at $800", Decimal(2400)),
        (ENDS, "Test again: 2 days at $800", Decimal(1600)),
    ]
    assert told(found) == [
        (
            ENDS,
            "tuned retires. From then on, costs are for a prompt on its named "
            "replacement, small.",
        )
    ]


def test_without_a_named_replacement_the_same_price_is_assumed_and_said() -> None:
    found = calendar("prompt", replace(INPUTS, model=replace(MID, ends=ENDS)))

    assert {month.running for month in found.months} == {Decimal("1366.08")}
    assert [month.once for month in found.months] == [0, 5600, *[0] * 10]
    assert told(found) == [
        (
            ENDS,
            "mid retires. No replacement is named, so the same price is assumed from "
            "then on.",
        )
    ]


def test_named_replacement_is_priced_and_its_own_price_changes_too() -> None:
    cheaper = DatedPrices(start=date(2027, 2, 24), prices=MID.schedule[0].prices)
    small = replace(SMALL, schedule=(*SMALL.schedule, cheaper))
    model = replace(MID, ends=ENDS, successor=small)

    found = calendar("prompt", replace(INPUTS, model=model))

    # From 24 February on, the replacement costs what the first model did.
    amounts = [month.running.quantize(CENT) for month in found.months]
    assert (amounts[0], amounts[2]) == (Decimal("1366.08"), Decimal("783.56"))
    assert amounts[3:] == [Decimal("1366.08")] * 9
    assert [text for _, text in told(found)] == [
        "mid retires. From then on, costs are for its named replacement, small.",
        "The price of small changes: from $784 to $1,366 a month.",
    ]


def test_replacement_that_ends_too_is_moved_from_again() -> None:
    again = date(2027, 6, 1)
    model = replace(MID, ends=ENDS, successor=replace(SMALL, ends=again))

    found = calendar("prompt", replace(INPUTS, model=model))

    days = [day for day, words, _ in spent(found) if words.startswith("Choose")]
    assert days == [ENDS, again]


def test_tuned_model_is_tuned_again_if_its_replacement_is_tuned() -> None:
    tuned = replace(TUNED, ends=None)
    base = replace(TUNED, successor=tuned)

    found = calendar("fine_tune_hosted", replace(INPUTS, tuned=base))

    again = date(2027, 10, 14)  # it lasts 9 months
    assert spent(found)[-7:] == [
        (ENDS, "Choose a model: 2 days at $800", Decimal(1600)),
        (ENDS, "Train again: 10 days at $800", Decimal(8000)),
        (ENDS, "Training runs", Decimal("21.6")),
        (ENDS, "Test again: 2 days at $800", Decimal(1600)),
        (again, "Train again: 10 days at $800", Decimal(8000)),
        (again, "Training runs", Decimal("21.6")),
        (
            again,
            "Test again: 2 days at $800",
            Decimal(1600),
        ),
    ]
    assert DatedCosts("fine_tune_hosted", replace(INPUTS, tuned=base)).stays_trained
    assert not DatedCosts("fine_tune_hosted", ENDING).stays_trained
    assert not DatedCosts("prompt", INPUTS).stays_trained


def test_model_that_can_no_longer_be_trained_when_it_is_due_is_moved() -> None:
    closes, due = date(2027, 1, 6), date(2027, 8, 24)
    tuned = replace(TUNED, ends=None, tuning_ends=closes)

    found = calendar("fine_tune_hosted", replace(INPUTS, tuned=tuned))

    assert [(event.day, event.kind) for event in found.events] == [
        (closes, "tuning_end"),
        (due, "again"),
    ]
    assert spent(found)[-4][:2] == (due, "Choose a model: 2 days at $800")


@pytest.mark.parametrize(
    ("life", "days"),
    [
        ("12", []),
        ("11.5", [date(2027, 11, 8)]),
        ("4", [date(2027, 3, 24), date(2027, 7, 24)]),
    ],
)
def test_trained_model_is_trained_again_after_its_life(
    life: str, days: list[date]
) -> None:
    inputs = replace(INPUTS, given={**GIVEN, "model_life": Decimal(life)})

    found = calendar("fine_tune_own", inputs)

    assert [event.day for event in found.events] == days
    assert len(found.one_offs) == 4 + 3 * len(days)


def test_model_that_ends_after_12_months_or_on_their_last_day_brings_no_move() -> None:
    for day in (date(2027, 11, 24), date(2028, 1, 1)):
        found = calendar("prompt", replace(INPUTS, model=replace(MID, ends=day)))

        assert found.events == ()
        assert found.once == 0


def test_life_that_is_no_time_is_refused() -> None:
    inputs = replace(INPUTS, given={**GIVEN, "model_life": Decimal(0)})

    with pytest.raises(ValueError, match="longer than 0 months, not 0"):
        DatedCosts("fine_tune_own", inputs)


def test_months_begin_on_the_same_day_or_on_the_last_of_a_shorter_month() -> None:
    starts = months_from(date(2027, 8, 31))

    assert starts[:3] == (date(2027, 8, 31), date(2027, 9, 30), date(2027, 10, 31))
    assert starts[6] == date(2028, 2, 29)
    assert later(date(2026, 11, 24), Decimal("0.001")) == date(2026, 11, 25)
    assert later(date(2026, 11, 24), Decimal(1000)) == date(2027, 11, 24)


def test_printed_months_add_up_to_the_printed_year() -> None:
    rates = {DAY: Decimal("100.4")}
    lines = [
        OneOff(day=DAY, what="Build it", amount=Decimal("9.6")),
        OneOff(day=DAY, what="Training runs", amount=Decimal("0.3")),
    ]
    found = calendar_of(months_from(DAY), rates, lines).as_printed

    assert [month.running for month in found.months] == [100] * 12
    assert [line.amount for line in found.one_offs] == [10]
    assert [found.at_start, found.once, found.total] == [10, 10, 1210]


def test_printed_line_differs_in_its_amount_alone() -> None:
    line = OneOff(
        day=DAY,
        what="Meanwhile, write the prompt",
        amount=Decimal("9.6"),
        counted=Counted(Decimal(2), "days", Decimal("4.8")),
        serves_meanwhile=True,
    )

    assert line.as_printed == replace(line, amount=Decimal(10))


def flat(running: int, once: int = 0) -> CostCalendar:
    starts = months_from(DAY)
    build = OneOff(day=DAY, what="Build it", amount=Decimal(once))
    return calendar_of(starts, {DAY: Decimal(running)}, [build])


@pytest.mark.parametrize(
    ("ours", "theirs", "months"),
    [
        # 1,200 once and 400 a month less.
        (flat(600, 1200), flat(1000), 3),
        (flat(600, 1000), flat(1000), Decimal("2.5")),
        (flat(600, 4800), flat(1000), 12),
        (flat(600, 4801), flat(1000), None),
        (flat(1000, 1), flat(1000), None),
        (flat(600), flat(1000), 0),
        # Theirs is built too, for more.
        (flat(900, 100), flat(1000, 200), 0),
        (flat(1100), flat(1000), None),
    ],
)
def test_payback_is_when_it_has_cost_no_more_for_good(
    ours: CostCalendar, theirs: CostCalendar, months: Decimal | int | None
) -> None:
    assert paid_back_after(ours, theirs) == months


def test_payback_counts_what_is_paid_once_later() -> None:
    # Paid back after 2 months; in the fifth, 2,000 more are paid once, of which 800
    # were saved: 1,200 / 400 months later.
    ours = replace(
        flat(600, 800),
        months=tuple(
            CostMonth(
                start=month.start,
                running=month.running,
                once=Decimal(2000) if place == 4 else month.once,
            )
            for place, month in enumerate(flat(600, 800).months)
        ),
    )

    assert paid_back_after(ours, flat(1000)) == 7


def test_payback_before_a_price_changes_counts_days_at_the_price_until_then() -> None:
    # 300 a month until 14 January 2027, and 50 once on 3 January: 10 days of month 2,
    # which has 31. What replaces it costs 300 and 5 of these days, once.
    starts, once, change = months_from(DAY), date(2027, 1, 3), date(2027, 1, 14)
    theirs = calendar_of(
        starts,
        {DAY: Decimal(300), change: Decimal(1200)},
        [OneOff(day=once, what="Renew it", amount=Decimal(50))],
        [CostEvent(day=change, kind="price", text="It costs more.")],
    )
    five_days = Decimal(300) * 5 / 31
    build = OneOff(day=DAY, what="Build it", amount=300 + five_days)
    ours = calendar_of(starts, {DAY: Decimal(0)}, [build])

    found = paid_back_after(ours, theirs)

    assert starts[1] == date(2026, 12, 24)
    assert found == pytest.approx(1 + Decimal(5) / 31)


def test_what_no_line_names_is_paid_on_the_first_of_a_month_that_changes() -> None:
    # 400 once and 400 a month less, so paid back after month 1. Month 2 begins with 100
    # more: a quarter of it.
    change = date(2027, 1, 14)
    built = flat(600, 400)
    later = replace(built.months[1], once=Decimal(100))
    ours = replace(built, months=(built.months[0], later, *built.months[2:]))
    event = CostEvent(day=change, kind="price", text="It costs as much.")
    theirs = replace(flat(1000), events=(event,))

    assert paid_back_after(ours, theirs) == pytest.approx(Decimal("1.25"))


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (1188, ""),
        (1187, ", less $13 for what changes in them,"),
        (1212, ""),
        (1213, ", with $13 for what changes in them,"),
    ],
)
def test_dollar_of_each_month_is_rounding_and_nothing_that_changes(
    year: int, said: str
) -> None:
    assert rest_of_year(flat(100), Decimal(100), Decimal(year)) == said


def test_line_is_a_twelfth_of_the_12_months() -> None:
    inputs = replace(INPUTS, model=replace(MID, ends=ENDS, successor=SMALL))
    costs = DatedCosts("prompt", inputs)

    line = costs.line
    year = 12 * (line.fixed + line.per_request * 100_000)
    assert year == pytest.approx(costs.calendar.total)
    # 5,600 for the move, and 0.05 people.
    assert line.fixed == pytest.approx(750 + Decimal(5600) / 12)


def test_free_successor_costs_nothing_more() -> None:
    free = priced("free", "0", "0")
    inputs = replace(INPUTS, model=replace(MID, ends=ENDS, successor=free))

    assert [month.running for month in calendar("prompt", inputs).months][2:] == (
        [Decimal(750)] * 10
    )
