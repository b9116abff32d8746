"""What somebody answered is not lost when their session ends."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.models.audits import values
from tests.casting import PASSWORD, Cast
from tests.wizard.page_forms import hidden

HTMX = {"HX-Request": "true"}


@pytest.fixture
def purpose(cast: Cast) -> str:
    return reverse("section", args=[cast.ours.draft.pk, "purpose"])


def answers(cast: Cast) -> object:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).answers)


def test_page_that_saves_is_answered_with_a_form_to_sign_in(
    cast: Cast, purpose: str
) -> None:
    response = Client().post(purpose, {"shown": ["state"]}, headers=HTMX)

    text = response.content.decode()
    assert response.status_code == 401
    assert "You were signed out. Sign in to save." in text
    assert f'hx-post="{reverse("sign_in_again")}"' in text
    assert answers(cast) == {}


def test_signing_in_again_in_place_lets_the_page_save(cast: Cast, purpose: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ours.contributor)
    opened = hidden(client, purpose)
    token = opened["csrfmiddlewaretoken"][0]
    client.session.flush()  # the session ends, the browser keeps its cookies
    form = {**opened, "state": "none", "seq": "1"}

    refused = client.post(purpose, form, headers=HTMX)
    again = client.post(
        reverse("sign_in_again"),
        {
            "login": cast.ours.contributor.email,
            "password": PASSWORD,
            "csrfmiddlewaretoken": token,
        },
        headers=HTMX,
    )
    # The sign-in renewed the token, so the page's own is of no use any more.
    stale = client.post(purpose, form, headers=HTMX)
    [new] = re.findall(r'"value": "(\w+)"', stale["HX-Trigger"])
    saved = client.post(purpose, {**form, "csrfmiddlewaretoken": new}, headers=HTMX)

    assert (refused.status_code, again.status_code) == (401, 200)
    assert list(json.loads(again["HX-Trigger"])) == ["token-renewed", "signed-in"]
    assert stale.status_code == 403
    assert "token-renewed" in stale["HX-Trigger"]
    assert "Saved " in saved.content.decode()
    assert answers(cast) == {"state": "none"}


def test_wrong_password_in_place_says_so(cast: Cast) -> None:
    response = Client().post(
        reverse("sign_in_again"),
        {"login": cast.ours.contributor.email, "password": "not this one"},
        headers=HTMX,
    )

    text = response.content.decode()
    assert "The email address and/or password you specified are not correct" in text
    assert "HX-Trigger" not in response
    assert settings.SESSION_COOKIE_NAME not in response.cookies


def test_whole_form_is_held_until_its_person_is_back(cast: Cast, purpose: str) -> None:
    client = Client()
    form = {"shown": ["state", "goal"], "state": "none", "goal": ["style", "format"]}

    to_sign_in = client.post(purpose, form)
    client.post(
        to_sign_in["Location"],
        {"login": cast.ours.contributor.email, "password": PASSWORD},
    )
    page = client.get(purpose).content.decode()
    later = client.get(purpose).content.decode()

    assert answers(cast) == {}
    assert "You were signed out before these answers were saved" in page
    assert 'name="state" value="none" id="id_state_0" checked' in page
    assert 'name="goal" value="style" id="id_goal_2" checked' in page
    assert "You were signed out" not in later


def test_form_too_long_to_hold_is_not_held(cast: Cast, purpose: str) -> None:
    client = Client()

    client.post(purpose, {"shown": ["state"], "note-state": "x" * 70_000})

    assert "held_answers" not in client.session


def test_whole_form_with_an_old_token_is_not_lost(cast: Cast, purpose: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ours.contributor)

    response = client.post(purpose, {"shown": ["state"], "state": "none"})

    assert response.status_code == 403
    assert "Back button" in response.content.decode()


def test_longest_note_in_any_script_waits_for_the_sign_in(
    cast: Cast, ana: Client
) -> None:
    page = reverse("question", args=[cast.ours.draft.pk, "state"])
    note = "𠀀" * 10_000
    out = Client()
    out.post(page, {**hidden(ana, page), "note-state": note})
    out.force_login(cast.ours.contributor)

    assert note in out.get(page).content.decode()
