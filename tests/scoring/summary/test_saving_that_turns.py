"""A saving that is none once the training is paid says both in its heading."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.names.paid_training import may_be_paid
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.words import Money
from audits.scoring.summary.headings import counts_unpaid, money_says
from audits.scoring.sums.asked.pays_back import crosses_unpaid
from tests.scoring.letters import NUMBERS, letters

DEAR = NUMBERS | {
    "today": "fine_tune_hosted",
    "tuned": "gpt-4.1",
    "model": "gpt-6.1-terra",
    "requests": "90000",
    "prefix_tokens": "96000",
}


def turning() -> tuple[Assessment, Money]:
    """Return money that the verdict saves only if the training is not paid yet."""
    found = letters(answers={"state": "in_cycle"}, numbers=DEAR)
    money = money_of(found, "planned")
    assert money
    assert money.today
    year = money.today.year
    plan = replace(
        money.today, year=replace(year, expected=year.expected - Decimal(300))
    )
    rows = tuple(plan if x is money.today else x for x in money.rows)
    return found, replace(money, rows=rows, is_against=True)


def more_if_paid(money: Money) -> str:
    found, _, _ = money.depends.partition(" more if the ")
    return found.rpartition("(")[2]


# What the verdict lets go on loses no training.
@pytest.mark.parametrize("is_against", [True, False])
def test_heading_of_a_saving_says_if_paid_training_turns_it(is_against: bool) -> None:
    found, money = turning()
    money = replace(money, is_against=is_against)
    assert (" more if the " in money.depends) is is_against

    said = money_says(found, money)

    assert "% less than the current plan" in said
    turned = f", or {more_if_paid(money)} more if training has been paid"
    assert said.endswith(turned) is is_against
    # The volume from which training pays counts that training, too.
    assert crosses_unpaid(money) is is_against
    assert counts_unpaid(money) is is_against
    lead = render_to_string(
        "results/money/swings_said.html", {"money": money, "costs": found.costs}
    )
    assert (
        ", if training is not paid yet. Each row" in " ".join(lead.split())
    ) is is_against
    # Where somebody entered what is paid, there is one saving.
    known = replace(money, is_payment_known=True)
    assert crosses_unpaid(known) is counts_unpaid(known) is False
    assert "training has been paid" not in money_says(found, known)


@pytest.mark.parametrize(("less", "is_said"), [(1, True), (0, False)])
def test_option_that_costs_less_than_a_paid_plan_is_said_beside_it(
    less: int, is_said: bool
) -> None:
    _, money = turning()
    plan, paid = money.today, may_be_paid(money)
    assert plan
    assert paid
    year = plan.year.expected - paid - Decimal(less)
    beside = f"; “Prompt on GPT-6 Luna” (${written(year)}) costs less, paid or not"

    def says(found: Money) -> tuple[bool, bool]:
        return beside in found.depends, beside in found.net

    other = replace(money, as_untested=("Prompt on GPT-6 Luna", year))
    assert says(other) == (is_said, is_said)
    assert says(replace(other, as_untested=None)) == (False, False)
    # Where somebody entered what is paid, there are no two ways.
    assert says(replace(other, is_payment_known=True)) == (False, False)
    # Nobody asks what costs less where what is recommended does.
    rest = replace(plan.year, expected=plan.year.expected + paid)
    dear = tuple(replace(x, year=rest) if x is plan else x for x in money.rows)
    assert says(replace(other, rows=dear)) == (False, False)
