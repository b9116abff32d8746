from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit, Role, Stage, Team
from audits.services.reviews.drafts.renewals import begin_again
from tests.casting import Cast
from tests.examples import thorough
from tests.outcomes.signed import signed
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.wizard.page_forms import hidden_in


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Claims triage",
        "team": cast.ours.team.public_id,
        "stage": "planned",
        "summary": "Sorts claims by urgency",
        **changes,
    }


def test_register_opens_the_wizard_of_the_new_use_case(
    cast: Cast, client: Client
) -> None:
    response = client.post(reverse("register"), form(cast))

    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(use_case__name="Claims triage")
        assert response["Location"] == reverse("tasks", args=[audit.pk])
        assert audit.use_case.owner == cast.ours.contributor


@pytest.mark.once
def test_form_sets_no_field_that_it_does_not_have(cast: Cast, client: Client) -> None:
    more = {
        "organization": cast.theirs.organization.pk,
        "owner": cast.ours.people[Role.ADMIN].pk,
        "number": 99,
        "state": "signed_off",
        "verdict": "fine_tune",
        "role": "admin",
    }

    client.post(reverse("register"), form(cast, **more))

    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(use_case__name="Claims triage")
        assert audit.use_case.owner == cast.ours.contributor
        assert (audit.state, audit.verdict) == (Audit.State.DRAFT, "")
        assert audit.use_case.number < 99
        own = cast.ours.contributor.memberships.get()
        assert own.role == Role.CONTRIBUTOR
    with scope(organization=cast.theirs.organization):
        assert not Audit.objects.filter(use_case__name="Claims triage").exists()


@pytest.mark.once
def test_each_stage_says_what_it_means_where_it_is_chosen(client: Client) -> None:
    shown = html_of(client.get(reverse("register")))

    for stage in Stage:
        assert f">{stage.label}: {stage.meaning}</option>" in shown


def test_register_founds_a_new_team(cast: Cast, client: Client) -> None:
    client.post(reverse("register"), form(cast, team="", new_team="Fraud"))

    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(use_case__name="Claims triage")
        assert audit.use_case.team.name == "Fraud"


@pytest.mark.once
@pytest.mark.parametrize("typed", ["NORTHGATE claims", "  northgate   CLAIMS "])
def test_team_is_found_in_any_case_and_spacing(
    cast: Cast, client: Client, typed: str
) -> None:
    client.post(reverse("register"), form(cast, team="", new_team=typed))

    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(use_case__name="Claims triage")
        assert audit.use_case.team == cast.ours.team
        assert Team.objects.count() == 1


@pytest.mark.once
@pytest.mark.parametrize("is_meant", [True, False])
def test_team_of_nearly_the_same_name_is_asked_about_once(
    cast: Cast, client: Client, is_meant: bool
) -> None:
    typed = form(cast, team="", new_team="Northgate clams")
    meant = str(cast.ours.team.public_id) if is_meant else "new"

    asked = html_of(client.post(reverse("register"), typed))
    said = typed | {"team_meant": meant}
    response = client.post(reverse("register"), said)

    assert "Did you mean the team “Northgate claims”?" in asked
    assert f'name="team_meant" value="{meant}"' in asked
    assert 'value="Northgate clams"' in asked
    assert response.status_code == 302
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(use_case__name="Claims triage")
        name = "Northgate claims" if is_meant else "Northgate clams"
        assert audit.use_case.team.name == name


@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Enter a name for the use case"),
        ({"summary": ""}, "Enter what the use case does"),
        ({"team": ""}, "Choose a team, or name a new one below"),
        ({"new_team": "Fraud"}, "Choose a team or name a new one, not both"),
        ({"stage": "sold"}, "Select a valid choice"),
        (
            {"name": "x" * 92},
            "Use 80 characters or fewer for the name; it is 12 characters too long",
        ),
        (
            {"summary": "x" * 501},
            "Use 500 characters or fewer for what it does; it is 1 character too long",
        ),
        ({"name": "nul \x00"}, "Some characters cannot be stored"),
    ],
)
def test_unfit_form_is_explained_and_keeps_what_was_typed(
    cast: Cast, client: Client, changes: dict[str, Any], message: str
) -> None:
    posted = form(cast, **changes)

    response = client.post(reverse("register"), posted)

    page = html_of(response)
    assert response.status_code == 200
    assert message in page
    assert "There is a problem" in page
    assert posted["summary"] in page
    with scope(organization=cast.ours.organization):
        assert Audit.objects.count() == 2
        assert Team.objects.count() == 1


@pytest.mark.once
def test_markup_in_a_name_is_text_everywhere(cast: Cast, client: Client) -> None:
    name = "<img src=x onerror=alert(1)>{{ 7|add:7 }}"
    client.post(reverse("register"), form(cast, name=name))

    page = html_of(client.get(reverse("use_cases")))

    assert "&lt;img src=x onerror=alert(1)&gt;{{ 7|add:7 }}" in page
    assert "<img src=x" not in page


@pytest.mark.once
def test_person_without_use_cases_is_shown_the_way(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.people[Role.VIEWER])

    page = html_of(client.get(reverse("use_cases")))

    assert "You have no use cases of your own." in page
    assert "Good to have at hand" in page
    assert reverse("register") not in page


@pytest.mark.thorough
def test_reviewer_without_use_cases_is_told_what_is_in_review(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.people[Role.REVIEWER])

    one = strip_tags(html_of(client.get(reverse("use_cases"))))
    make_rows(cast.ours, 3, state=Audit.State.IN_REVIEW)
    four = strip_tags(html_of(client.get(reverse("use_cases"))))

    of = "Of the use cases of Northgate Mutual,"
    assert f"{of} 1 waits for a sign-off." in " ".join(one.split())
    assert f"{of} 4 wait for a sign-off." in " ".join(four.split())


