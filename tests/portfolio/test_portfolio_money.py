from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.utils.html import strip_tags
from django_scopes import scope

from audits.models import Audit, Outcome, Team
from audits.portfolio.sums.usage_gap import usage_gap
from audits.scoring.tracking.outcomes import values_of
from tests.casting import Cast
from tests.portfolio.portfolio_pages import block, names, page
from tests.portfolio.rows_made import make_rows
from tests.scoring.tracking.test_outcomes import month

AT_RISK = "is against a verdict"
NOTHING = (
    f"Not known how much is spent a month {AT_RISK}, because no live use case has "
    "numbers"
)


@pytest.mark.on_both
def test_money_at_risk_is_summed_with_its_range_and_says_of_how_many(
    cast: Cast, client: Client
) -> None:
    bands = {"spend_low": Decimal(20), "spend": Decimal(50), "spend_high": Decimal(80)}
    make_rows(cast.ours, 3, stage="live", at_risk=True, **bands)
    make_rows(cast.ours, 1, stage="live", at_risk=False, **bands)

    figures = block(page(client), "figs")

    assert f"$150 a month of the $200 running {AT_RISK} ($60 to $240)" in figures
    assert "4 of 6 use cases state a current plan with a price." in figures
    assert _linked(page(client), client) == 3


@pytest.mark.thorough
@pytest.mark.once
def test_running_sum_names_usage_far_off_and_that_it_was_invented(
    cast: Cast, client: Client
) -> None:
    runs = {"stage": "live", "verdict": "rag", "state": Audit.State.SIGNED_OFF}
    [far] = make_rows(cast.ours, 1, name="Policies", spend=Decimal(500), **runs)
    [near] = make_rows(cast.ours, 1, name="Letters", spend=Decimal(1300), **runs)
    months = {far: month("above", "700", is_synthetic=True), near: month("inside", "0")}
    with scope(organization=cast.ours.organization):
        for row, seen in months.items():
            Outcome.objects.create(
                organization=row.organization,
                audit=row.audit,
                months=values_of([seen]),
            )

        other = Team.objects.create(organization=far.organization, name="Other")
        assert usage_gap(far.team)
        assert usage_gap(other) == ""

    said = block(page(client), "sums")

    usage = "usage of Policies (invented for practice) ran on Claude Sonnet 5.5"
    gap = f"{usage} and cost $2,054 a month; “Running”"
    assert f"2 of 2 live have a price; {gap} counts $500 for it" in said
    assert "Letters" not in said


def _linked(said: str, client: Client) -> int:
    """Return how many use cases the figure of what is at risk opens."""
    query = said.partition('class="figure-wide"')[2].partition('href="?')[2]
    opened = parse_qsl(unescape(query.partition('#tab"')[0]))
    return len(names(page(client, **dict(opened))))


@pytest.mark.parametrize(
    ("live", "counted"), [pytest.param(2, 2, marks=pytest.mark.once), (0, 4)]
)
@pytest.mark.on_both
def test_figure_at_risk_opens_exactly_what_it_counts(
    cast: Cast, client: Client, live: int, counted: int
) -> None:
    make_rows(cast.ours, live, stage="live", at_risk=True)
    make_rows(cast.ours, 1, stage="live", at_risk=False)
    against: dict[str, Any] = {"at_risk": True, "once": Decimal(50)}
    for stage in ("building", "training"):
        make_rows(cast.ours, 2, stage=stage, training_once=Decimal(40), **against)
        make_rows(cast.ours, 1, stage=stage, **against)

    assert _linked(page(client), client) == counted


@pytest.mark.thorough
def test_each_state_of_money_is_a_sum_of_its_own(cast: Cast, client: Client) -> None:
    plans = (("live", 100), ("planned", 40), ("training", 5), ("stopped", 7000))
    for stage, spend in plans:
        amount = Decimal(spend)
        bands = {"spend_low": amount, "spend": amount, "spend_high": amount}
        bands |= {"year": amount * 10, "proposed_year": amount * 30}
        bands["proposed"] = amount * 2
        make_rows(cast.ours, 1, stage=stage, at_risk=True, **bands)

    figures, money = block(page(client), "figs"), block(page(client), "mon")

    assert f"$100 a month of the $100 running {AT_RISK} ($100 to $100)" in figures
    sums = (
        "Running current plans of live use cases 1 $100 $1,200 None \u2212$200 $1,000",
        "Planned plans of use cases that are not live yet 2 $45 $540 None",
        "Proposed what verdicts recommend instead, signed off or not 3 $290 $3,480 "
        "None",
        "Stopped what stopped use cases would have cost 1 $7,000 $84,000 None",
    )
    assert [said for said in sums if said not in figures] == []
    assert "100% of the running spend is at risk" in money
    assert "few-shot, retrieval or untuned $100 None At risk" in money
    assert "Train a small part None $40 Nothing runs" in money
    assert AT_RISK in money
    assert "stops, moves or replaces it, or suspends it until a test" in figures
    amounts = ((100, 1_000), (100, 1_000), (45, 450), (290, 4_350), (7_000, 70_000))
    both = (f"${month:,} a month ${year:,} over 12 months" for month, year in amounts)
    assert f"All {' '.join(both)}" in money
    assert len(names(page(client, needs="money"))) == 1


