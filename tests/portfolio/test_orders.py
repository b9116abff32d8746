"""How the table of the portfolio is ordered, and what its heads link to."""

import re

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django_scopes import scope

from audits.models import PortfolioRow
from audits.portfolio import views
from audits.portfolio.columns.column import Column
from audits.portfolio.shown import Shown, table_columns
from audits.portfolio.sorting import heads, order_by, order_of, orders
from audits.portfolio.table import TableCell
from tests.casting import Cast
from tests.examples import all_but
from tests.portfolio.portfolio_pages import names, page
from tests.portfolio.rows_made import make_rows
from tests.portfolio.three_rows import listed, make_abc, names_of

PROMPT = "prompt_long_context"
ORDERED = {
    "name": "ABC",
    "-name": "CBA",
    "team": "ABC",
    "verdict": "ABC",
    "-verdict": "CBA",
    "stage": "CAB",
    "-stage": "BAC",
    "open_questions": "ABC",
    "-open_questions": "BAC",
    "strength": "ABC",
    "-strength": "CBA",
    "spend": "BAC",
    "-spend": "ABC",
    "saving": "ABC",
    "-saving": "BAC",
    "due_on": "ABC",
    "-due_on": "BAC",
}


@pytest.mark.on_both
def test_rows_are_ordered_both_ways_and_what_is_missing_comes_last(cast: Cast) -> None:
    make_abc(cast)
    ordered = {}
    with scope(organization=cast.ours.organization):
        for sort in ORDERED:
            rows = views._first_rows(sort)()
            ordered[sort] = "".join(names_of(rows))
            assert ordered[sort] == "".join(listed(f"sort={sort}"))

    assert ordered == ORDERED


@pytest.mark.on_both
def test_rows_of_one_verdict_are_together_whoever_made_it(cast: Cast) -> None:
    ways = [(PROMPT, ""), ("few_shot", ""), (PROMPT, "few_shot"), (PROMPT, "")]
    for name, (verdict, override) in zip("ABCD", ways, strict=True):
        of = {"name": name, "verdict": verdict, "override": override, "urgency": 1}
        make_rows(cast.ours, 1, **of)

    with scope(organization=cast.ours.organization):
        found = PortfolioRow.objects.filter(name__in="ABCD")
        down = found.order_by(*order_of("verdict"))
        up = found.order_by(*order_of("-verdict"))
        both = ["".join(row.name for row in rows) for rows in (down, up)]

    assert both == ["BCAD", "DACB"]


@pytest.mark.thorough
def test_phone_offers_the_orders_that_the_heads_have(
    cast: Cast, client: Client
) -> None:
    make_abc(cast)

    said = page(client, sort="-spend")

    form = said.partition('id="filters-narrow"')[2].partition("</form>")[0]
    assert form.count('name="sort"') == 1
    options = dict(re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', form))
    assert options["name"] == "Name"
    assert options["-name"] == "Name, reversed"
    assert options["-spend"] == "Current plan, highest first"
    assert options["spend"] == "Current plan, lowest first"
    assert '<option value="-spend" selected>' in form
    linked = set(re.findall(r'class="block" href="\?sort=([^"&]*)', said))
    assert linked
    assert linked <= options.keys()


def test_phone_keeps_the_order_of_a_column_that_is_not_shown() -> None:
    found = orders(QueryDict("sort=-spend"), table_columns(("stage",)))

    assert [x.sort for x in found if x.is_chosen] == ["-spend"]


@pytest.mark.parametrize("sort", all_but(ORDERED, ["team", "-spend"]))
def test_table_is_ordered_and_its_head_says_which_way(
    cast: Cast, client: Client, sort: str
) -> None:
    make_abc(cast)

    said = page(client, sort=sort)

    assert names(said) == [*ORDERED[sort]]
    way = "descending" if sort.startswith("-") else "ascending"
    assert said.count(f'aria-sort="{way}"') == said.count("aria-sort") == 1


def links_of(query: QueryDict) -> dict[str, str]:
    """Return the links of all heads of the table, those beneath others too."""
    found = heads(query, table_columns())
    return {line.name: line.link for head in found for line in head.lines}


@pytest.mark.once
def test_head_sorts_the_other_way_once_it_is_sorted_by() -> None:
    query = QueryDict("q=lane&page=4&sort=name")

    links = links_of(query)

    assert links["Name"] == "?q=lane&sort=-name"
    assert links["Verdict"] == "?q=lane&sort=verdict"
    assert links["Current plan"] == "?q=lane&sort=-spend"
    assert links["Owner"] == "?q=lane&sort=owner"
    assert all(links.values())  # every column sorts
    assert links_of(QueryDict("sort=-spend"))["Current plan"] == "?sort=spend"


@pytest.mark.once
def test_what_stands_beneath_in_a_cell_is_sorted_by_in_the_same_head() -> None:
    name, *_ = heads(QueryDict("sort=-team"), table_columns())
    alone, *_ = heads(QueryDict(""), table_columns(without=frozenset({"team"})))

    assert [line.name for line in name.lines] == ["Name", "Team"]
    assert [line.link for line in name.lines] == ["?sort=name", "?sort=team"]
    assert [line.sorted for line in name.lines] == ["", "descending"]
    assert name.direction == "descending"
    assert [line.name for line in alone.lines] == ["Name"]


def test_plain_count_is_a_number_and_its_largest_come_first() -> None:
    column = Column(
        "assumed",
        "Numbers that Attune assumes",
        lambda row: row.assumed,
        head="Assumed",
        sort=("assumed", "name"),
    )

    [head] = heads(QueryDict(""), [Shown(column)])
    cells = [
        render_to_string(column.part, {"cell": TableCell(column.part, "Assumed", n)})
        for n in (1200, 0, None)
    ]

    assert head.is_number
    assert head.link == "?sort=-assumed"
    assert [cell.strip() for cell in cells] == [
        f'<td class="num" data-label="Assumed">{said}</td>'
        for said in ("1,200", "0", "")
    ]
    numbers = {c.key for shown in table_columns() for c in shown if c and c.is_number}
    assert numbers >= {"spend", "saving"}
    assert numbers.isdisjoint({"team", "open_questions", "strength"})


def test_order_ends_with_what_no_two_rows_share() -> None:
    assert [str(part) for part in order_by(QueryDict())][-1].endswith(
        "F(pk), descending=False)"
    )
