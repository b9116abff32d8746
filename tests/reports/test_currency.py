"""The sums of papers and packs in the currency that amounts were entered in."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django_scopes import scope
from pytest_django import Settings

from audits.models import Organization
from audits.reports.context import Paper
from audits.scoring.costs.rounding import as_printed, written
from tests.casting import Cast
from tests.reports.packs.made_packs import (
    add_decision,
    ask_for_pack,
    let_all_be_ready,
    parts_of,
    state_money,
)
from tests.reports.papers import words_of
from tests.reports.test_appendix import pages, paper
from tests.reports.test_budgets import at_its_fullest
from tests.reports.test_offer import OFFER, others
from tests.reports.test_tasks import IMMEDIATE
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS

pytestmark = pytest.mark.once

EUROS = {"fte_cost": "90000", "value_per_request": "0.5", "currency": "EUR"}
HEAD = "In euros at 1.1172 US dollars (European Central Bank, 30 October 2026): "


def entered(cast: Cast, **more: Any) -> Paper:
    return paper(cast, RETRIEVAL_CASE, ON_OWN_GPUS | EUROS | more)


def euros(dollars: Decimal) -> str:
    return f"€{written(as_printed(dollars / Decimal('1.1172')))}"


@pytest.mark.thorough
def test_appendix_has_the_sums_in_euros_once_and_what_was_entered(
    cast: Cast,
) -> None:
    made = entered(cast)
    first, appendix = words_of(made)
    assert made.money is not None
    assert made.money.today is not None
    chosen, today = made.money.chosen.year.expected, made.money.today.year.expected

    line = f"{HEAD}recommended {euros(chosen)} over 12 months, planned {euros(today)}."
    assert made.one.money_behind.endswith(line)
    assert "".join(appendix.split()).count("".join(line.split())) == 1
    assert HEAD not in first
    assert "Cost of one engineer for a year: €90,000 a year" in appendix
    assert "What one call earns or saves: €0.50 a call" in appendix


@pytest.mark.thorough
def test_page_one_in_us_dollars_has_no_word_of_another_currency(cast: Cast) -> None:
    plain = paper(cast, RETRIEVAL_CASE)
    named = paper(cast, RETRIEVAL_CASE, ON_OWN_GPUS | {"currency": "USD"})

    assert " at 1." not in plain.one.money_behind
    assert named.one.money_behind == plain.one.money_behind


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["en", "de"])
def test_fullest_page_one_with_an_offer_and_the_longest_currency_is_one_page(
    cast: Cast, language: str
) -> None:
    name = "Nordlys Sprachmodelle und Beratungsgesellschaft mbH & Co. KG"
    more = {"proposal_by": name, "proposal_months": "7", "requests": "20000000"}
    made = entered(cast, **OFFER | more, currency="NOK")

    one = at_its_fullest(made.one, language)
    chosen, *_, offer, nothing = made.one.options
    options = (chosen, *others(4), offer, nothing)
    _, second, *rest = pages(replace(made, one=replace(one, options=options)))

    assert second.startswith("A1 How the verdict was reached ")
    assert "In Norwegian kroner at 0.10834 US dollars" in " ".join((second, *rest))


def overview(cast: Cast, settings: Settings) -> str:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    with scope(organization=cast.ours.organization):
        state_money(add_decision(cast.ours, "Claims"))
        return " ".join(parts_of(ask_for_pack(cast.ours)))


@pytest.mark.usefixtures("stand_ins")
def test_pack_has_its_sums_in_the_currency_of_the_organization(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_all_be_ready(monkeypatch)
    tenant = cast.ours.organization
    Organization.objects.filter(pk=tenant.pk).update(currency="EUR")

    words = overview(cast, settings)

    # $164,782 for own GPUs, $45,884 for retrieval.
    release, spend = Decimal(164782), Decimal(45884)
    line = (
        f"{HEAD}planned freed {euros(release)}, spend {euros(spend)}, net "
        f"{euros(release - spend)} less."
    )
    assert words.count(line) == 1
    assert words.count(f"{HEAD}asked for {euros(spend)}.") == 1


@pytest.mark.thorough
@pytest.mark.usefixtures("stand_ins")
def test_pack_of_an_organization_in_us_dollars_has_no_such_line(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_all_be_ready(monkeypatch)
    assert " at 1." not in overview(cast, settings)
