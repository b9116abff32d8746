"""Money adds up: rows to their totals, and pages, papers, packs and files alike."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from hypothesis import example, given, settings

from audits.models import PortfolioRow
from audits.portfolio.columns.listed import IN_FILES
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import MONEY_NAMES, plan_state
from audits.scoring.sums.calendar import months_of
from audits.services.portfolio.money.row_money import money_columns
from audits.templatetags.figures import difference, dollars, runs_on
from tests.casting import Cast
from tests.examples import DEAR, up_to
from tests.pages import html_in, html_of
from tests.portfolio.drawn_portfolios import (
    AMOUNT,
    MOST,
    PORTFOLIOS,
    USE_CASES,
    Drawn,
    added,
    blank_rows,
    cells,
    fill,
    number,
    on_pages,
    widely,
)
from tests.portfolio.printed_packs import Printed, pack_of, printed_pack
from tests.portfolio.test_exports import csv_cells, fetch, xlsx_cells
from tests.signed_in import sign_in

widely_enough = settings(widely, max_examples=up_to(1000, DEAR))
# What a paper says of a plan that ends.
RELEASED = re.compile(
    r"(?P<year>\$[\d,]+) of (?:running|planned) spending over 12 months"
)


COSTS_LESS_LATER = Drawn(
    case="retrieve",
    plan="fine_tune_hosted",
    volume="1",
    has_upkeep=False,
    stage="planned",
)


def amount_in(words: str) -> str:
    """Return the first word that is an amount; without one, the first."""
    found = words.split()
    return next((word for word in found if "$" in word), found[0])


def of_page(client: Client) -> dict[str, list[list[list[str]]]]:
    """Return the tables of the portfolio.

    They are the states, the use cases, the bars of verdicts and the money of verdicts.
    """
    said = html_of(client.get(reverse("portfolio")))
    parts = {
        key: said.partition(f'aria-labelledby="{key}"')[2].partition("</section>")[0]
        for key in ("figs", "tab", "mon")
    }
    parts["bars"], _, parts["mon"] = parts["mon"].partition("</table>")
    return {key: cells(part) for key, part in parts.items()}


def of_file(rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    keys = [column.key for column in IN_FILES]
    return [dict(zip(keys, row, strict=True)) for row in rows]


def of_files(client: Client, use_cases: int) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each file; the slow ones only of large portfolios."""
    found: dict[str, list[dict[str, Any]]] = {
        "csv": of_file(csv_cells(fetch(client, "csv"))[1:])
    }
    if use_cases == MOST:
        found["xlsx"] = of_file(xlsx_cells(fetch(client, "xlsx"))[1:])
        found["json"] = json.loads(fetch(client, "json"))["use_cases"]
    return found


@pytest.fixture
def blank(cast: Cast, client: Client) -> list[PortfolioRow]:
    sign_in(client, cast.ours.contributor)
    return blank_rows(cast)


