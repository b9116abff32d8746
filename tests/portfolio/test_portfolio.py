from typing import Any
from typing import cast as cast_to

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Stage
from audits.services.answers import save_answers
from tests.casting import TRAINING_CASE, Cast, register

# Session, person, membership; figures, total, page count, rows; teams of the filter;
# the inbox's count.
QUERIES = 9


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ours.people[next(iter(cast.ours.people))])
    return client


def add(cast: Cast, name: str, **fields: Any) -> None:
    house = cast.ours
    with scope(organization=house.organization):
        audit = register(house.organization, house.contributor, house.team, name)
        save_answers(audit=audit, by=house.contributor, answers=TRAINING_CASE)
        for field, value in fields.items():
            setattr(audit.use_case, field, value)
        audit.use_case.save()


def rows(response: HttpResponse) -> list[str]:
    """Return the names in the table, from top to bottom."""
    table = response.content.decode().partition('id="table"')[2].partition("</table>")[0]
    parts = table.split('<th scope="row">')[1:]
    return [part.split("<bdi>")[1].split("</bdi>")[0] for part in parts]


def get(client: Client, **query: str) -> HttpResponse:
    return cast_to("HttpResponse", client.get(reverse("portfolio"), query))


def test_table_lists_every_use_case_rebuild_before_training(
    cast: Cast, client: Client
) -> None:
    add(cast, "Labelling")

    assert rows(get(client)) == ["Northgate handbook", "Labelling", "Northgate triage"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"verdict": "fine_tune"}, ["Labelling"]),
        ({"verdict": "any_rebuild"}, ["Northgate handbook"]),
        ({"verdict": "not_scored"}, ["Northgate triage"]),
        ({"stage": "live"}, ["Labelling"]),
        ({"q": "HANDB"}, ["Northgate handbook"]),
        ({"verdict": "fine_tune", "stage": "planned"}, []),
        ({"verdict": "sell"}, ["Northgate handbook", "Labelling", "Northgate triage"]),
        ({"sort": "name"}, ["Labelling", "Northgate handbook", "Northgate triage"]),
        ({"sort": "id;drop"}, ["Northgate handbook", "Labelling", "Northgate triage"]),
        ({"page": "99"}, ["Northgate handbook", "Labelling", "Northgate triage"]),
    ],
)
def test_filters_and_order(
    cast: Cast, client: Client, query: dict[str, str], expected: list[str]
) -> None:
    add(cast, "Labelling", stage=Stage.LIVE)

    assert rows(get(client, **query)) == expected


def test_filter_by_team(cast: Cast, client: Client) -> None:
    assert len(rows(get(client, team=str(cast.ours.team.pk)))) == 2
    assert rows(get(client, team=str(cast.ours.team.pk), q="triage")) == [
        "Northgate triage"
    ]


def test_figures_count_all_and_link_to_their_list(cast: Cast, client: Client) -> None:
    add(cast, "Labelling")

    page = get(client, q="nothing").content.decode()

    figure = '<a href="?verdict=any_{}"><span class="figure">{}</span>'
    assert figure.format("tune", 1) in page
    assert figure.format("rebuild", 1) in page
    assert figure.format("stop", 0) in page
    assert "0 of 3 shown" in page


def test_htmx_gets_the_table_alone(client: Client) -> None:
    response = client.get(reverse("portfolio"), headers={"HX-Request": "true"})

    page = response.content.decode().strip()
    assert page.startswith('<div id="table">')
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("more", [0, 1, 3])
def test_queries_do_not_grow_with_the_list(
    cast: Cast,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    for number in range(more):
        add(cast, f"Labelling {number}")

    with django_assert_num_queries(QUERIES):
        assert len(rows(get(client))) == 2 + more
