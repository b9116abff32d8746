"""A row of the portfolio and the result of its use case say the same sums."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Organization, PortfolioRow
from audits.portfolio.columns.values import training_at_risk
from audits.scoring.money.names.paid_training import paid_so_far
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import is_against
from audits.services.demo.sample import SLUG
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast
from tests.loaded_demo import SAMPLE
from tests.pages import html_of
from tests.portfolio.portfolio_pages import block
from tests.portfolio.rows_made import make_rows


def cell(page: str, name: str) -> str:
    row = page.partition('id="table"')[2].partition(f">{name}<")[2]
    said = row.partition('data-label="Saving, 12 months')[2]
    said = said.partition("</td>")[0]
    return " ".join(said.partition(">")[2].split())


def family_of(row: PortfolioRow) -> str:
    return assessment_of(row.audit).family


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.usefixtures("db")
def test_each_sample_saves_in_its_row_what_its_result_says() -> None:
    SAMPLE.put()
    compared = set()
    with scope(organization=Organization.objects.get(slug=SLUG)):
        for row in PortfolioRow.objects.exclude(spend=None).select_related("audit"):
            money = money_of(assessment_of(row.audit), row.plan_state)
            assert money
            name = row.name
            if money.recommended is None:
                assert row.saving is row.saving_year is None, name
                continue
            compared.add(name)
            nothing = Decimal(0)
            assert row.saving == round(money.saving or nothing, 2), name
            assert row.saving_year == round(money.saving_year or nothing, 2), name
            assert money.today
            now = money.today.month.expected - money.chosen.month.expected
            assert row.saving_is_later == (row.saving != round(now, 2)), name
            if money.at_risk_if == "we_go_on":
                assert row.is_at_risk, name
                assert row.year == money.at_risk, name
            is_in_row, is_known = bool(training_at_risk(row)), money.is_payment_known
            is_open = "has been paid before the decision" in money.depends
            assert is_open == (is_in_row and not is_known), name
            assert bool(paid_so_far(money)) == (is_in_row and is_known), name
            assert row.is_at_risk == (
                money.state == "running"
                and is_against(money.is_against, family_of(row))
            )
        rows = PortfolioRow.objects.exclude(saving=None).exclude(spend=None)
        assert compared == {*rows.values_list("name", flat=True)}
    assert compared


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("money", "said"),
    [
        ({"saving": Decimal(300)}, "$600"),
        ({"saving": Decimal(-50)}, "$600 a loss later"),
        ({"saving": None, "cost": None}, "Not compared"),
        ({"saving": None, "spend": None}, "Plan not priced"),
        ({"saving": None, "spend": None, "cost": None}, "Advice not priced"),
        (
            {"saving": None, "spend": None, "proposed": Decimal(600)},
            "No current plan",
        ),
    ],
)
def test_row_says_where_its_saving_is_no_difference_of_today(
    cast: Cast, client: Client, money: dict[str, Any], said: str
) -> None:
    fields = {"spend": Decimal(900), "cost": Decimal(600), "stage": "live"} | money
    make_rows(cast.ours, 1, name="Lanes", **fields)
    make_rows(cast.ours, 1, name="Priced", stage="live", spend=Decimal(1))

    page = html_of(client.get(reverse("portfolio")))

    words = " ".join(strip_tags(cell(page, "Lanes")).split())
    assert words == said


@pytest.mark.once
def test_sum_of_savings_says_what_it_is_once_the_training_is_paid(
    cast: Cast, client: Client
) -> None:
    fields = {"spend": Decimal(900), "cost": Decimal(600), "saving": Decimal(300)}
    trains = {"stage": "training", "at_risk": True, "training_once": Decimal(19_322)}
    less = fields | {"saving_year": Decimal(10_424), "state": "in_review"}
    make_rows(cast.ours, 1, name="Quotes", **less, **trains)
    # What was unpaid on the day of the verdict may be paid when the board decides.
    known = {**less, **trains, "is_payment_known": True}
    make_rows(cast.ours, 1, name="Handbook", **known)
    later = less | {"saving_year": Decimal(19_948), "is_provisional": True}
    make_rows(cast.ours, 1, name="Letters", stage="planned", **later)

    # What the board has decided on is not paid before its decision.
    decided = {**known, "state": "signed_off", "board_state": "open"}
    make_rows(cast.ours, 1, name="Claims", **decided)

    page = html_of(client.get(reverse("portfolio")))

    quotes = " ".join(strip_tags(cell(page, "Quotes")).split())
    assert quotes.endswith("$10,424")
    said = " ".join(strip_tags(page.partition('id="saving-holds">')[2]).split())
    assert said.startswith(
        "“Saving, if followed” includes $19,948 from 1 use case that cannot go to the "
        "board yet. If training is paid before the decision, “Saving, if followed” is "
        "$38,644 less."
    )


@pytest.mark.once
def test_sum_of_savings_says_what_cannot_go_to_the_board_yet(
    cast: Cast, client: Client
) -> None:
    saves = {"spend": Decimal(900), "cost": Decimal(600), "saving": Decimal(300)}
    waits = saves | {"state": "in_review", "stage": "live"}
    lacks = waits | {"vote_lacks": "a reviewer who confirms the evidence for training"}
    make_rows(cast.ours, 1, name="Ready", saving_year=Decimal(500), **waits)
    make_rows(cast.ours, 1, name="Search", saving_year=Decimal(9_000), **lacks)
    make_rows(cast.ours, 1, name="Codes", saving_year=Decimal(-2_000), **lacks)
    fund = {"state": "in_review", "stage": "planned", "saving": None}
    make_rows(cast.ours, 1, name="Fund", asked=Decimal(700), saving_year=None, **fund)
    draft = saves | {"state": "draft", "stage": "planned"}
    make_rows(cast.ours, 2, saving_year=Decimal(-30), **draft)

    page = html_of(client.get(reverse("portfolio")))

    said = " ".join(strip_tags(page.partition('id="saving-holds">')[2]).split())
    assert said.startswith(
        "“Saving, if followed” includes $7,000 from 2 use cases that cannot go to the "
        "board yet and $60 of costs from 2 drafts."
    )
    left_out = "compared; it leaves out $700 that others ask for"
    assert left_out in block(page, "sums")
    assert "training is paid" not in said
