import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.landscape.in_force import current
from audits.landscape.price_age import price_age
from audits.models import Audit, PortfolioRow, Snapshot, Stage, Team
from tests.casting import Cast
from tests.examples import thorough
from tests.pages import html_of
from tests.portfolio.portfolio_pages import block, names, page
from tests.portfolio.rows_made import make_rows

# Session, person, membership; teams, owners and tags of the filter; counts and sums;
# rows, decisions, who signs them, months, saved views; the inbox's count. A filter
# counts its rows too.
QUERIES, FILTERED = 12, 13
COUNTING = 4  # one more export of the member: a transaction, a read, a write


def test_table_lists_every_use_case_rebuild_before_what_is_not_scored(
    client: Client,
) -> None:
    assert names(page(client)) == ["Northgate handbook", "Northgate triage"]


@pytest.mark.thorough
@pytest.mark.once
def test_provisional_verdict_asks_for_answers_and_for_no_decision(
    cast: Cast, client: Client
) -> None:
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(audit=cast.ours.submitted)
        rows.update(ask="Agree to it", is_provisional=False)
        complete = block(page(client), "dec")
        rows.update(is_provisional=True)

    provisional = page(client)

    assert "Agree to it" in complete
    assert "Agree to it" not in provisional
    assert "None of these use cases is ready for a sign-off." in block(
        provisional, "dec"
    )
    owner = "With its owner since today: Northgate contributor"
    said = f"More answers are needed. No date set {owner}"
    assert said in block(provisional, "not-ready")
    make_rows(cast.ours, 1, spend=Decimal(900), stage="live")
    assert "Asked: not priced" in block(page(client), "not-ready")
    with scope(organization=cast.ours.organization):
        rows.update(asked=Decimal(22_162), asked_said="")
    said = "$22,162 once ready"
    assert said in block(page(client), "not-ready")


@pytest.mark.once
def test_blocks_stand_in_the_order_in_which_a_leader_reads(
    cast: Cast, client: Client
) -> None:
    make_rows(cast.ours, 3)

    said = page(client)

    places = [said.index(f'id="{name}"') for name in ("dec", "figs", "tab", "mon")]
    assert places == sorted(places)
    assert " of 5 use cases need a reviewer’s decision" in said
    assert "of <bdi>Northgate Mutual</bdi></span>." in said
    assert "Counts include only what you are allowed to see" in said


def test_row_says_what_waits_for_a_sign_off(cast: Cast, client: Client) -> None:
    make_rows(cast.ours, 1, name="Open", verdict="rag", state="draft")
    review = {"verdict": "rag", "state": "in_review"}
    make_rows(cast.ours, 1, name="Sent", **review)
    make_rows(cast.ours, 1, name="Lacks", is_provisional=True, **review)
    make_rows(cast.ours, 1, name="Signed", verdict="rag", state="signed_off")

    rows = page(client).partition("<tbody>")[2].split("<tr>")
    status = re.compile(r">(Draft|In review|Not ready)<")
    said = {
        name: status.findall(row)
        for name in ("Open", "Sent", "Lacks", "Signed")
        for row in rows
        if f">{name}<" in row
    }

    assert said == {
        "Open": ["Draft"],
        "Sent": ["In review"],
        "Lacks": ["Not ready"],
        "Signed": [],
    }


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("saving", "said"),
    [
        (Decimal(-12_603), "$90 a loss later"),
        (Decimal(500), "$90"),
        (Decimal(0), "$90 none later"),
        (None, "Not compared"),
    ],
)
def test_saving_says_when_following_the_verdict_costs_more(
    cast: Cast, client: Client, saving: Decimal | None, said: str
) -> None:
    cost = None if saving is None else 20_000 - saving
    more = {"stage": "live", "spend": Decimal(20_000), "cost": cost}
    more |= {"saving_year": Decimal(90)}
    make_rows(cast.ours, 1, name="Lanes", saving=saving, **more)

    row = page(client).partition("<tbody>")[2].partition(">Lanes<")[2]
    cell = row.partition('data-label="Saving, 12 months')[2]
    cell = cell.partition("</td>")[0]

    words = strip_tags(cell.partition(">")[2].replace("<", " <"))
    assert " ".join(words.split()) == said


@pytest.mark.thorough
def test_figures_count_all_and_link_to_their_lists(cast: Cast, client: Client) -> None:
    make_rows(cast.ours, 2, stage=Stage.LIVE, state=Audit.State.SIGNED_OFF)
    make_rows(cast.ours, 1, stage=Stage.STOPPED, state=Audit.State.SIGNED_OFF)

    said = page(client)

    found = re.findall(r'href="(\?[^"]*)#tab"><span class="figure">(\d+)<', said)
    assert found == [
        ("?state=draft", "1"),
        ("?state=in_review", "1"),
        ("?state=signed_off", "3"),
        ("?stage=live", "2"),
        ("?stage=stopped", "1"),
    ]
    for query, count in found:
        field, _, value = query[1:].partition("=")
        assert len(names(page(client, **{field: value}))) == int(count)
    assert "5 of 5 match" in said
    both = "Drafts, those in review and those signed off add up to all use cases"
    assert both in " ".join(said.split())


