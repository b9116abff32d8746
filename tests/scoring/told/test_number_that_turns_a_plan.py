"""The assumed number that alone turns the cheaper plan is named with where it does."""

from dataclasses import replace
from decimal import Decimal

from audits.scoring import Assessment
from audits.scoring.costs.cost_calendar import Wait
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.words import Money
from audits.scoring.pricing.sensitivity import Swing
from audits.scoring.told.amounts.turning import dearer_from, turned_by
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

PLAN = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini", "smaller": "gpt-6-luna"}
SHARE = Range(
    low=Decimal("0.5"),
    expected=Decimal("0.9"),
    high=Decimal("0.95"),
    unit="share",
    source="assumed",
)


def plan(**numbers: str) -> tuple[Assessment, Money]:
    found = assessed(ANSWERS["stop_fine_tuning"], **PLAN, **numbers)
    money = money_of(found, "planned")
    assert money is not None
    return found, money


def with_swing(
    found: Assessment, money: Money, at_low: int, at_high: int
) -> Assessment:
    """Return it with one number whose ends change the lead by so many leads."""
    assert found.costs
    assert money.today
    lead = money.today.year.expected - money.chosen.year.expected
    swing = Swing(
        input_id="cache_hit_cap",
        values=SHARE,
        technique=money.chosen.technique,
        against=money.today.technique,
        lead=lead,
        at_low=lead * at_low / 10,
        at_high=lead * at_high / 10,
    )
    return replace(found, costs=replace(found.costs, swings=(swing,)))


# Of 10 leads, 40 points below cost 40 and 5 points above give 5.
def test_number_says_where_it_turns_the_cheaper_plan() -> None:
    found, money = plan()

    said = turned_by(with_swing(found, money, -40, 5), money)

    assert money.saving_year
    word = "more" if money.saving_year > 0 else "less"
    assert said == (
        "If less than about 80% of the repeated text is read from the provider’s cache "
        f"(assumed: 90%), the advice costs {word} than the current plan: "
        f"${abs(round(money.saving_year * 3)):,} {word} at 50%. "
        "This assumes that training is not paid yet."
    )


def test_number_that_does_not_count_alike_names_its_end_alone() -> None:
    found, money = plan(training_paid="0")

    said = turned_by(with_swing(found, money, -40, 9), money)

    assert said.startswith(
        "If 50% of the repeated text is read from the provider’s cache (assumed: 90%), "
    )
    assert "about" not in said


def test_number_that_turns_nothing_is_not_named() -> None:
    found, money = plan()

    assert turned_by(with_swing(found, money, -9, 1), money) == ""
    assert turned_by(found, None) == ""


def test_training_that_may_be_paid_is_said_with_it() -> None:
    found, money = plan()

    said = turned_by(with_swing(found, money, -40, 5), money)

    assert said.endswith(" This assumes that training is not paid yet.")


def test_price_at_which_the_advice_is_dearer_is_said_if_the_plan_has_none_of_it() -> (
    None
):
    found = assessed(ANSWERS["stop_fine_tuning"], today="fine_tune_own")
    money = money_of(found, "planned")
    assert money
    today = money.today
    assert today
    day = today.starts
    wait = Wait(
        until=day,
        is_ready=True,
        months=Decimal(1),
        technique="rag",
        month=Decimal(9),
        running=Decimal(9),
    )

    def said(technique: PricedTechnique) -> str:
        calendar = replace(today.calendar, wait=replace(wait, technique=technique))
        others = (row for row in money.rows if row != today)
        return dearer_from(
            replace(money, rows=(replace(today, calendar=calendar), *others))
        )

    # Without its 8,000 up front, 45,248 − 8,000 of it run, and 140,794 − 8,000 may.
    assert said("few_shot").startswith(
        "If running “Retrieval” costs over $132,794 in 12 months (expected: $37,248), "
    )
    # The plan runs it, too: a higher price makes both dearer.
    assert said("rag") == ""
    # A tuned model of a provider goes on as a prompt when it ends.
    becomes = assessed(ANSWERS["prompt_long_context"], **PLAN)
    assert dearer_from(money_of(becomes, "planned")) == ""
