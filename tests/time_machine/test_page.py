"""The page of a portfolio on another day."""

import re
from datetime import date
from typing import Any

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import DjangoAssertNumQueries

from audits.frameworks.loading import loader
from audits.frameworks.loading.cases import published_cases
from audits.models import Audit, Organization, Team, User
from audits.plain_forms import plain_fields
from audits.portfolio_filter import read_filter
from audits.services.demo.demo import HEAD
from audits.time_machine.forms import TravelForm
from tests.casting import CANARY, Cast, register
from tests.examples import thorough
from tests.loaded_demo import DEMO
from tests.pages import elements_of, html_of
from tests.proved import save_proved
from tests.scoring.worked_cases import TRAINING_CASE

# Session, person, membership; the teams of the filter, with the state of the inboxes;
# the state of the portfolio and its entries.
QUERIES = 6
_GENIE = next(c["facts"] for c in published_cases() if c["id"] == "cosine_genie")
# Turns from training to a prompt on 6 August 2024.
FORMAT_CASE = {
    question: answer
    for question, answer in _GENIE.items()
    if question in loader.current().answerable
}


@pytest.fixture
def demo(db: None) -> Client:
    DEMO.put()
    client = Client()
    client.force_login(User.objects.get(email=HEAD.email))
    return client


def page_of(client: Client, **query: Any) -> str:
    response = client.get(reverse("time_machine"), query)
    assert response.status_code == 200
    main = html_of(response).split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", main)


@pytest.mark.once
@pytest.mark.parametrize("query", ["", "on=2024-03-01&version=fine_tuning/1"])
def test_plain_fields_are_drawn_as_crispy_forms_draws_them(
    cast: Cast, query: str
) -> None:
    given = QueryDict(query)
    with scope(organization=cast.ours.organization):
        form = TravelForm(read_filter(given), timezone.localdate(), given)
        plain = plain_fields(form)
        values = {"fields": plain, "prefix": "id"}
        ours = render_to_string("components/site/plain_fields.html", values)
        theirs = "".join(as_crispy_field(field) for field in form)

    assert {"on", "team"} <= {field.name for field in plain}
    assert elements_of(ours) == elements_of(theirs)


def words_in(drawing: str) -> set[str]:
    return {words.strip() for words in re.findall(r"<text[^>]*>([^<]+)<", drawing)}


def add(cast: Cast, name: str, answers: dict[str, Any] = TRAINING_CASE) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audit = register(tenant.organization, tenant.contributor, tenant.team, name)
        measured = loader.current().measurements & answers.keys()
        save_proved(
            audit=audit,
            by=tenant.contributor,
            answers=answers,
            levels=dict.fromkeys(measured, "documented"),
        )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.thorough
@pytest.mark.once
def test_title_is_the_finding_over_the_published_cases(demo: Client) -> None:
    page = page_of(demo, on="2022-12-01")

    title = page.split("<h1>")[1].split("</h1>")[0]
    assert "The market changed 5 of 47 verdicts since January 2022." in title
    assert "Fine-tune, now or later: 12 in January 2022, 11 today." in page
    said = "What changed verdicts: largest context window, prompt caching"
    assert f">{said} and 1 more</h2>" in page  # one more is no finding
    assert "rose most" not in page
    assert (
        "The same answers, assessed as of 1 December 2022: 12 of 47 use cases get "
        "“Fine-tune, now or later”." in page
    )
    assert "Stored verdicts do not change." in page
    # Without a day it opens today, with all that the title counts.
    opened = page_of(demo)
    assert f'value="{timezone.localdate()}"' in opened
    assert "assessed as of" not in opened
    assert "5 verdicts changed from 1 January 2022 to " in opened


@pytest.mark.thorough
@pytest.mark.once
def test_every_flip_is_told_with_its_cause_and_its_source(demo: Client) -> None:
    page = page_of(demo, on="2022-12-01")

    said = "An announced end counts from a year before its day, even if it was"
    assert said in " ".join(page.split())

    assert "5 verdicts changed from 1 December 2022" in page
    rows = page.split('id="flips"')[1].split('id="ending"')[0].split("<tr>")[2:]
    assert len(rows) == 5
    for row in rows:
        assert re.search(
            r"(Largest context window|Enforced output|Prompt caching)", row
        )
        sure = "(Confirmed|Not confirmed)"
        assert re.search(rf'{sure}:\s+<a href="https://[^"]+">[^<]+</a></span>', row)
    query = next(row for row in rows if "Autonomous coding agent" in row)
    assert "6 August 2024" in query
    assert query.index("Fine-tune") < query.index("Stop")
    assert "Enforced output formats: since 6 August 2024" in query


@pytest.mark.thorough
@pytest.mark.once
def test_days_between_which_nothing_flipped_say_so(demo: Client) -> None:
    page = page_of(demo, on="2025-01-01")

    assert "No verdict changed from 1 January 2025" in page
    assert "assessed as of 1 January 2025: 11 of 47 use cases get" in page
    assert "Fine-tune, now or later: 12 in January 2022, 11 today." in page