def counted_before(cast: Cast, ago: timedelta, **states: int) -> date:
    """Count these states, and one live, so long before this month; return the day."""
    before = timezone.localdate().replace(day=1) - ago
    with scope(organization=cast.ours.organization):
        Snapshot.objects.create(
            organization=cast.ours.organization,
            month=before.replace(day=1),
            taken_on=before,
            use_cases=2,
            verdicts={"": 2},
            states=states,
            stages={"live": 1},
        )
    return before


def test_figures_tell_how_they_moved_since_last_month(
    cast: Cast, client: Client
) -> None:
    before = counted_before(cast, timedelta(days=1), draft=2, in_review=1)

    figures = block(page(client), "figs")

    month = f"{before:%B}"
    assert f"{before.year}" not in figures
    assert f"1 draft, 1 fewer than in {month}" in figures
    assert f"1 in review, as in {month}" in figures
    assert f"0 live (of the 2), 1 fewer than in {month}" in figures
    assert f"0 signed off, as in {month}" in figures


def test_figures_of_the_state_add_up_to_all(cast: Cast, client: Client) -> None:
    make_rows(cast.ours, 3, state=Audit.State.SIGNED_OFF)

    found = page(client)

    figures = block(found, "figs")
    assert [f"{x}" in figures for x in ("1 draft", "1 in review", "3 signed off")] == [
        *(True, True, True)
    ]
    assert "of 5 use cases" in " ".join(strip_tags(found).split())


def test_figures_say_which_lists_have_a_part_of_them(
    cast: Cast, client: Client
) -> None:
    make_rows(cast.ours, 2, state=Audit.State.SIGNED_OFF)
    make_rows(cast.ours, 1, state=Audit.State.SIGNED_OFF, board_state="open")
    make_rows(cast.ours, 2, state=Audit.State.IN_REVIEW, is_provisional=True)

    figures = block(page(client), "figs")

    assert "3 signed off (1 to carry out)" in figures
    assert "3 in review (2 need answers)" in figures


@pytest.mark.once
def test_month_of_another_year_is_told_with_its_year(
    cast: Cast, client: Client
) -> None:
    before = counted_before(cast, timedelta(days=700), draft=1)

    said = f"1 draft, as in {before:%B %Y}"
    assert said in block(page(client), "figs")


@pytest.mark.thorough
@pytest.mark.once
def test_row_says_what_is_not_stated_and_when_something_is_overdue(
    cast: Cast, client: Client
) -> None:
    cause = "gpt-4o retires on 2 February 2027"
    fields = {"due_on": date(2001, 2, 3), "review_cause": cause}
    money = {"spend": None, "saving": Decimal(0), "saving_year": Decimal(0)}
    make_rows(cast.ours, 1, name="Lanes", stage="live", **money, **fields)

    said = page(client, q="Lanes")

    table = said.partition("<tbody>")[2].partition("</tbody>")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", table).split())
    date_cell = "Decide 3 Feb 2001 : overdue Northgate contributor"
    assert f"Plan not priced None {date_cell} Review due : why {cause}" in words
    # Without that column, the name has it.
    assert "Review due" in page(client, q="Lanes", columns="stage")
    # What has stopped is reviewed before it goes on, and not by a day.
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.filter(name="Lanes").update(stage=Stage.STOPPED)
    stopped = re.sub(r"<[^>]+>", " ", page(client, q="Lanes"))
    assert f"Review due before it resumes : why {cause}" in " ".join(stopped.split())


def test_htmx_gets_what_a_filter_changes_without_the_form(client: Client) -> None:
    response = client.get(reverse("portfolio"), headers={"HX-Request": "true"})

    said = html_of(response).strip()
    assert said.startswith('<div id="table">')
    assert 'id="filters"' not in said
    moved = re.findall(r'<\w+ id="(\w+)"[^>]* hx-swap-oob="true"', said)
    assert moved == ["lead", "above", "below"]
    assert "hx-swap-oob" not in page(client)
    assert "HX-Request" in response["Vary"]


