"""Money adds up: rows to their totals, and pages, papers, packs and files alike."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audits.frameworks.loading.loader import current
from audits.models import PortfolioRow, RecentCount, UseCase
from audits.models.audits import codes_of
from audits.portfolio.columns import IN_FILES
from audits.reports.packs.pack_money import totals
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.inputs import Inputs
from audits.scoring.money import money_of
from audits.scoring.money_calendar import months_of
from audits.scoring.money_states import MONEY_NAMES, plan_state
from audits.scoring.money_sums import Decided
from audits.services.portfolio.rows import money_columns
from audits.templatetags.figures import amount, difference
from tests.casting import Cast
from tests.examples import up_to
from tests.pages import html_in, html_of
from tests.portfolio.rows_made import make_rows
from tests.portfolio.test_exports import csv_cells, fetch, xlsx_cells
from tests.scoring.worked_cases import (
    RETRIEVAL_CASE,
    TRAINING_CASE,
    TRAINING_LEVELS,
)
from tests.scoring.worked_numbers import TUNED_BY_TOKEN

DAY = date(2026, 11, 24)
CASES: Mapping[str, dict[str, Any]] = {
    "retrieve": RETRIEVAL_CASE,
    "train": TRAINING_CASE,
    "train later": TRAINING_CASE | {"mlops": ["none"]},
    "prompt": {"goal": ["format"], "state": "planned"},
    "unknown": {"goal": ["task_skill"], "state": "planned"},
}
# Small volumes without upkeep come to cents, which are where sums go wrong.
VOLUMES = ("1", "40", "777", "3333", "100000", "45000000")
PLANS = ("prompt", "rag", "few_shot", "fine_tune_hosted", "fine_tune_own", "")
STAGES = ("planned", "building", "training", "live", "live", "stopped")
UPKEEP = ("upkeep_share_prompt", "upkeep_share_rag")
AMOUNT = re.compile(r"\u2212?\$?[\d,]+(?:\.\d\d)?")
widely = settings(
    max_examples=up_to(1000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A use case that was drawn: what is asked of the scoring, and its stage."""

    case: str
    plan: str
    volume: str
    has_upkeep: bool
    stage: str

    @property
    def assessment(self) -> Assessment:
        """Return its assessment, which equal ones share."""
        return assessed(self.case, self.plan, self.volume, has_upkeep=self.has_upkeep)


@cache
def assessed(case: str, plan: str, volume: str, *, has_upkeep: bool) -> Assessment:
    codes = CASES[case]
    numbers = TUNED_BY_TOKEN | {"requests": volume}
    if plan:
        numbers |= {"today": plan}
    if not has_upkeep:
        numbers |= dict.fromkeys(UPKEEP, "0")
    levels = TRAINING_LEVELS if case.startswith("train") else {}
    inputs = Inputs(codes=codes_of(codes), levels=levels, numbers=numbers)
    return assess_on(current(), inputs, DAY, open_only=True)


USE_CASES = st.builds(
    Drawn,
    case=st.sampled_from([*CASES]),
    plan=st.sampled_from(PLANS),
    volume=st.sampled_from(VOLUMES),
    has_upkeep=st.booleans(),
    stage=st.sampled_from(STAGES),
)
PORTFOLIOS = st.lists(USE_CASES, min_size=1, max_size=6)


def fill(cast: Cast, portfolio: Sequence[Drawn]) -> None:
    """Make exactly these use cases, named by their place."""
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.all().delete()
        UseCase.objects.filter(name__startswith="Drawn").delete()
    RecentCount.objects.all().delete()  # of how many files were asked for
    for place, drawn in enumerate(portfolio):
        found = drawn.assessment
        columns = money_columns(found) | {"verdict": found.verdict}
        make_rows(cast.ours, 1, name=f"Drawn {place}", stage=drawn.stage, **columns)


def number(text: str) -> Decimal:
    """Read one printed amount; "None" is 0."""
    found = AMOUNT.search(text)
    if not found:
        return Decimal(0)
    return Decimal(re.sub(r"[$,]", "", found[0]).replace("\u2212", "-"))