def test_12_months_are_dated_and_have_their_parts(cast: Cast, client: Client) -> None:
    days = (date(2026, 11, 8), date(2026, 11, 25))
    for day, changes in zip(days, (200, 0), strict=True):
        money = {"spend": Decimal(100), "once": Decimal(60)}
        year = {"year": Decimal(1260 + changes), "since": day}
        make_rows(cast.ours, 1, stage="live", **money, **year)

    figures = block(page(client), "figs")

    parts = "2 $200 $2,400 $120 +$200 $2,720"
    assert f"Running current plans of live use cases {parts}" in figures
    dated = "between 8 November 2026 and 25 November 2026. They are 12 monthly amounts"
    assert dated in figures
    assert "the prices on the day of the verdict" in figures
    assert "12 monthly amounts plus one-off costs and known changes" in figures


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((6, 22), "Each rests on 6 to 22 numbers that nobody entered"),
        ((6, 6), "Each rests on 6 numbers that nobody entered"),
        ((6, 0), "1 of these plans rests on 6 numbers that nobody entered"),
    ],
)
def test_sums_say_how_many_plans_rest_on_assumed_numbers(
    cast: Cast, client: Client, counts: tuple[int, int], said: str
) -> None:
    for count in counts:
        make_rows(cast.ours, 1, stage="live", spend=Decimal(900), assumed=count)

    assert said in block(page(client), "figs")


def test_what_a_training_would_lose_is_said_and_is_not_at_risk(
    cast: Cast, client: Client
) -> None:
    stages = ("live", "planned", "stopped")
    for stage, lost in zip(stages, (19_423, 19_303, 7), strict=True):
        money = {"spend": Decimal(900), "lost_if_failed": Decimal(lost)}
        make_rows(cast.ours, 1, stage=stage, at_risk=False, name=stage, **money)

    figures = block(page(client), "figs")

    assert f"None of the $900 running a month {AT_RISK}" in figures
    said = "Not counted as at risk, because the verdict advises it: $38,726 up front"
    assert (
        f"{said} for training in 2 use cases. It is lost if the trained models fail"
        in figures
    )


def test_decision_says_where_the_amounts_are_explained(
    cast: Cast, client: Client
) -> None:
    money = {"spend": Decimal(100), "once": Decimal(60), "year": Decimal(1160)}
    day = {"since": date(2026, 11, 8), "state": Audit.State.IN_REVIEW}
    make_rows(cast.ours, 1, stage="live", **money, **day)

    said = page(client)
    assert "How the amounts are counted" in block(said, "dec")
    assert "The 12 months start on that day, here 8 November 2026" in block(
        said, "figs"
    )


@pytest.mark.thorough
def test_row_says_a_month_and_12_months_and_the_note_from_when_they_are(
    cast: Cast, client: Client
) -> None:
    amounts = {"spend": Decimal(100), "year": Decimal(1200), "saving": Decimal(40)}
    amounts["cost"] = Decimal(60)
    more = {"saving_year": Decimal(480), "since": date(2026, 11, 8)}
    make_rows(cast.ours, 1, stage="live", **amounts, **more)

    whole = page(client, sort="name")
    said, figures = block(whole, "tab"), block(whole, "figs")

    assert "$100 a month" in said
    assert "$100 a month $480 " in said
    assert "How the amounts are counted" in block(whole, "mon")
    assert "The 12 months start on that day, here 8 November 2026" in figures
    assert "its first day, and offers" in figures


FACTS = (
    "the prices on the day of the verdict",
    "in a busy month",
    "one-off costs",
    "monthly saving is the saving",
    "The plan of a live use case is running",
    "“Not compared” means",
    "is at risk if the verdict stops, moves or replaces it",
)


def test_each_fact_about_amounts_is_said_once_in_one_fold(
    cast: Cast, client: Client
) -> None:
    money = {"spend": Decimal(100), "saving": Decimal(40), "cost": Decimal(60)}
    make_rows(cast.ours, 2, stage="live", at_risk=True, **money)

    whole = page(client)
    said = " ".join(block(whole, name) for name in ("dec", "figs", "tab", "mon"))

    assert {fact: said.count(fact) for fact in FACTS} == dict.fromkeys(FACTS, 1)
    # Of the figures, of the sum of the table, and of the bars.
    assert said.count("US dollars") == 3
    assert whole.count('id="amounts"') == 1
    assert whole.count('class="why"') == 1