@pytest.mark.once
@on_pages
@given(portfolio=PORTFOLIOS)
@example(portfolio=[COSTS_LESS_LATER])
def test_rows_add_up_to_totals_that_page_pack_and_files_share(
    cast: Cast, client: Client, blank: list[PortfolioRow], portfolio: list[Drawn]
) -> None:
    fill(cast, blank, portfolio)

    page, files = of_page(client), of_files(client, len(portfolio))

    states = {row[0][0]: row[2:] for row in page["figs"][1:]}
    totals_of_page = {
        name: tuple(number(" ".join(cell)) for cell in row)
        for name, row in states.items()
    } or {name: (Decimal(0),) * 5 for name in MONEY_NAMES.values()}
    head, *body = page["tab"]
    # A page without a price has no column of money, so its sums have to be 0.
    of_plan = ["Current plan", "a month"]
    plan = head.index(of_plan) if of_plan in head else len(head)
    rows = {
        row[0][0]: [amount_in(words) for words in row[plan]]
        for row in body
        if plan < len(head)
    }
    states_of = {row["name"]: row["plan_state"] for row in files["csv"]}
    for state, name in MONEY_NAMES.items():
        month, months, once, changes, year = totals_of_page[name]
        assert (months, months + once + changes) == (12 * month, year)
        for found in files.values():
            of_month, of_year = (
                [r[k] for r in found] for k in (state, f"{state}_year")
            )
            assert added(Decimal(x) for x in of_month if x) == month
            assert added(Decimal(x) for x in of_year if x) == year
        if state != "proposed":
            own = [cell for row, cell in rows.items() if states_of[row] == name]
            # The 12 months of each row are in the files alone, as added above.
            assert added(number(cell[0]) for cell in own) == month
            for found in files.values():
                of_state = [row for row in found if row["plan_state"] == name]
                for key, part in (("once", once), ("changes", changes)):
                    assert added(Decimal(r[key]) for r in of_state if r[key]) == part
    *kinds, everything = [row[1:] for row in page["mon"][1:]] or [[]]
    for place, total in enumerate(everything):
        for line in range(2):
            of_kinds = [number(" ".join(kind[place][line:][:1])) for kind in kinds]
            assert added(of_kinds) == number(" ".join(total[line:][:1]))
    # A bar has what its verdict runs or plans, which are the first and third amount.
    bars = [[number(" ".join(x)) for x in row[1:3]] for row in page["bars"][1:]]
    assert bars == [[number(kind[x][0]) for x in (0, 2)] for kind in kinds]
    pack_is_as_the_file(portfolio, {row["name"]: row for row in files["csv"]})


def pack_is_as_the_file(
    portfolio: Sequence[Drawn], rows: Mapping[str, Mapping[str, str]]
) -> None:
    """Assert that a printed pack adds up, and has the amounts of a file's rows."""
    pack = printed_pack(portfolio)

    decisions_are_as_the_file(pack, rows)
    decisions_add_up(pack)
    for state, plans in pack.released.items():
        lines = pack.lines[state]
        for ends, instead, net in plans.values():
            for plan in (ends, instead):
                assert plan[1] == 12 * plan[0]
                assert plan[1] + plan[2] + plan[3] == plan[4]
            assert [instead[-2] - ends[-2], instead[-1] - ends[-1]] == net
        columns = [[plan[place][-2:] for plan in plans.values()] for place in range(3)]
        sums = [[added(each) for each in zip(*x, strict=True)] for x in columns]
        ended, spend, total = (lines[kind] for kind in ("End", "Spend", "Net"))
        assert sums == [ended, spend, total]
        of_plans = [
            [added(column) for column in zip(*rows, strict=True)]
            for rows in zip(*plans.values(), strict=True)
        ]
        assert [*pack.sums.get(state, of_plans)] == of_plans
        assert (state in pack.sums) == (len(plans) > 1)
        for name, (ends, instead, _) in plans.items():
            row = rows[name]
            parts = [row[key] for key in (state.lower(), f"{state.lower()}_year")]
            assert [ends[0], ends[-2]] == [*map(Decimal, parts)]
            followed = [row[key] for key in ("cost", "one_off", "cost_year")]
            assert [instead[0], instead[2], instead[-2]] == [*map(Decimal, followed)]
    nets_rest_on_what_is_printed(pack)
    lost = [r["lost_if_failed"] for r in rows.values() if r["lost_if_failed"]]
    assert pack.lost == added(Decimal(amount) for amount in lost)


def nets_rest_on_what_is_printed(pack: Printed) -> None:
    """Assert that a net is that of its line, and what is left without one plan of it.

    Where the training of others may be paid, it is still less then.
    """
    for what, amounts in pack.rests:
        state, _, rest = what.partition(" ")
        if rest == "plans":
            net, plans = amounts, pack.released[state]
            assert net == pack.lines[state]["Net"]
        if what.startswith("Without “"):
            [without] = [x for name, x in plans.items() if f"“{name}”" in what]
            rows = zip(net, without[2], strict=True)
            assert amounts == [all_of_it - its for all_of_it, its in rows]


