"""What the filters of the portfolio pass, as GET parameters."""

import re
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django_scopes import scope

from audits.models import Stage
from audits.portfolio_filter import NEEDS, portfolio_rows_of, read_filter
from tests.casting import Cast
from tests.examples import all_but, some_of
from tests.pages import html_of
from tests.portfolio.portfolio_pages import names, page
from tests.portfolio.rows_made import make_rows
from tests.portfolio.three_rows import ALL, listed, make_abc


@pytest.fixture(autouse=True)
def abc(cast: Cast) -> None:
    make_abc(cast)


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


@pytest.mark.thorough
@pytest.mark.parametrize(
    "query", all_but(PASSED, ["stage=live", "q=uc%203", "stage=live&verdict=any_stop"])
)
def test_page_lists_what_a_filter_passes(client: Client, query: str) -> None:
    assert names(page(client, **QueryDict(query).dict())) == PASSED[query]


@pytest.mark.on_both
def test_what_needs_a_decision_waits_for_a_reviewer_or_for_the_board(
    cast: Cast,
) -> None:
    asked = {"state": "in_review", "stage": "planned"}
    signed = {"state": "signed_off", "stage": "planned"}
    make_rows(cast.ours, 1, name="Asked", **asked)
    make_rows(cast.ours, 1, name="Lacking", is_provisional=True, **asked)
    make_rows(cast.ours, 1, name="Signed", board_state="undecided", **signed)
    make_rows(cast.ours, 1, name="Decided", board_state="open", **signed)

    with scope(organization=cast.ours.organization):
        found = {query: listed(f"needs={query}") for query in NEEDS}

    assert next(iter(NEEDS)) == "waiting"
    both = {*found["decision"], *found["board"]}
    assert {*found["waiting"]} == both
    assert both >= {"Asked", "Signed"}
    assert both.isdisjoint({"Lacking", "Decided"})


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
    "q=%00": "“Name, person or verdict” is too long, or has a character",
    f"q={'x' * 101}": "“Name, person or verdict” is too long, or has a character",
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