@pytest.mark.parametrize(
    ("month", "year", "said"),
    [
        (-570, 20_972, "$20,972 a loss later"),
        (0, 480, "$480 none later"),
        (40, -480, "−$480 a saving later"),
        (-40, -480, "−$480 "),
        (-40, None, "−$40 a month"),
    ],
)
def test_saving_says_which_of_a_month_and_12_months_costs_more(
    cast: Cast, client: Client, month: int, year: int | None, said: str
) -> None:
    saving = {"saving": Decimal(month), "spend": Decimal(100), "year": Decimal(1200)}
    saving["cost"] = Decimal(100 - month)
    full = None if year is None else Decimal(year)
    make_rows(cast.ours, 1, stage="live", saving_year=full, **saving)

    words = block(page(client, sort="name"), "tab").partition("Sums of")[0]

    assert said in words
    turns = ("later a loss", "later none", "later a saving")
    assert [x for x in turns if x in words] == [x for x in turns if x in said]


def test_saving_of_a_month_says_that_known_changes_are_over(
    cast: Cast, client: Client
) -> None:
    plan = {"spend": Decimal(3837), "year": Decimal(20_503), "saving": Decimal(47)}
    plan["cost"] = Decimal(829)
    make_rows(cast.ours, 1, stage="live", saving_year=Decimal(-10_130), **plan)

    whole = page(client, sort="name")

    assert "−$10,130 a saving later" in block(whole, "tab")
    said = "A monthly saving is the saving once all known changes apply, such as"
    assert said in block(whole, "figs")


@pytest.mark.parametrize(
    ("saving", "said"),
    [
        (25_612, "$18,842 a month rises from Jan 2099 $212,129 "),
        (
            -47,
            "$18,842 a month rises from Jan 2099 $212,129 a loss later",
        ),
    ],
)
def test_saving_says_from_when_the_plan_alone_changes_it(
    cast: Cast, client: Client, saving: int, said: str
) -> None:
    plan: dict[str, Any] = {"spend": Decimal(18_842), "spend_later": Decimal(36_935)}
    plan["spend_later_on"] = date(2099, 1, 1)
    plan |= {"cost": Decimal(11_323), "saving": Decimal(saving)}
    plan["saving_year"] = Decimal(212_129)
    make_rows(cast.ours, 1, stage="live", year=None, **plan)

    words = block(page(client, sort="name"), "tab")

    assert said in words


def test_plan_whose_price_stays_says_it_once(cast: Cast, client: Client) -> None:
    plan = {"spend": Decimal(100), "spend_later": Decimal(100), "year": Decimal(1200)}
    make_rows(cast.ours, 1, stage="live", **plan)

    words = block(page(client, sort="name"), "tab")

    assert "$100 a month" in words
    assert "rises" not in words
    assert "$1,200" not in words.partition("Sums of")[0], "a row has one amount"


def test_rise_and_saving_that_are_announced_differ_by_sign(
    cast: Cast, client: Client
) -> None:
    for year, since in ((1500, "live"), (900, "planned")):
        amounts = {"spend": Decimal(100), "once": Decimal(0), "year": Decimal(year)}
        make_rows(cast.ours, 1, stage=since, since=date(2026, 11, 8), **amounts)

    figures = block(page(client), "figs")

    assert "$1,200 None +$300 $1,500" in figures
    assert "$1,200 None \u2212$300 $900" in figures


@pytest.mark.thorough
@pytest.mark.once
def test_plan_that_does_not_run_is_no_spend_and_not_at_risk(
    cast: Cast, client: Client
) -> None:
    for stage in ("planned", "stopped"):
        make_rows(cast.ours, 1, stage=stage, spend=Decimal(40), at_risk=True)

    said = page(client)

    assert "None is spent a month: no use case is live" in block(said, "figs")
    make_rows(cast.ours, 1, stage="live", spend=None, at_risk=False)
    assert NOTHING in block(page(client), "figs")
    assert "No spend runs" in block(said, "mon")
    assert names(page(client, needs="money")) == []


@pytest.mark.thorough
@pytest.mark.once
def test_amount_of_the_table_says_what_it_is(cast: Cast, client: Client) -> None:
    stages = ("live", "building", "stopped")
    for stage in stages:
        money = {"spend": Decimal(40), "year": Decimal(480)}
        make_rows(cast.ours, 1, stage=stage, name=stage, **money)

    for stage in stages:
        row = page(client, q=stage).partition("<tbody>")[2]
        cell = row.partition('data-label="Current plan, a month"')[2]
        words = strip_tags(cell.partition(">")[2].partition("</td>")[0])
        was = "was " if stage == "stopped" else ""
        said = f"{was}$40 a month"
        assert " ".join(words.split()) == said
    assert "The plan of a live use case is running" in page(client)


@pytest.mark.once
def test_money_that_nobody_states_is_not_stated(client: Client) -> None:
    said = page(client)

    assert AT_RISK not in block(said, "figs")
    assert "has a price, so the page has no amounts." in block(said, "tab")
    assert 'data-label="Current plan"' not in said
    assert "No use case has numbers to estimate its spend" in block(said, "mon")


def test_spend_that_follows_every_verdict_is_no_risk(
    cast: Cast, client: Client
) -> None:
    make_rows(cast.ours, 1, at_risk=False, stage="live", spend=Decimal(300))

    assert f"None of the $300 running a month {AT_RISK}" in block(page(client), "figs")
