"""Columns that are chosen, in the table, its files and a saved view."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Cover, PortfolioRow, Role, SavedView, User
from audits.portfolio.columns.listed import IN_FILES
from audits.portfolio.shown import chosen_columns, file_columns, picks, table_columns
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.portfolio_pages import names, page
from tests.portfolio.rows_made import make_rows


def heads_of(said: str) -> list[str]:
    """Return the heads of the table of use cases."""
    head = said.partition('id="table"')[2].partition("<thead>")[2]
    return re.findall(r'id="sort-([\w-]+)"', head.partition("</thead>")[0])


def with_people(cast: Cast) -> None:
    """Make A to D with owners and sponsors, of whom one row has none."""
    with scope(organization=cast.ours.organization):
        cast.ours.submitted.use_case.delete()
        cast.ours.draft.use_case.delete()
    with scope(organization=cast.ours.organization):
        User.objects.filter(pk=cast.ours.contributor.pk).update(name="Bea")
        other = cast.ours.people[Role.REVIEWER]
        User.objects.filter(pk=other.pk).update(name="", email="Ada@example.com")
        for name, owner, sponsor in (
            ("A", cast.ours.contributor, "Zoe Roth"),
            ("B", other, "Ines Roth"),
            ("C", cast.ours.contributor, None),
            ("D", other, ""),
        ):
            [row] = make_rows(cast.ours, 1, name=name, provider=f"P{name}")
            PortfolioRow.objects.filter(pk=row.pk).update(owner=owner)
            if sponsor is not None:
                Cover.objects.create(
                    organization=cast.ours.organization,
                    audit=row.audit,
                    sponsor=sponsor,
                    sponsor_agreed_on=date(2026, 2, 3) if name == "B" else None,
                )


@pytest.mark.on_both
def test_people_sort_by_their_names_and_who_is_missing_comes_last(
    cast: Cast, client: Client
) -> None:
    with_people(cast)

    orders = {
        sort: "".join(names(page(client, sort=sort)))
        for sort in ("owner", "-owner", "sponsor", "-sponsor", "provider")
    }

    assert orders == {
        "owner": "BDAC",
        "-owner": "CADB",
        "sponsor": "BACD",
        "-sponsor": "ABDC",
        "provider": "ABCD",
    }
    said = page(client, columns="sponsor", sort="sponsor")
    assert heads_of(said) == ["name", "team", "sponsor"]
    assert "<bdi>Ines Roth</bdi>" in said
    assert 'data-label="Sponsor"' in said
    response: Any = client.get(reverse("portfolio_csv"), {"sort": "sponsor"})
    rows = csv.DictReader(
        io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))
    )
    people = [(r["Owner"], r["Sponsor, as the author names them"]) for r in rows]
    assert people[:2] == [("Ada@example.com", "Ines Roth"), ("Bea", "Zoe Roth")]
    listed: Any = client.get(reverse("portfolio_json"), {"sort": "sponsor"})
    found = json.loads(b"".join(listed.streaming_content))["use_cases"]
    assert [x["sponsor_agreed_on"] for x in found] == ["2026-02-03", None, None, None]


@pytest.mark.thorough
def test_chosen_columns_are_in_the_table_its_files_and_the_saved_view(
    cast: Cast, client: Client
) -> None:
    make_rows(cast.ours, 2, name="Lanes", spend=Decimal(900), due_on=date(2099, 1, 1))
    query = "columns=spend&columns=due_on&columns=none_of_ours&q=Lanes"

    said = html_of(client.get(f"{reverse('portfolio')}?{query}"))

    assert heads_of(said) == ["name", "team", "current-plan", "next-date", "owner"]
    kept = "?q=Lanes&columns=spend&columns=due_on"
    assert f'{reverse("portfolio_csv")}{kept}"' in said.replace("&amp;", "&")
    form = said.partition('id="filters"')[2].partition("</form>")[0]
    assert re.findall(r'name="columns" value="(\w+)"', form) == ["spend", "due_on"]
    ticked = re.findall(r'id="column-(\w+)"[^>]*checked', said)
    assert ticked == ["spend", "due_on"]
    file: Any = client.get(reverse("portfolio_csv") + kept)
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Reference,Use case,Team,Current plan is,Running (US")
    assert lines[0].endswith("Owner,Next date,Next date is for")
    json: Any = client.get(reverse("portfolio_json") + kept)
    assert '"saving"' not in b"".join(json.streaming_content).decode()
    client.post(reverse("saved_views") + kept, {"name": "Money"})
    with scope(organization=cast.ours.organization):
        assert SavedView.objects.get(name="Money").query == kept.removeprefix("?")


@pytest.mark.once
def test_usual_columns_are_no_choice_and_files_then_have_everything() -> None:
    usual = [shown.column.key for shown in table_columns()[1:]]
    query = QueryDict("&".join(f"columns={key}" for key in usual))

    assert chosen_columns(query) == ()
    assert file_columns() == IN_FILES
    assert [pick.key for pick in picks(()) if pick.is_chosen] == usual
    assert {pick.key for pick in picks(())} - {*usual} == {
        "provider",
        "sponsor",
        "submitted_on",
    }
    assert "sponsor" not in {c.key for c in file_columns(("spend",))}
