"""A sign-off asks again who signs; sending back does not."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audits.models import Audit, Role
from tests.casting import PASSWORD, Cast
from tests.conditions import sent
from tests.pages import html_of
from tests.people.factors import code_of, with_app
from tests.reviews.conftest import read_of, signed, state_of
from tests.signed_in import sign_in


@pytest.mark.parametrize("outcome", ["approved", "conditions"])
@pytest.mark.parametrize("password", ["", "not this one"])
def test_sign_off_needs_the_password_and_keeps_the_words(
    cast: Cast,
    reviewer: Client,
    url: str,
    outcome: str,
    password: str,
) -> None:
    read = read_of(cast.ours.submitted)
    form = {"outcome": outcome, "words": "Test it again.", "submission": read}
    form |= {"password": password, **sent("Test it on 30 cases.")}

    response = reviewer.post(url, form)

    page = html_of(response)
    assert response.status_code == 422
    said = "This is not your password" if password else "Enter your password"
    assert said in page
    assert "Test it again.</textarea>" in page
    assert f'value="{outcome}"' in page.split("checked")[0].rsplit("<input", 1)[1]
    assert password == "" or password not in page
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


@pytest.mark.thorough
def test_everything_that_a_sign_off_lacks_is_said_at_once(
    reviewer: Client, url: str, read: dict[str, str]
) -> None:
    page = html_of(reviewer.post(url, {**read, "outcome": "conditions", "words": ""}))

    problems = page.partition("There is a problem")[2].partition("</ul>")[0]
    assert "Enter your password" in problems
    assert "Enter the condition" in problems


def test_sending_back_needs_no_password(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    reviewer.post(url, {**read, "outcome": "sent_back", "words": "Who counted?"})

    assert state_of(cast.ours.submitted) == Audit.State.DRAFT


@pytest.mark.thorough
def test_who_just_signed_in_is_not_asked_for_the_password(
    cast: Cast, url: str, settings: Settings, read: dict[str, str]
) -> None:
    client = Client()
    email = cast.ours.people[Role.REVIEWER].email
    login = {"login": email, "password": PASSWORD, "next": url}
    client.post(reverse("account_login"), login)
    asked_nothing = html_of(client.get(url))
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0

    too_late = client.post(url, {**read, "outcome": "approved", "words": "Fine"})
    confirmed = client.post(url, signed("approved", **read))

    assert 'type="password"' not in asked_nothing
    assert 'type="password"' in html_of(too_late)
    assert "Fine</textarea>" in html_of(too_late)
    assert confirmed.status_code == 302
    assert state_of(cast.ours.submitted) == Audit.State.SIGNED_OFF


def test_confirming_once_is_enough_for_five_minutes(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    # Another submission was read, so nothing is signed yet.
    reviewer.post(url, signed("approved", submission="0" * 64))

    form = {**read, "outcome": "conditions", **sent("Test it.")}
    response = reviewer.post(url, form)

    assert response.status_code == 302
    assert state_of(cast.ours.submitted) == Audit.State.SIGNED_OFF


@pytest.mark.thorough
def test_guesses_at_the_password_are_limited_as_at_the_sign_in(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    cache.clear()
    for _ in range(5):
        reviewer.post(url, {**read, "outcome": "approved", "password": "a guess"})

    page = html_of(reviewer.post(url, signed("approved", **read)))
    cache.clear()

    assert "Too many attempts. Try again in" in page
    assert state_of(cast.ours.submitted) == Audit.State.IN_REVIEW


def test_code_of_an_app_signs_once_where_there_is_no_password(
    cast: Cast, reviewer: Client, url: str, read: dict[str, str]
) -> None:
    person = cast.ours.people[Role.REVIEWER]
    secret = with_app(person)
    person.set_unusable_password()
    person.save()
    sign_in(reviewer, person)
    form = {**read, "outcome": "approved", "words": "Fine so far"}
    page = html_of(reviewer.get(url))

    missing = html_of(reviewer.post(url, form))
    # Two steps back, since a step may end while this runs.
    wrong = html_of(reviewer.post(url, {**form, "code": code_of(secret, -2)}))
    unfinished = reviewer.post(url, {**form, "outcome": "", "code": code_of(secret)})
    signed_now = reviewer.post(url, {**form, "code": code_of(secret)})

    assert 'type="password"' not in page
    assert "Your name goes under this verdict" in page
    assert "Enter the 6 digits" in missing
    assert "Fine so far</textarea>" in missing
    assert "This code is wrong or was used before" in wrong
    assert unfinished.status_code == 422
    assert signed_now.status_code == 302
    assert state_of(cast.ours.submitted) == Audit.State.SIGNED_OFF


def test_demo_person_confirms_with_a_tick_in_demo_mode_only(
    cast: Cast, reviewer: Client, url: str, settings: Settings, read: dict[str, str]
) -> None:
    person = cast.ours.people[Role.REVIEWER]
    person.set_unusable_password()
    person.save()
    sign_in(reviewer, person)
    form = {**read, "outcome": "approved", "confirmed": "on"}

    without = reviewer.post(url, form)
    settings.DEMO = True
    page = html_of(reviewer.get(url))
    no_tick = reviewer.post(url, {**read, "outcome": "approved"})
    ticked = reviewer.post(url, form)

    assert without.status_code == no_tick.status_code == 422
    assert "Demo: to sign off, tick the box instead of typing a password" in page
    assert "Tick the box to confirm that it is you" in html_of(no_tick)
    assert ticked.status_code == 302
    assert state_of(cast.ours.submitted) == Audit.State.SIGNED_OFF


@pytest.mark.thorough
def test_person_with_a_password_has_no_tick_in_demo_mode(
    reviewer: Client, url: str, settings: Settings, read: dict[str, str]
) -> None:
    settings.DEMO = True

    response = reviewer.post(url, {**read, "outcome": "approved", "confirmed": "on"})

    assert response.status_code == 422
    assert "Enter your password" in html_of(response)