@pytest.mark.on_both
def test_table_is_shown_a_page_at_a_time_and_keeps_its_filter(
    cast: Cast, client: Client
) -> None:
    make_rows(cast.ours, 60)

    first = page(client, sort="name", q="case")
    assert (len(names(first)), names(first)[0]) == (12, "Case 00003")
    assert "?sort=name&amp;q=case&amp;page=2" in first
    assert "Show the next 12" in first
    second = page(client, sort="name", q="case", page="2")
    assert (len(names(second)), names(second)[0]) == (12, "Case 00015")
    assert "Show the previous 12" in second
    assert len(names(page(client, rows="9000"))) == 12
    last = page(client, sort="name", q="case", page="99")
    assert names(last)[-1] == "Case 00062"
    assert "Page 5 of 5" in last
    # The last but one names how few are left, and a page may have more.
    fifth = page(client, page="5")
    assert ("Show the next 2" in fifth, "Show the next 12" in fifth) == (True, False)
    assert "?sort=name&amp;q=case&amp;rows=25#tab" in second
    many = page(client, sort="name", q="case", rows="25", page="2")
    assert (len(names(many)), names(many)[0]) == (25, "Case 00028")
    assert 'name="rows" value="25"' in many
    assert "Show the next 10" in many
    assert "25 a page" not in many


@pytest.mark.thorough
def test_team_page_is_the_same_for_one_team(cast: Cast, client: Client) -> None:
    with scope(organization=cast.ours.organization):
        other = Team.objects.create(organization=cast.ours.organization, name="Search")
    make_rows(cast.ours, 4, team=other, stage=Stage.LIVE)

    said = html_of(client.get(reverse("team", args=[other.public_id])))

    assert sorted(names(said)) == [f"Case {number:05}" for number in (3, 4, 5, 6)]
    assert "1 of 4 use cases needs a reviewer’s decision" in " ".join(said.split())
    assert 'href="?stage=live#tab"><span class="figure">4<' in said
    assert f"{reverse('portfolio_csv')}?team={other.public_id}" in said
    assert '<select name="team"' not in said
    filtered = client.get(reverse("team", args=[other.public_id]), {"q": "00004"})
    assert names(html_of(filtered)) == ["Case 00004"]
    assert "1 of 4 matches" in html_of(filtered)
    away = client.get(
        reverse("team", args=[other.public_id]), {"team": str(cast.ours.team.public_id)}
    )
    assert len(names(html_of(away))) == 4


def cells_of(table: str) -> list[list[str]]:
    """Return what the rows of teams say, without the sum."""
    rows = table.partition('<tr class="sum">')[0].split("<tr>")[1:]
    cells = [re.findall(r">([^<>\n]+)<", row) for row in rows]
    return [[cell.strip() for cell in row if cell.strip()] for row in cells]


def test_teams_are_compared_by_verdict_and_by_money(cast: Cast, client: Client) -> None:
    with scope(organization=cast.ours.organization):
        other = Team.objects.create(organization=cast.ours.organization, name="Search")
    late = {"due_on": date(2001, 1, 1), "at_risk": True, "spend": Decimal(30)}
    late |= {"stage": "live", "year": Decimal(400)}
    make_rows(cast.ours, 2, team=other, verdict="rag", state="in_review", **late)

    said = html_of(client.get(reverse("teams")))

    assert [cells_of(table) for table in said.split("<tbody>")[1:]] == [
        [
            ["Northgate claims", "1", "1", "2", "0", "1"],
            ["Search", "2", "0", "2", "2", "2"],
        ],
        [["Northgate claims", "None", "None"], ["Search", *("$60", "$800") * 2]],
    ]
    assert "3 of 3 submitted verdicts are against training, in 2 of 2 teams." in said
    counted = "“Against training” counts only verdicts to stop training, or to use a"
    assert counted in " ".join(said.split())


# A lock, the last line and the new one; around them a savepoint, and how long to wait.
RECORDED = 3 + 2 + (3 if connection.vendor == "sqlite" else 1)


# A locked count and its new value, in a savepoint, once the hour has begun.
COUNTED = 4


@pytest.mark.once
@pytest.mark.parametrize("number", [thorough(1), 3, thorough(300)])
def test_queries_do_not_grow_with_the_list(
    cast: Cast,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    make_rows(cast.ours, number)
    page(client)  # the inbox is counted

    with django_assert_num_queries(QUERIES):
        page(client)
    # One use case alone is a draft, so that nobody is asked for who could sign it off.
    with django_assert_num_queries(FILTERED - (number == 1)):
        page(
            client, q="Case", sort="-spend", owner=str(cast.ours.contributor.public_id)
        )
    with django_assert_num_queries(QUERIES + 1):  # and the team
        client.get(reverse("team", args=[cast.ours.team.public_id]))
    with django_assert_num_queries(6):
        client.get(reverse("teams"))
    client.get(reverse("portfolio_csv"))  # begins the hour in which they count
    for name in ("portfolio_csv", "portfolio_json", "portfolio_xlsx"):
        with django_assert_num_queries(5 + RECORDED + COUNTED):
            b"".join(client.get(reverse(name)).streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("route", ["portfolio", "teams"])
def test_page_says_how_old_the_newest_prices_are(client: Client, route: str) -> None:
    text = html_of(client.get(reverse(route)))

    age = price_age(current().prices_checked, timezone.localdate())
    assert f'<span class="price-age price-age-{age.grade}">{age.words}</span>' in text