@pytest.mark.thorough
def test_own_use_cases_are_shown_a_page_at_a_time_what_waits_first(
    cast: Cast, client: Client
) -> None:
    make_rows(cast.ours, 58)

    first = html_of(client.get(reverse("use_cases")))
    second = html_of(client.get(reverse("use_cases") + "?page=2"))

    said = " ".join(strip_tags(first).split())
    assert "19 use cases are signed off." in said
    assert first.count("row-title") == 50
    assert "Page 1 of 2" in first
    assert 'href="?page=2">Next page</a>' in first
    assert second.count("row-title") == 10
    assert '<h2 id="drafts">' in first
    assert '<h2 id="drafts">' not in second


@pytest.mark.thorough
@pytest.mark.parametrize("more", [0, 58])
def test_lead_counts_both_rows_of_a_use_case_that_is_assessed_again(
    cast: Cast, client: Client, more: int
) -> None:
    with scope(organization=cast.ours.organization):
        begin_again(audit=signed(cast.ours), by=cast.ours.contributor)
    make_rows(cast.ours, more)

    said = " ".join(strip_tags(html_of(client.get(reverse("use_cases")))).split())

    with scope(organization=cast.ours.organization):
        numbers = Counter(Audit.objects.values_list("state", flat=True))
    number = numbers["signed_off"]
    counted = "1 use case is" if number == 1 else f"{number} use cases are"
    assert f" {counted} signed off." in said


@pytest.mark.once
@pytest.mark.parametrize("more", [thorough(1), 3, thorough(300)])
def test_queries_of_the_own_use_cases_do_not_grow(
    cast: Cast,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    make_rows(cast.ours, more)
    # More than a page are counted apart: see the next test.
    of_pages = int(more > 50)

    with django_assert_max_num_queries(7 + of_pages):
        client.get(reverse("use_cases"))
    # What waits is counted once for a state of the inboxes.
    with django_assert_max_num_queries(5 + of_pages):
        client.get(reverse("use_cases"))


@pytest.mark.thorough
@pytest.mark.once
def test_own_use_cases_of_one_page_are_not_counted_apart(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_rows(cast.ours, 40)
    client.get(reverse("use_cases"))

    with django_assert_num_queries(5):
        page = html_of(client.get(reverse("use_cases")))

    assert "13 use cases are signed off." in " ".join(strip_tags(page).split())
    parts = page.split('aria-labelledby="')[1:]
    listed = {part.partition('"')[0]: part.count("<li") for part in parts}
    assert listed == {"recent": 1, "drafts": 15, "in-review": 14, "signed": 13}


def count(cast: Cast) -> int:
    with scope(organization=cast.ours.organization):
        return Audit.objects.filter(use_case__name__startswith="Claims triage").count()


@pytest.mark.parametrize("new_team", ["", "Fraud"])
@pytest.mark.on_both
def test_form_that_is_sent_twice_registers_once(
    cast: Cast, client: Client, new_team: str
) -> None:
    team = "" if new_team else cast.ours.team.public_id
    opened = hidden_in(html_of(client.get(reverse("register"))))
    sent = opened | form(cast, team=team, new_team=new_team)

    places = [client.post(reverse("register"), sent)["Location"] for _ in range(2)]

    assert places[0] == places[1]
    assert count(cast) == 1


def test_form_that_was_corrected_is_registered_once_when_sent_twice(
    cast: Cast, client: Client
) -> None:
    opened = hidden_in(html_of(client.get(reverse("register"))))
    client.post(reverse("register"), opened | form(cast))

    shown = html_of(client.post(reverse("register"), opened | form(cast, summary="")))
    client.post(reverse("register"), hidden_in(shown) | form(cast))

    assert count(cast) == 1


def test_other_words_or_a_new_page_register_another_use_case(
    cast: Cast, client: Client
) -> None:
    opened = hidden_in(html_of(client.get(reverse("register"))))
    client.post(reverse("register"), opened | form(cast))
    client.post(reverse("register"), opened | form(cast, name="Claims triage two"))
    opened = hidden_in(html_of(client.get(reverse("register"))))
    client.post(reverse("register"), opened | form(cast))

    assert count(cast) == 3


@pytest.mark.thorough
def test_name_that_a_use_case_of_the_team_has_is_remarked_on(
    cast: Cast, client: Client
) -> None:
    there = cast.ours.submitted
    same = form(cast, name=there.use_case.name.upper())

    page = html_of(client.post(reverse("register"), same, follow=True))

    assert (
        f"Another use case of {cast.ours.team} has this name: "
        f"{there.use_case.reference} (verdict “"
    ) in page
    reviewer = Client()
    reviewer.force_login(cast.ours.people[Role.REVIEWER])
    review = html_of(reviewer.get(reverse("review", args=[there.pk])))
    assert f"Another use case of {cast.ours.team} has this name: UC-" in review
    assert "(no verdict yet)." in review


@pytest.mark.thorough
def test_name_of_a_use_case_of_another_team_is_not_remarked_on(
    cast: Cast, client: Client
) -> None:
    name = cast.ours.submitted.use_case.name
    for other in (form(cast, name="New"), form(cast, name=name, team="", new_team="B")):
        page = html_of(client.post(reverse("register"), other, follow=True))
        assert "this name" not in page
