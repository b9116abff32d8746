"""One box that finds use cases, teams, questions and technical words."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, PortfolioRow, Role
from audits.search.views import MOST
from audits.services.papers.covers import save_cover
from tests.casting import Cast
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows

QUESTION = current().questions[0]
TERM = current().glossary[0]


def found(client: Client, words: str) -> dict[str, list[str]]:
    """Return the addresses that a search lists, by heading."""
    page = html_of(client.get(reverse("search"), {"q": words}))
    main = page[page.index('id="main"') : page.index("</main>")]
    return {
        heading: re.findall(r'href="([^"]+)"', part)
        for heading, part in re.findall(
            r'<h2 class="h3" id="[^"]+">([^<]+)</h2>(.*?)</section>', main, re.S
        )
    }


@pytest.mark.on_both
def test_use_case_is_found_by_part_of_its_name_and_by_its_number(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    leads = {"Use cases": [reverse("result", args=[audit.pk])]}

    assert found(client, "gate handboo") == leads
    assert found(client, audit.use_case.reference.lower()) == leads


@pytest.mark.on_both
def test_use_cases_of_a_sponsor_are_found_here_and_in_the_portfolio(
    cast: Cast, client: Client
) -> None:
    audit, by = cast.ours.submitted, cast.ours.contributor
    with scope(organization=cast.ours.organization):
        save_cover(audit=audit, by=by, fields={"sponsor": "Karin Solberg"})

    leads = {"Use cases": [reverse("result", args=[audit.pk])]}
    assert found(client, "karin sol") == leads
    shown = html_of(client.get(reverse("search"), {"q": "Solberg"}))
    assert "Sponsor: <bdi>Karin Solberg</bdi>" in " ".join(shown.split())
    portfolio = html_of(client.get(reverse("portfolio"), {"q": "Karin Solberg"}))
    assert "1 of 2 use cases" in " ".join(portfolio.split())


@pytest.mark.on_both
def test_use_cases_of_a_team_are_found_with_a_sponsor_and_without(
    cast: Cast, client: Client
) -> None:
    by = cast.ours.contributor
    with scope(organization=cast.ours.organization):
        cast.ours.team.name = "Claims and recoveries"
        cast.ours.team.save()
        rows = list(PortfolioRow.objects.order_by("name", "pk"))
        save_cover(audit=rows[0].audit, by=by, fields={"sponsor": "Ada, Claims"})

    leads = [reverse("result", args=[row.audit_id]) for row in rows]
    assert found(client, "claims AND reco")["Use cases"] == leads
    portfolio = html_of(client.get(reverse("portfolio"), {"q": "recoveries"}))
    assert "2 of 2 use cases" in " ".join(portfolio.split())


@pytest.mark.on_both
def test_use_case_is_found_by_its_verdict_and_by_its_owner(
    cast: Cast, client: Client
) -> None:
    audit, name = cast.ours.submitted, current().verdicts["stop_fine_tuning"].name
    owner = cast.ours.people[Role.VIEWER]
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(audit=audit)
        rows.update(verdict="stop_fine_tuning", comes_first="", owner=owner)
    leads = [reverse("result", args=[audit.pk])]
    portfolio = reverse("portfolio")

    by_verdict = found(client, name.lower().replace("-", " "))
    by_owner = found(client, str(owner).upper())

    of_verdict = f"{portfolio}?verdict=stop_fine_tuning#tab"
    of_owner = f"{portfolio}?owner={owner.public_id}#tab"
    assert by_verdict == {"In the portfolio": [of_verdict], "Use cases": leads}
    assert by_owner == {"In the portfolio": [of_owner], "Use cases": leads}
    for address in (of_verdict, of_owner):
        shown = html_of(client.get(address.partition("#")[0]))
        assert "1 of 2 use cases" in " ".join(shown.split())


@pytest.mark.on_both
def test_verdict_is_not_found_where_something_comes_before_it(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(audit=audit)
        rows.update(verdict="stop_fine_tuning", comes_first="Clear the rights first")

    assert "Use cases" not in found(client, "stop fine-tuning")
    assert found(client, "clear the rights")["Use cases"] == [
        reverse("result", args=[audit.pk])
    ]


def test_nobody_of_another_organization_is_found(cast: Cast, client: Client) -> None:
    theirs, ours = cast.theirs.contributor, cast.ours.contributor

    assert found(client, str(theirs)) == {}
    assert str(ours.public_id) in str(found(client, str(ours)))
    # Who owns no use case is not told either.
    assert found(client, str(cast.ours.people[Role.ADMIN])) == {}


def test_use_case_is_found_by_words_of_what_it_does(cast: Cast, client: Client) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        audit.use_case.summary = "Answers letters of pensioners."
        audit.use_case.save()

    leads = {"Use cases": [reverse("result", args=[audit.pk])]}
    assert found(client, "pensioner") == leads


@pytest.mark.on_both
def test_nothing_of_another_organization_is_found(cast: Cast, client: Client) -> None:
    with scope(organization=cast.theirs.organization):
        theirs = Audit.objects.select_related("use_case__team").get(
            pk=cast.theirs.submitted.pk
        )

    assert found(client, theirs.use_case.name) == {}
    assert found(client, str(theirs.use_case.team)) == {}


def test_team_leads_to_its_page(cast: Cast, client: Client) -> None:
    team = cast.ours.team

    assert found(client, team.name)["Teams"] == [reverse("team", args=[team.public_id])]


@pytest.mark.thorough
@pytest.mark.once
def test_question_and_term_lead_to_where_they_are_explained(client: Client) -> None:
    method = html_of(client.get(reverse("method")))

    questions = found(client, QUESTION.text.upper())["Questions"]
    terms = found(client, TERM.term)["Words explained"]

    assert f"{reverse('method')}#q-{QUESTION.id}" in questions
    assert f'<details id="q-{QUESTION.id}">' in method
    explained = html_of(client.get(reverse("words")))
    anchor = terms[0].removeprefix(f"{reverse('words')}#")
    assert f'<dt id="{anchor}">' in explained


@pytest.mark.thorough
def test_first_are_listed_and_all_are_in_the_portfolio(
    cast: Cast, client: Client
) -> None:
    make_rows(cast.ours, MOST + 3)
    with scope(organization=cast.ours.organization):
        PortfolioRow.objects.update(name="Sorting mail")
        number = PortfolioRow.objects.count()

    *listed, everything = found(client, "sorting")["Use cases"]

    assert len(listed) == MOST < number
    assert everything == f"{reverse('portfolio')}?q=sorting"
    assert f"See all {number}" in html_of(client.get(reverse("search"), {"q": "mail"}))


@pytest.mark.once
def test_words_without_a_find_and_too_many_are_told(client: Client) -> None:
    nothing = html_of(client.get(reverse("search"), {"q": "<b>zebra</b>"}))
    long = client.get(reverse("search"), {"q": "x" * 201})

    assert "Nothing has “<bdi>&lt;b&gt;zebra&lt;/b&gt;</bdi>” in it" in nothing
    assert long.status_code == 422
    assert "Use fewer than 200 characters." in html_of(long)
    assert "x" * 201 in html_of(long)
    empty = html_of(client.get(reverse("search")))
    assert "Nothing has" not in empty
    assert re.search(r'<input[^>]* name="q"[^>]* autofocus', empty)