@pytest.mark.once
def test_today_and_days_ahead_have_their_own_words(demo: Client) -> None:
    today = timezone.localdate()
    ahead = date(today.year + 1, today.month, 1)

    said = "Fine-tune, now or later: 12 in January 2022, 11 today."
    now, later = page_of(demo, on=str(today)), page_of(demo, on=str(ahead))
    assert said in now
    assert said in later
    assert "assessed as of" not in now
    assert (
        "With the changes announced so far, 11 of 47 use cases get “Fine-tune, now or "
        f"later” on 1 {ahead:%B %Y}." in later
    )


@pytest.mark.thorough
@pytest.mark.once
def test_chart_says_in_words_and_in_tables_what_it_draws(demo: Client) -> None:
    page = page_of(demo)

    assert page.count('role="img"') == 2
    assert "Of 47 use cases, from January 2022" in page
    assert "Fine-tune, now or later from 12 to 11" in page
    tables = page.split("<details>")[1].split("</details>")[0]
    assert '<th scope="row">1 Jan 2022</th><td class="num">12</td>' in tables
    assert "10,000,000 tokens" in tables
    assert "he vendor’s claim" in tables
    assert tables.count("the day is from memory") > 5
    assert "Confirmed · The day is from memory" not in tables
    assert (
        tables.count('<td class="wide"><a href=') + tables.count('<td class="wide">')
        >= 8 + 11
    )


@pytest.mark.thorough
@pytest.mark.once
def test_models_have_the_names_that_people_know(demo: Client) -> None:
    page = page_of(demo)

    wide, narrow = page.split('class="plot plot-')[1:3]
    assert "GPT-4, 32k" in words_in(wide)
    assert {"Llama 4 Scout 10m", "GPT-4 Turbo $15"} <= words_in(wide)
    assert {"10m", "$37.50"} <= words_in(narrow)
    for api_name in ("gpt-4-", "llama-4", "claude-2", "gemini-1.5", "gpt-4o-2024"):
        assert api_name not in page


@pytest.mark.thorough
@pytest.mark.once
def test_picture_says_what_the_market_changed_and_on_which_days(demo: Client) -> None:
    page = page_of(demo)

    assert "The market changed 5 of 47 verdicts since January 2022." in page
    wide, narrow = map(words_in, page.split('class="plot plot-')[1:3])
    arrows = set(re.findall(r", arrow (\d+)</span>", page))
    assert arrows
    assert arrows <= wide & narrow
    rows = page.split("Days on which verdicts changed")[1].split("</table>")[0]
    numbers = re.findall(r'data-label="Verdicts">(\d+)<', rows)
    assert sum(map(int, numbers)) == 5
    assert "6 Aug 2024" in rows


@pytest.mark.thorough
@pytest.mark.once
def test_key_leaves_out_what_no_use_case_is_today(demo: Client) -> None:
    key = page_of(demo).split("key show-sm")[1].split("</ul>")[0]

    assert "Fine-tune, now or later 11" in key
    assert not re.search(r" 0</span>", key)


@pytest.mark.thorough
@pytest.mark.once
def test_announced_changes_are_told_with_their_sources(demo: Client) -> None:
    page = page_of(demo)

    assert "No announced market change alters a verdict within a year." in page
    coming = page.split('id="coming"')[1]
    first, _, later = coming.partition("<details>")
    assert first.count('<th scope="row">') == 5
    assert later.count('<th scope="row">') > 0
    assert "OpenAI" in coming


@pytest.mark.thorough
@pytest.mark.once
def test_both_readings_of_the_day_are_shown_with_their_sources(demo: Client) -> None:
    page = page_of(demo, on="2022-12-01")

    readings = page.split('id="readings"')[1].split('id="coming"')[0]
    assert re.search(
        r"In \d+ of 47 use cases, at least one answer assumes something that ", readings
    )
    assert "Only that day’s prices and windows" in readings
    assert "With the models of that day" in readings
    rows = re.findall(r'"num">(\d+)</td><td class="num">(\d+)</td>', readings)
    assert [sum(int(row[side]) for row in rows) for side in (0, 1)] == [47, 47]
    assert "OpenAI GPT-4o, August 2024" in readings
    assert "88.7%" in readings
    assert 'id="readings"' not in page_of(demo, on=str(timezone.localdate()))