def decisions_are_as_the_file(
    pack: Printed, rows: Mapping[str, Mapping[str, str]]
) -> None:
    """Assert that what is asked for, runs and is recommended is what a file has."""
    ended = {name for plans in pack.released.values() for name in plans}
    for (name, asked, today, recommended), reckoned in zip(
        pack.decisions, pack.rows, strict=True
    ):
        row = rows[name]
        years = [row[f"{state}_year"] for state in ("running", "planned", "stopped")]
        year = [Decimal(year) for year in years if year]
        assert [number(cell) for cell in today[:1]] == year
        assert today[1:] == [row["plan_state"].lower()] * len(year)
        followed = [Decimal(x) for x in [row["cost_year"]] if x]
        assert [number(cell) for cell in recommended[:1]] == followed
        if name in ended:
            assert number(asked) == Decimal(row["cost_year"])
        for part in filter(None, (reckoned.released, reckoned.held)):
            assert [part.expected] == year
    assert pack.own_nets == [
        [number(asked) - (number(today[0]) if name in ended else 0)]
        if AMOUNT.fullmatch(asked)
        else []
        for name, asked, today, _ in pack.decisions
    ]


def decisions_add_up(pack: Printed) -> None:
    """Assert that the rows of the decisions add up to their totals and the title."""
    asked = [number(x) for _, x, *_ in pack.decisions if AMOUNT.fullmatch(x)]
    if asked:
        assert number(pack.total) == added(asked)
        ends = added(row.released.expected for row in pack.rows if row.released)
        assert pack.meeting == [added(asked) - ends]
        assert f" {dollars(added(asked))} over" in " ".join(pack.title.split())
        assert [x["Asked for"][0] for x in pack.in_all if x] == [added(asked)] * sum(
            map(bool, pack.in_all)
        )
    sums_in_all_are_of_their_lines(pack)
    assert pack.is_part == any(row.left_out for row in pack.rows if asked)
    assert pack.is_part or "at least" not in pack.title
    spent = [x["Spend"][0] for x in pack.lines.values() if "Spend" in x]
    assert added(asked) == added(spent)
    if pack.total:
        plans = [cell for _, _, cell, _ in pack.decisions if cell]
        found = by_state((cell[1], number(cell[0])) for cell in plans)
        assert pack.plans in ({}, found)
        assert pack.goes_on == {
            state: amount
            for state, amount in by_state(
                (row.state, row.goes_on.expected) for row in pack.rows if row.goes_on
            ).items()
            if amount != found[state]
        }
        followed = [number(cell[0]) for *_, cell in pack.decisions if cell]
        assert pack.recommended == added(followed)
        nets_are_of_their_rows(pack)
    freed = [(row.state, row.released) for row in pack.rows]
    held = [(row.state, row.held) for row in pack.rows]
    for printed, bands in (
        (pack.held, held),
        ({s.lower(): x["End"][0] for s, x in pack.lines.items() if "End" in x}, freed),
    ):
        found = by_state((state, band.expected) for state, band in bands if band)
        assert printed == found


def sums_in_all_are_of_their_lines(pack: Printed) -> None:
    """Assert that the sums in all add up the lines by kind, now and on the day."""
    for in_all in filter(None, pack.in_all):
        for name, kind in (("Asked for", "Spend"), ("Plans that end", "End")):
            parts = [x[kind] for x in pack.lines.values() if kind in x]
            sums = [added(column) for column in zip(*parts, strict=True)]
            assert in_all.get(name, []) == sums
        if "Net" in in_all:
            both = zip(in_all["Asked for"], in_all["Plans that end"], strict=True)
            assert in_all["Net"] == [asked - ends for asked, ends in both]


