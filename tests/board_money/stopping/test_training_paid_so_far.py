"""Money that is paid for a planned training is saved by no decision."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from audits.reports.packs.pack_money import totals
from audits.scoring.costs.rounding import written
from audits.scoring.money.of_assessment import money_of, todays_plan
from audits.scoring.money.over_time.changes import paid_for_training
from audits.scoring.money.words import Money
from audits.scoring.sums.asked.net_parts import paid_since
from audits.scoring.sums.decision_rows import decision_row
from audits.scoring.sums.money_sums import Decided, less
from audits.services.portfolio.money.row_money import money_columns
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

PLAN = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini", "smaller": "gpt-6-luna"}
PART = Decimal(4000)


def stopped(paid: str | None, today: str = "fine_tune_hosted") -> Decided:
    found = assessed(
        ANSWERS["stop_fine_tuning"], **PLAN | {"today": today}, training_paid=paid
    )
    money = money_of(found, "planned")
    return Decided(name="Quotes", family=found.family, money=money, state="planned")


def money(paid: str | None, today: str = "fine_tune_hosted") -> Money:
    found = stopped(paid, today).money
    assert found is not None
    return found


def saved(paid: str | None) -> Decimal:
    found = money(paid).saving_year
    assert found is not None
    return found


def training() -> Decimal:
    found = money("0").today
    assert found is not None
    [cases] = [
        x.amount for x in found.calendar.one_offs if "answers for the test" in x.what
    ]
    assert cases == 300
    return found.calendar.at_start - found.calendar.set_up - cases


def test_what_is_paid_is_saved_no_more() -> None:
    assert saved(None) == saved("0")
    assert saved(str(PART)) == saved("0") - PART


def test_no_more_is_paid_than_the_training_costs() -> None:
    assert saved("900000000") == pytest.approx(saved("0") - training(), abs=2)


def test_paid_training_is_one_line_of_the_plan() -> None:
    found = money(str(PART)).today
    assert found is not None

    lines = [x for x in found.calendar.one_offs if x.amount < 0]

    assert [(x.what, x.amount) for x in lines] == [("Paid for training already", -PART)]
    assert found.calendar.total == found.year.expected


def test_known_payment_gives_one_saving_and_its_day() -> None:
    zero, part = money("0"), money(str(PART))

    for found in (zero, part):
        net = found.saving_year
        assert net
        assert found.depends == ""
        assert found.net == f"The advice costs {less(net)} than the current plan."
    by = "had been paid by 24 November 2026"
    assert (
        f"As entered, none of the planned training {by}; what was paid since is not "
        "saved."
    ) in zero.brief
    assert f"$4,000 of the planned training {by}, and the plan leaves it" in part.brief
    for found in (zero, part):
        left = paid_for_training(found.today)
        assert paid_since(found) == (
            f"${left:,} of training was unpaid on 24 November 2026; what is paid since "
            "is not saved."
        )


def test_payment_that_nobody_knows_gives_both() -> None:
    found = money(None)

    said = "for training is not paid yet, or $25,180 more if it has been paid"
    assert said in found.parts
    assert "as on" not in found.parts
    assert "had been paid by" not in found.brief


def test_training_that_was_paid_on_the_day_gives_one_saving() -> None:
    found = money("900000000")

    assert f"{less(saved('900000000'))} than the current plan." in found.net
    # All of it was paid by then, so nothing is left to pay.
    assert paid_since(found) == paid_since(money(None)) == ""


def test_plan_that_trains_nothing_says_nothing_of_it() -> None:
    found = money("0", "prompt_smaller")

    assert "had been paid by" not in found.brief
    assert saved_alike("prompt_smaller", "0", "5000")


def saved_alike(today: str, *paid: str) -> bool:
    return len({money(x, today).saving_year for x in paid}) == 1


def test_pack_gives_both_wherever_it_gives_a_saving() -> None:
    pack = totals([stopped(None)])
    if_paid = less(saved(None) - training())
    [plan] = pack.released

    total = pack.of_all
    assert (total.net, total.may_be_paid) == (-saved(None), training())
    assert total.net_if_paid == training() - saved(None)
    assert (
        f"({if_paid} if the ${written(training())} for training has been paid before "
        "the decision, which is not known)"
    ) in " ".join(pack.come_to)
    assert plan.net_if_paid == plan.net - training()


def test_pack_names_the_decisions_whose_training_may_be_paid() -> None:
    one, known = stopped(None), replace(stopped("0"), name="Claims")
    both = [one, replace(one, name="Letters")]

    def whose(decided: list[Decided]) -> str:
        [said] = re.findall(
            r"for training(.*) has been paid", " ".join(totals(decided).come_to)
        )
        return str(said)

    assert whose([one]) == ""
    assert whose([replace(stopped("900000000"), name="Claims"), one]) == " of Quotes"
    # Where somebody entered what is paid, the paper says no more that it is not known.
    assert whose([known, one]) == " of Quotes"
    assert whose(both) == " of Quotes and Letters"
    # The reader of more names finds them with each plan.
    assert whose([*both, *both]) == ""


@pytest.mark.parametrize("paid", ["0", str(PART), "900000000"])
def test_pack_gives_one_where_somebody_entered_what_is_paid(paid: str) -> None:
    pack = totals([stopped(paid)])
    [plan] = pack.released

    assert " paid" not in " ".join(pack.come_to)
    assert (pack.of_all.net, plan.net) == (-saved(paid), saved(paid))
    assert pack.of_all.net_if_paid is None
    assert plan.net_if_paid is None


def test_pack_adds_what_nobody_knows_on_the_day_of_the_board() -> None:
    pack = totals([stopped(None), stopped("0"), stopped(str(PART))])

    assert pack.asked.may_be_paid == {"planned": training()}
    found = pack.meeting
    assert found is not None
    assert found.may_be_paid == training()
    assert found.change == -(saved(None) + saved("0") + saved(str(PART)))
    assert decision_row(stopped("900000000")).may_be_paid is None


def test_row_of_the_portfolio_has_what_is_still_to_be_paid() -> None:
    found = assessed(ANSWERS["stop_fine_tuning"], **PLAN, training_paid=str(PART))
    plan, columns = todays_plan(found), money_columns(found)

    assert plan is not None
    assert columns["training_once"] == plan.training == training() - PART
    assert columns["is_payment_known"] is True
    unknown = assessed(ANSWERS["stop_fine_tuning"], **PLAN)
    assert money_columns(unknown)["is_payment_known"] is False
