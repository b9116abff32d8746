"""Who imports a file, and which check of it they read."""

import pytest
from django.test import Client
from django_scopes import scope

from audits.models import Event, Import, Role, Team, UseCase
from tests.casting import Cast
from tests.examples import some_of
from tests.imports.conftest import (
    check,
    checked,
    import_rows,
    row,
    sheet,
    shown_on,
    upload,
)
from tests.pages import html_of

SAYS = "The rows were checked again after you opened this page, so nothing was imported"


@pytest.mark.thorough
def test_colleague_neither_checks_nor_imports_what_somebody_uploaded(
    cast: Cast, client: Client
) -> None:
    there = checked(cast.ours, sheet(row("A-1")))
    shown = shown_on(html_of(client.get(there)))

    for role in (Role.REVIEWER, Role.ADMIN):
        client.force_login(cast.ours.people[role])
        refuse(cast, client, there, shown)


def refuse(cast: Cast, client: Client, there: str, shown: str) -> None:
    """Look at an import, and try to check and write it, in vain."""
    with scope(organization=cast.ours.organization):
        before = Import.objects.values().get(file_name="inventory.csv")
        swapped = {**before["columns"], "name": "What it does", "summary": "Name"}
        answers = [
            client.get(there),
            client.post(there, swapped),
            client.post(f"{there}write/", {"shown": shown}),
            client.get(f"{there}report.csv"),
        ]

        assert [answer.status_code for answer in answers] == [403] * 4
        assert "Only the person who uploaded this file" in html_of(answers[2])
        assert Import.objects.values().get(file_name="inventory.csv") == before
        assert not UseCase.objects.filter(external_reference="A-1").exists()


@pytest.mark.thorough
@pytest.mark.parametrize(
    "role", some_of([Role.CONTRIBUTOR, Role.REVIEWER, Role.ADMIN], 2)
)
def test_record_and_use_cases_name_who_imported(cast: Cast, role: Role) -> None:
    person, client = cast.ours.people[role], Client()
    client.force_login(person)
    there = upload(client, sheet(row("A-1")))
    check(client, there)

    import_rows(client, there)

    with scope(organization=cast.ours.organization):
        [event] = Event.objects.filter(verb="inventory.imported")
        assert event.actor == person
        assert UseCase.objects.get(external_reference="A-1").owner == person


@pytest.mark.thorough
def test_stale_page_imports_nothing_and_shows_the_check_that_counts(
    cast: Cast, client: Client
) -> None:
    there = upload(client, sheet(row("A-1", Team="Sales")))
    stale = shown_on(check(client, there))
    # In another tab. What each row does reads the same, but its words do not.
    check(client, there, name="What it does", summary="Name")

    page = html_of(client.post(f"{there}write/", {"shown": stale}, follow=True))

    assert page.count(SAYS) == 1
    assert "Every row is valid: 1 to register" in page
    with scope(organization=cast.ours.organization):
        assert not UseCase.objects.filter(external_reference="A-1").exists()
        assert not Team.objects.filter(name="Sales").exists()
        assert Import.objects.get(file_name="inventory.csv").state == "checked"

    client.post(f"{there}write/", {"shown": shown_on(page)})
    with scope(organization=cast.ours.organization):
        assert UseCase.objects.get(external_reference="A-1").name == "Sorts"


@pytest.mark.thorough
def test_rows_that_do_something_else_by_now_are_not_imported(
    cast: Cast, client: Client
) -> None:
    there = upload(client, sheet(row("UC-0001", Name="Renamed", Stage="")))
    stale = shown_on(check(client, there))
    with scope(organization=cast.ours.organization):
        use_case = UseCase.objects.get(number=1)
        UseCase.objects.filter(number=1).update(name="Renamed")
    check(client, there)

    page = html_of(client.post(f"{there}write/", {"shown": stale}, follow=True))

    assert SAYS in page
    with scope(organization=cast.ours.organization):
        use_case.refresh_from_db()
        assert use_case.summary != "Sorts"


def test_page_that_does_not_say_what_it_showed_imports_nothing(
    cast: Cast, client: Client
) -> None:
    there = checked(cast.ours, sheet(row("A-1")))

    page = html_of(client.post(f"{there}write/", follow=True))

    assert SAYS in page
    with scope(organization=cast.ours.organization):
        assert not UseCase.objects.filter(external_reference="A-1").exists()


@pytest.mark.thorough
def test_button_that_is_pressed_twice_imports_once_and_blames_nobody(
    cast: Cast, client: Client
) -> None:
    there = checked(cast.ours, sheet(row("A-1")))
    shown = shown_on(html_of(client.get(there)))

    for _ in range(2):
        page = html_of(client.post(f"{there}write/", {"shown": shown}, follow=True))

    assert "1 use case registered" in page
    assert SAYS not in page
    with scope(organization=cast.ours.organization):
        assert UseCase.objects.filter(external_reference="A-1").count() == 1
        assert Event.objects.filter(verb="inventory.imported").count() == 1