def cells(html: str) -> list[list[list[str]]]:
    """Return the words of each cell of each row, apart where they are on lines."""
    rows = re.findall(r"<tr\b.*?</tr>", html, re.S)
    return [
        [
            [word.strip() for word in re.split(r"<[^>]+>", cell) if word.strip()]
            for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in rows
    ]


def added(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def of_page(client: Client) -> dict[str, list[list[list[str]]]]:
    """Return the tables of the portfolio: the states, the use cases, the verdicts."""
    said = html_of(client.get(reverse("portfolio")))
    parts = {key: f'aria-labelledby="{key}"' for key in ("figs", "tab", "mon")}
    return {
        key: cells(said.partition(start)[2].partition("</section>")[0])
        for key, start in parts.items()
    }


def of_file(rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    keys = [column.key for column in IN_FILES]
    return [dict(zip(keys, row, strict=True)) for row in rows]


def of_files(client: Client) -> dict[str, list[dict[str, Any]]]:
    return {
        "csv": of_file(csv_cells(fetch(client, "csv"))[1:]),
        "xlsx": of_file(xlsx_cells(fetch(client, "xlsx"))[1:]),
        "json": json.loads(fetch(client, "json"))["use_cases"],
    }


@pytest.mark.once
@widely
@given(portfolio=PORTFOLIOS)
def test_rows_add_up_to_totals_that_page_and_files_share(
    cast: Cast, client: Client, portfolio: list[Drawn]
) -> None:
    client.force_login(cast.ours.contributor)
    fill(cast, portfolio)

    page, files = of_page(client), of_files(client)

    states = {row[0][0]: row[2:] for row in page["figs"][1:]}
    totals_of_page = {
        name: tuple(number(" ".join(cell)) for cell in row)
        for name, row in states.items()
    } or {name: (Decimal(0),) * 5 for name in MONEY_NAMES.values()}
    rows = {row[0][0]: next(c for c in row if plan_cell(c)) for row in page["tab"][1:]}
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
            own = [cell for cell in rows.values() if cell[-1] == name]
            assert added(number(cell[0]) for cell in own) == month
            assert added(number(cell[1]) for cell in own) == year
    *kinds, everything = [row[2:] for row in page["mon"][1:]] or [[]]
    for place, total in enumerate(everything):
        for line in range(2):
            of_kinds = [number(" ".join(kind[place][line:][:1])) for kind in kinds]
            assert added(of_kinds) == number(" ".join(total[line:][:1]))


def plan_cell(cell: Sequence[str]) -> bool:
    """Whether a cell of the table of use cases is that of its current plan."""
    states = ("Running", "Planned", "Stopped")
    is_priced = len(cell) == 3 and cell[-1] in states
    return is_priced or cell in (["Not priced"], ["None"])


def plan_rows(drawn: Drawn) -> dict[str, list[Decimal]]:
    """Return the amounts that page 1 of a paper prints, by what it calls their row."""
    money = money_of(drawn.assessment)
    if money is None:
        return {}
    printed = cells(
        html_in(render_to_string("reports/money_rows.html", {"money": money}))
    )
    return {row[0][0]: [number(cell[0]) for cell in row[1:]] for row in printed[1:]}


@pytest.mark.once
@widely
@given(drawn=USE_CASES)
def test_row_of_the_portfolio_has_what_papers_and_results_print(drawn: Drawn) -> None:
    columns, money = money_columns(drawn.assessment), money_of(drawn.assessment)
    if money is None or money.is_large:
        return

    paper = plan_rows(drawn)

    names = ("spend_low", "spend", "spend_high"), ("year_low", "year", "year_high")
    for row in money.stated:
        printed = paper[f"{row.standing}: {SHORT_NAMES[row.technique]}"]
        if "today" in row.roles:
            assert printed[:3] == [columns[name] for name in names[0]]
            assert printed[3:] == [columns[name] for name in ("once", *names[1])]
        if "recommended" in row.roles:
            followed = ("cost", "one_off", "cost_year")
            assert [printed[place] for place in (1, 3, 5)] == [
                columns[name] for name in followed
            ]
            if money.today:
                saved = columns["spend"] - columns["cost"]
                assert columns["saving"] == saved
                assert columns["saving_year"] == columns["year"] - columns["cost_year"]


@pytest.mark.once
@widely
@given(drawn=USE_CASES)
def test_months_and_sensitivities_add_up_to_what_is_printed(drawn: Drawn) -> None:
    money, costs = money_of(drawn.assessment), drawn.assessment.costs
    if money is None or costs is None:
        return

    months = months_of(money)
    page = render_to_string("results/money_months.html", {"months": months})
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


@pytest.mark.once
@widely
@given(portfolio=PORTFOLIOS)
def test_amounts_of_a_pack_add_up_to_its_sums(portfolio: list[Drawn]) -> None:
    decisions = [pack_decision(each) for each in portfolio]

    sums = totals(decisions)

    lines = {(line.state, line.kind): line.amount for line in sums.lines if line.amount}
    for state in ("running", "planned"):
        ended = [plan for plan in sums.released if plan.state == state]
        if not ended:
            assert (state, "release") not in lines
            continue
        columns = [money_columns(each.assessment) for each in portfolio]
        release, spend, net = (
            number(amount(lines[state, kind].expected))
            for kind in ("release", "spend", "net")
        )
        assert added(number(amount(plan.ends.year)) for plan in ended) == release
        assert added(number(amount(plan.instead.year)) for plan in ended) == -spend
        assert added(number(amount(plan.net)) for plan in ended) == net
        assert release + spend == net
        rows = {(column["year"], column["cost_year"]) for column in columns}
        assert {(plan.ends.year, plan.instead.year) for plan in ended} <= rows


def pack_decision(drawn: Drawn) -> Decided:
    """Return a decision of a pack as its overview has it."""
    found, state = drawn.assessment, plan_state(drawn.stage)
    return Decided(
        name=drawn.case,
        family=None if found.prerequisite else found.family,
        money=money_of(found, state),
        state=state,
    )