def nets_are_of_their_rows(pack: Printed) -> None:
    """Assert that a reader with a calculator gets each net of a state."""
    ended = [row for row in pack.rows if row.released]
    more = by_state((row.state, row.change or Decimal(0)) for row in ended)
    nets = {s.lower(): x["Net"][0] for s, x in pack.lines.items() if "Net" in x}
    assert nets == more
    paid = by_state((row.state, row.may_be_paid or Decimal(0)) for row in pack.rows)
    for state, (net, *if_paid) in pack.nets.items():
        assert net == nets.get(state, pack.meeting[0])
        assert if_paid == [net + x for x in [paid[state]] if x]


def by_state(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for state, amount in amounts:
        found[state] = found.get(state, Decimal(0)) + amount
    return found


def plan_rows(drawn: Drawn) -> dict[str, list[Decimal]]:
    """Return the amounts that page 1 of a paper prints, by what it calls their row."""
    money = money_of(drawn.assessment)
    if money is None:
        return {}
    said = {
        "money": money,
        "paper": SimpleNamespace(assessment=drawn.assessment),
        "one": SimpleNamespace(counts_from=None),
    }
    printed = cells(html_in(render_to_string("reports/money_rows.html", said)))
    return {row[0][0]: [number(cell[0]) for cell in row[1:]] for row in printed[2:]}


@pytest.mark.once
@widely_enough
@given(drawn=USE_CASES)
def test_row_of_the_portfolio_has_what_papers_and_results_print(drawn: Drawn) -> None:
    columns, money = money_columns(drawn.assessment), money_of(drawn.assessment)
    if money is None or money.is_large:
        return

    paper = plan_rows(drawn)

    of_plan = ("once", "year", "year_low", "year_high")
    for row in money.stated:
        name = f"{row.standing}: {SHORT_NAMES[row.technique]}"
        printed = paper[f"{name}{runs_on(row.technique, money)}"]
        once, running, total, *_ = printed
        assert once + running == total
        assert running == added(month.running for month in row.calendar.months)
        if "today" in row.roles:
            assert printed[:1] + printed[2:] == [columns[name] for name in of_plan]
        if "recommended" in row.roles:
            assert [once, total] == [columns[name] for name in ("one_off", "cost_year")]
            if money.today:
                saved = money.today.last_month - row.last_month
                assert columns["saving"] == saved
                assert columns["saving_year"] == columns["year"] - columns["cost_year"]


@pytest.mark.once
@widely_enough
@given(drawn=USE_CASES)
def test_pack_releases_what_the_paper_releases(drawn: Drawn) -> None:
    money, pack = money_of(drawn.assessment, plan_state(drawn.stage)), pack_of([drawn])
    [row] = pack.totals.rows
    paper = RELEASED.search(money.asks) if money else None
    if row.released is None or paper is None:
        return

    assert number(paper["year"]) == row.released.expected


@pytest.mark.once
@widely_enough
@given(drawn=USE_CASES)
def test_months_and_sensitivities_add_up_to_what_is_printed(drawn: Drawn) -> None:
    money, costs = money_of(drawn.assessment), drawn.assessment.costs
    if money is None or costs is None:
        return

    months = months_of(money)
    said = {"months": months, "assessment": drawn.assessment}
    page = render_to_string("results/money/months.html", said)
    *rows, total = [row[1:] for row in cells(html_in(page))[1:]]

    printed = [[number(cell[0]) for cell in row] for row in rows]
    assert len(printed) == 12
    assert [row[0] + row[1] for row in printed] == [row[2] for row in printed]
    assert added(row[2] for row in printed) == money.chosen.year.expected
    columns = list(zip(*printed, strict=True))[1:]
    sums = [number(cell[0]) for cell in total if cell]
    assert [added(column) for column in columns] == sums
    if (
        costs.swings
        and money.saving_year
        and costs.swings[0].against == (money.today.technique if money.today else None)
    ):
        assert costs.lead == money.saving_year
        for swing in costs.printed_swings:
            low, high = (number(difference(end)) for end in map(abs, swing.ends))
            assert low == abs(money.saving_year + swing.at_low)
            assert high == abs(money.saving_year + swing.at_high)
