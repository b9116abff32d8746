"""The filters and orders of the portfolio, as GET parameters."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django_scopes import scope

from audits.models import Audit, PortfolioRow, Stage
from audits.portfolio import views
from audits.portfolio.columns import Column
from audits.portfolio.decisions import decisions_of
from audits.portfolio.figures import in_training
from audits.portfolio.of_board.not_done import not_done_of
from audits.portfolio.of_board.waiting_for_board import waiting_for_board
from audits.portfolio.selection import Selection
from audits.portfolio.shown import Shown, table_columns
from audits.portfolio.sorting import A_PAGE, heads, order_by
from audits.portfolio.table import TableCell, read_as_rows
from audits.portfolio_filter import RARE, portfolio_rows_of, read_filter
from tests.casting import Cast
from tests.examples import all_but, some_of, thorough
from tests.pages import elements_of, html_of
from tests.portfolio.portfolio_pages import names, page
from tests.portfolio.rows_made import make_rows

A: dict[str, Any] = {
    "verdict": "stop_fine_tuning",
    "stage": Stage.TRAINING,
    "open_questions": 0,
    "strength": "solid_test",
    "state": Audit.State.IN_REVIEW,
    "provider": "Anthropic",
    "due_on": date(2001, 1, 1),
    "at_risk": True,
    "spend": Decimal(300),
    "saving": Decimal(-5),
}
B: dict[str, Any] = {
    "verdict": "distil",
    "stage": Stage.LIVE,
    "open_questions": 3,
    "strength": "none",
    "state": Audit.State.SIGNED_OFF,
    "provider": "OpenAI",
    "due_on": date(2099, 1, 1),
    "at_risk": True,
    "review_cause": "Prices fell",
    "spend": Decimal(20),
    "saving": Decimal(7),
}
C: dict[str, Any] = {
    "verdict": "",
    "stage": Stage.PLANNED,
    "open_questions": None,
    "strength": "",
    "state": Audit.State.DRAFT,
    "due_on": None,
    "at_risk": False,
    "spend": None,
    "saving": None,
}
ALL = ["A", "B", "C"]
# Where rows as the table reads them have their names.
_NAME = [field.attname for field in PortfolioRow._meta.concrete_fields].index("name")


@pytest.fixture(autouse=True)
def abc(cast: Cast) -> None:
    cast.ours.submitted.use_case.delete()
    cast.ours.draft.use_case.delete()
    for name, fields in zip(ALL, (A, B, C), strict=True):
        make_rows(cast.ours, 1, name=name, **fields)


PASSED = {
    "verdict=distil": ["B"],
    "verdict=any_stop": ["A"],
    "verdict=any_tune": [],
    "verdict=not_scored": ["C"],
    "stage=live": ["B"],
    "completeness=settled": ["A"],
    "completeness=open": ["B"],
    "strength=none": ["B"],
    "state=in_review": ["A"],
    "provider=OpenAI": ["B"],
    "needs=overdue": ["A"],
    "needs=review": ["B"],
    "needs=money": ["B"],
    "q=b": ["B"],
    "q=UC-0002": ["B"],
    "q=uc%203": ["C"],
    "q=UC-99999999999999999999": [],
    "stage=live&verdict=any_stop": [],
}


def names_of(rows: Iterable[Any]) -> list[str]:
    """Return the names in rows as the table reads them."""
    return [str(values[_NAME]) for values in rows]


def listed(asked: str) -> list[str]:
    """Return what a page of the portfolio lists, and let it ask for all else."""
    query, today = QueryDict(asked), timezone.localdate()
    form = read_filter(query)
    selection = Selection.read(form, None, today)
    for lists in (decisions_of, not_done_of, waiting_for_board):
        lists(None, today, among=selection.among)
    in_training(None, selection.total, among=selection.among)
    rows = read_as_rows(form.filtered(PortfolioRow.objects.order_by(*order_by(query))))
    found = names_of(rows[:A_PAGE])
    assert len(found) == selection.total.use_cases == portfolio_rows_of(query).count()
    return found


@pytest.mark.on_both
def test_filter_passes_what_it_names(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        passed = {query: listed(query) for query in PASSED}

    assert passed == PASSED


@pytest.mark.on_both
def test_lists_are_asked_for_whatever_the_filters_and_the_team(cast: Cast) -> None:
    fields = {"stage": Stage.PLANNED, "at_risk": True, "training_once": Decimal(300)}
    make_rows(cast.ours, 1, name="Bold", **fields)
    team = f"team={cast.ours.team.public_id}"
    queries = ("", "q=b", "needs=overdue", "verdict=any_stop&sort=-spend")
    states = ("state=draft", "state=in_review", "needs=board", "stage=live")

    with scope(organization=cast.ours.organization):
        found = {query: listed(query) for query in (*queries, *states)}
        of_team = {query: listed(f"{query}&{team}") for query in found}

    assert of_team == found  # all of them are of this team
    assert sorted(found[""]) == ["A", "B", "Bold", "C"]


@pytest.mark.parametrize(
    "query", all_but(PASSED, ["stage=live", "q=uc%203", "stage=live&verdict=any_stop"])
)
def test_page_lists_what_a_filter_passes(client: Client, query: str) -> None:
    assert names(page(client, **QueryDict(query).dict())) == PASSED[query]


@pytest.mark.on_both
def test_what_has_to_be_settled_first_is_not_settled(cast: Cast) -> None:
    make_rows(cast.ours, 1, name="D", open_questions=0, comes_first="First settle it")

    with scope(organization=cast.ours.organization):
        assert listed("completeness=settled") == ["A"]
        assert sorted(listed("completeness=open")) == ["B", "D"]


UNHEARD = "00000000-0000-4000-8000-000000000000"


TOLD = {
    "verdict=sell": "There is no verdict “sell”.",
    "stage=sold": "There is no stage “sold”.",
    "completeness=9": "The filter “Completeness” has no choice “9”.",
    "strength=9": "The filter “Evidence” has no choice “9”.",
    "state=superseded": "There is no state “superseded”.",
    "provider=' or 1=1": "There is no provider “' or 1=1”.",
    "needs=sleep": "The filter “Attention” has no choice “sleep”.",
    "team=Clams": "There is no team “Clams”.",
    "team=99999999999999999999": "There is no team “99999999999999999999”.",
    f"team={UNHEARD}": "There is no such team, or no longer.",
    "owner=0": "There is no owner “0”.",
    "q=%00": "“Name, number or sponsor” is too long, or has a character",
    f"q={'x' * 101}": "“Name, number or sponsor” is too long, or has a character",
}


def asked_for(query: str) -> str:
    """Return a query with another filter, which is one of ours."""
    return f"{query}&stage=live" if "stage" not in query else query


@pytest.mark.on_both
def test_nothing_passes_what_is_none_of_ours_and_it_is_named(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        for query, told in TOLD.items():
            asked = QueryDict(asked_for(query))
            unknown = read_filter(asked).unknown
            assert told in " ".join(each.said for each in unknown)
            assert not portfolio_rows_of(asked).exists()


@pytest.mark.parametrize(
    "query", all_but(TOLD, ["stage=sold", "provider=' or 1=1", "q=%00"])
)
def test_page_and_files_say_what_is_no_filter_of_ours(
    client: Client, query: str
) -> None:
    asked, told = QueryDict(asked_for(query)), escape(TOLD[query])
    said = page(client, **asked.dict())

    assert names(said) == []
    assert said.count(told) >= 2  # in the lead and in place of the table
    known = "/portfolio/" if "stage" in query else "/portfolio/?stage=live"
    assert re.search(rf'href="{re.escape(known)}">Take this filter\s+off', said)
    assert reverse("portfolio_csv") not in said
    assert "Save this view" not in said
    for name in ("portfolio_csv", "portfolio_json", "portfolio_xlsx", "inventory_csv"):
        refused = client.get(reverse(name), asked.dict())
        assert refused.status_code == 404
        assert told in html_of(refused)
    saved = client.post(f"{reverse('saved_views')}?{asked.urlencode()}", {"name": "A"})
    assert saved.status_code == 422
    assert told in html_of(saved)


@pytest.mark.parametrize(
    "query",
    some_of(["sort=id;drop", "sort=--name", "page=-3", "unheard=of", "q=%20"], 3),
)
def test_what_is_no_filter_of_ours_filters_nothing(client: Client, query: str) -> None:
    said = page(client, **QueryDict(query).dict())

    assert sorted(names(said)) == ALL
    assert "Clear the filters" not in said


@pytest.mark.on_both
def test_team_and_owner_filter_and_those_of_others_are_as_those_there_are_not(
    cast: Cast, client: Client
) -> None:
    ours, theirs = (
        f"team={x.team.public_id}&owner={x.contributor.public_id}"
        for x in (cast.ours, cast.theirs)
    )

    with scope(organization=cast.ours.organization):
        assert len(listed(ours)) == 3
    said = page(client, **QueryDict(theirs).dict())

    assert names(said) == []
    assert "There is no such team, or no longer." in said
    assert "There is no such owner, or no longer." in said


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
    ordered = {}
    with scope(organization=cast.ours.organization):
        for sort in ORDERED:
            rows = views._first_rows(sort)()
            ordered[sort] = "".join(names_of(rows))
            assert ordered[sort] == "".join(listed(f"sort={sort}"))

    assert ordered == ORDERED


@pytest.mark.parametrize("sort", all_but(ORDERED, ["team", "-spend"]))
def test_table_is_ordered_and_its_head_says_which_way(
    client: Client, sort: str
) -> None:
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


def test_filter_is_written_in_one_way_and_in_words(cast: Cast) -> None:
    query = QueryDict(
        "verdict=any_stop&q=a+b&stage=sold&page=2&completeness=&needs=money"
    )
    with scope(organization=cast.ours.organization):
        form = read_filter(query)

        assert form.query == "needs=money&q=a+b&verdict=any_stop"
        assert form.in_words == (
            "Verdict: Stop fine-tuning; Attention: Money at risk; "
            "Name, number or sponsor: a b"
        )


@pytest.mark.once
@pytest.mark.parametrize("query", ["", "stage=live&q=a%22%3Cb&verdict=distil"])
def test_plain_fields_are_drawn_as_crispy_forms_draws_them(
    cast: Cast, query: str
) -> None:
    with scope(organization=cast.ours.organization):
        form = read_filter(QueryDict(query))
        plain = form.plain_fields(without="team")
        values = {"fields": plain, "prefix": "narrow"}
        ours = render_to_string("components/plain_fields.html", values)
        theirs = "".join(
            as_crispy_field(field)
            for field in form.shown(without="team", auto_id="narrow_%s")
        )

    assert len(plain) == 11
    assert elements_of(ours) == elements_of(theirs)


@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "is_open"),
    [
        ({}, False),
        thorough(({"stage": "live"}, False)),
        ({"completeness": "open"}, True),
    ],
)
def test_rare_filters_are_folded_until_one_of_them_is_set(
    client: Client, query: dict[str, str], is_open: bool
) -> None:
    folds = page(client, **query).split('<details class="filters-more"')[1:]

    assert len(folds) == 2
    for fold in folds:
        assert fold.partition(">")[0].strip() == ("open" if is_open else "")
        within = re.findall(r'<select name="(\w+)"', fold.partition("</details>")[0])
        assert {*within} == RARE


@pytest.mark.once
def test_pack_of_the_filters_is_asked_for_in_the_head(
    client: Client,
) -> None:
    said = page(client, q="nowhere", stage="live")

    assert 'id="pack"' in said.partition('id="lead"')[2].partition('id="tab"')[0]
    sent = re.findall(r'form="pack" name="(\w+)" value="(\w+)"', said)
    assert dict(sent) == {"q": "nowhere", "stage": "live"}


@pytest.mark.once
def test_refused_filter_is_drawn_with_its_reason(cast: Cast, client: Client) -> None:
    with scope(organization=cast.ours.organization):
        assert read_filter(QueryDict("stage=gone")).plain_fields() == ()

    assert page(client, stage="gone").count("Select a valid choice") == 2


def test_form_shares_no_choices_with_another(cast: Cast) -> None:
    ours, theirs = cast.ours.organization, cast.theirs.organization

    def offered(organization: Any, query: str) -> Any:
        with scope(organization=organization):
            form = read_filter(QueryDict(query))
            form.fields["state"].widget.attrs["class"] = organization.slug
            return form, {
                name: [str(word) for _, word in getattr(field, "choices", ())]
                for name, field in form.fields.items()
            }

    form, before = offered(ours, "state=draft")
    other, of_others = offered(theirs, "")
    _, again = offered(ours, "")

    assert before == again
    assert before["team"] != of_others["team"]
    assert before["state"] == of_others["state"]
    assert form.fields["state"].widget.attrs == {"class": ours.slug}
    assert other.fields["state"].widget.attrs == {"class": theirs.slug}
    assert "class" not in type(form).base_fields["state"].widget.attrs
