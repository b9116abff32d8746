"""An amount that is only the first part says what comes on top of it."""

from decimal import Decimal

import pytest
from django.test import Client
from django_scopes import scope

from audits.models import Audit, PortfolioRow
from audits.scoring.money.of_assessment import money_of
from audits.services.portfolio.asked import asked_of
from tests.board_money.asked_for.test_amounts_say_what_they_pay_for import to_be_shown
from tests.casting import Cast
from tests.portfolio.board_column import portfolio
from tests.portfolio.portfolio_pages import block
from tests.portfolio.rows_made import make_rows
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS


@pytest.mark.thorough
def test_first_part_says_what_comes_after_a_second_approval(cast: Cast) -> None:
    shown = to_be_shown()
    training = money_of(shown)
    funded = assessed(ANSWERS["fine_tune_after_mlops"], today="prompt")
    whole = assessed(ANSWERS["distil"])
    # As the first, beside a plan of today that costs $16,248 and ends with it.
    beside = to_be_shown(today="prompt")
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)

        first = asked_of(audit, shown)
        then = [
            first.then,
            *(asked_of(audit, each).then for each in (funded, whole, beside)),
        ]

    assert training is not None
    # Gross of the plan that training replaces, as what is asked for first is.
    assert then == [141_654, 96_094, None, 141_654]
    assert first.amount == 200  # two hours of work come before it


def test_row_of_the_portfolio_names_both(cast: Cast, viewer: Client) -> None:
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(audit=cast.ours.submitted)
        rows.update(
            asked=Decimal(100),
            asked_said="in part",
            asked_then=Decimal(208_355),
            is_provisional=False,
        )

    part = block(portfolio(viewer), "dec")

    assert "$100 asked, then $208,355" in part
    assert "not all costs" not in part


def test_row_says_what_its_amount_leaves_out(cast: Cast, viewer: Client) -> None:
    more = "$211,113 more if its model fails the test"
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(audit=cast.ours.submitted)
        fields = {"asked": Decimal(100), "asked_said": "in part", "asked_plus": more}
        rows.update(**fields, is_provisional=False)

    part = block(portfolio(viewer), "dec")

    assert f"On top: {more} ." in part
    assert "$100 asked, 12 months" in part
    assert "not all costs" not in part
    assert "The rows say what comes on top." in part


def test_sum_says_nothing_of_what_another_list_has(cast: Cast, viewer: Client) -> None:
    amount = {"asked": Decimal(100), "asked_said": "", "is_provisional": False}
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(audit=cast.ours.submitted)
        rows.update(**amount, stage="planned")
    deferred = {"state": "signed_off", "board_state": "deferred", "stage": "planned"}
    make_rows(cast.ours, 1, asked=None, asked_said="Not priced", **deferred)

    part = block(portfolio(viewer), "dec")

    assert "The board is asked for $100 over 12" in part
    assert "The rows say what comes on top." not in part


def test_what_an_amount_leaves_out_is_kept_in_words(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)

        first = asked_of(audit, assessed(ANSWERS["fine_tune_after_mlops"]))

    assert first.plus == "training after a second approval, $96,094 more"