@pytest.mark.thorough
def test_no_stored_verdict_is_touched(demo: Client) -> None:
    fields = [field.attname for field in Audit._meta.concrete_fields]
    with scopes_disabled():
        before = list(Audit.objects.order_by("pk").values_list(*fields))
    for day in ("2022-01-01", "2024-08-06", "2027-01-14"):
        page_of(demo, on=day)

    with scopes_disabled():
        assert list(Audit.objects.order_by("pk").values_list(*fields)) == before


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("2021-12-31", "Choose a day from 1 January 2022"),
        ("2999-01-01", "Choose a day from 1 January 2022"),
        ("yesterday", "Enter a valid date."),
    ],
)
def test_day_out_of_reach_is_refused_and_today_is_shown(
    demo: Client, given: str, message: str
) -> None:
    page = page_of(demo, on=given)

    assert message in page
    assert "assessed as of" not in page
    assert f"{timezone.localdate():%-d %B %Y}</span>" in page.partition("slider-day")[2]
    assert "12 in January 2022, 11 today." in page


@pytest.mark.thorough
@pytest.mark.once
def test_quarters_are_links_that_keep_the_team(demo: Client) -> None:
    with scopes_disabled():
        team = Team.objects.order_by("pk")[0]
    page = page_of(demo, on="2024-10-01", team=team.public_id)

    assert (
        f'<a href="?on=2024-10-01&amp;team={team.public_id}" aria-current="true">'
        in page
    )
    assert f'<a href="?on=2022-01-01&amp;team={team.public_id}">' in page


@pytest.mark.on_both
def test_filter_of_the_portfolio_narrows_and_stays(cast: Cast) -> None:
    add(cast, "Northgate planned")
    add(cast, "Northgate format", FORMAT_CASE)
    client = signed_in(cast.ours.contributor)
    portfolio = html_of(client.get(reverse("portfolio"), {"q": "format"}))
    assert f'href="{reverse("time_machine")}?q=format"' in portfolio

    page = page_of(client, q="format", on="2022-12-01")

    assert "1 of 1 use case" in page
    assert "Northgate planned" not in page
    assert "Filtered like the portfolio (Name, person or verdict: format)." in page
    assert '<input type="hidden" name="q" value="format">' in page
    assert '<a href="?on=2022-01-01&amp;q=format">' in page


@pytest.mark.thorough
def test_team_narrows_everything(cast: Cast) -> None:
    add(cast, "Ours")
    with scope(organization=cast.ours.organization):
        other = Team.objects.create(organization=cast.ours.organization, name="Other")
    client = signed_in(cast.ours.contributor)

    ours = {"team": cast.ours.team.public_id, "on": "2022-12-01"}
    assert "1 of 2 use cases" in page_of(client, **ours)
    misspelt = page_of(client, team="Clams")
    assert "There is no team “Clams”.</bdi> This page leaves that" in misspelt
    page = page_of(client, team=other.public_id)
    assert "No use cases match." in page
    assert "<svg xmlns" not in page


def test_draft_without_answers_is_left_out_and_counted(cast: Cast) -> None:
    page = page_of(signed_in(cast.ours.contributor))

    assert "The market changed none of 1 verdict since January 2022." in page
    assert "1 more use case could not be re-scored: no answers yet." in page


@pytest.mark.once
def test_portfolio_without_use_cases_says_what_to_do(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        Audit.objects.all().delete()

    page = page_of(signed_in(cast.ours.contributor))
    assert "No use cases yet." in page
    assert "Add the first one" in page


@pytest.mark.on_both
def test_counts_and_chart_are_of_the_own_organization_only(cast: Cast) -> None:
    ours, theirs = (
        signed_in(cast.ours.contributor),
        signed_in(cast.theirs.contributor),
    )
    before = page_of(ours, on="2022-12-01")

    tenant = cast.theirs
    with scope(organization=tenant.organization):
        for number in range(7):
            audit = register(
                tenant.organization,
                tenant.contributor,
                tenant.team,
                f"{CANARY} {number}",
            )
            save_proved(audit=audit, by=tenant.contributor)

    assert "7 of 8 use cases" in page_of(theirs, on="2022-12-01")
    assert page_of(ours, on="2022-12-01") == before
    assert CANARY not in page_of(ours, team=tenant.team.public_id)


@pytest.mark.once
@pytest.mark.parametrize("more", [1, 3, thorough(300)])
def test_queries_do_not_grow_with_the_portfolio(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    for number in range(more):
        add(cast, f"Case {number}", TRAINING_CASE if number % 2 else FORMAT_CASE)
    client = signed_in(cast.ours.contributor)
    page_of(client, on="2022-12-01")  # the inbox is counted

    with django_assert_num_queries(QUERIES):
        page = page_of(client, on="2022-12-01")
    assert f"of {more + 1} use cases" in page
    assert f"{(more + 1) // 2} verdict" in page


@pytest.mark.thorough
@pytest.mark.once
def test_page_agrees_with_the_stored_verdicts(demo: Client) -> None:
    organization = Organization.objects.get(slug="demo")
    with scope(organization=organization):
        tuned = Audit.objects.filter(
            verdict__in=("fine_tune", "fine_tune_after_mlops")
        ).count()

    assert f"in January 2022, {tuned} today." in page_of(demo)
