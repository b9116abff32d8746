"""The sums of a portfolio in the currency of its organization."""

from decimal import Decimal

from django.test import Client

from audits.models import Organization
from tests.casting import Cast
from tests.portfolio.portfolio_pages import block, page
from tests.portfolio.rows_made import make_rows

LINE = (
    "In euros at 1.1172 US dollars (European Central Bank, 30 October 2026): running "
    "€90 a month and €895 over 12 months; planned €36 a month and €358 over 12 months."
)


def stated(cast: Cast) -> None:
    for stage, spend in (("live", 100), ("planned", 40)):
        amount = Decimal(spend)
        bands = {"spend_low": amount, "spend": amount, "spend_high": amount}
        make_rows(cast.ours, 1, stage=stage, year=amount * 10, **bands)


def test_sums_are_told_in_the_currency_beside_dollars(
    cast: Cast, client: Client
) -> None:
    stated(cast)
    assert "In euros" not in page(client)
    Organization.objects.filter(pk=cast.ours.organization.pk).update(currency="EUR")

    figures = block(page(client), "figs")

    assert figures.count(LINE) == 1
    assert "$100" in figures


def test_currency_without_a_rate_tells_nothing(cast: Cast, client: Client) -> None:
    stated(cast)
    before = block(page(client), "figs")
    Organization.objects.filter(pk=cast.ours.organization.pk).update(currency="JPY")

    assert block(page(client), "figs") == before
