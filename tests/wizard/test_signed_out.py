"""What somebody answered is not lost when their session ends."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.access.opened_pages import ticket_of
from audits.models import Audit, Comment, Session
from audits.models.audits import values
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.wizard.page_forms import fields_of, hidden, hidden_in, sign_in

HTMX = {"HX-Request": "true"}


def answers(cast: Cast) -> object:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).answers)


def test_page_that_saves_is_answered_with_a_form_to_sign_in(
    cast: Cast, purpose: str
) -> None:
    response = Client().post(purpose, {"shown": ["state"]}, headers=HTMX)

    text = html_of(response)
    assert response.status_code == 401
    assert "You were signed out. Sign in to save." in text
    assert f'hx-post="{reverse("sign_in_again")}"' in text
    assert answers(cast) == {}


@pytest.mark.thorough
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
            "page-of": opened["page-of"],
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
    assert "Saved " in html_of(saved)
    assert answers(cast) == {"state": "none"}


@pytest.mark.once
def test_wrong_password_in_place_says_so(cast: Cast) -> None:
    response = Client().post(
        reverse("sign_in_again"),
        {"login": cast.ours.contributor.email, "password": "not this one"},
        headers=HTMX,
    )

    text = html_of(response)
    assert "The email address or the password is wrong" in text
    assert "HX-Trigger" not in response
    assert settings.SESSION_COOKIE_NAME not in response.cookies


@pytest.mark.thorough
def test_whole_form_is_held_until_its_person_is_back(cast: Cast, purpose: str) -> None:
    client = Client()
    form = {"shown": ["state", "goal"], "state": "none", "goal": ["style", "format"]}
    form["page-of"] = ticket_of(cast.ours.contributor)

    to_sign_in = client.post(purpose, form)
    refused = sign_in(client, to_sign_in, cast.ours.contributor.email, "not this one")
    kept_for_nobody = Session.objects.count()
    signed_in = sign_in(client, refused, cast.ours.contributor.email)
    page = html_of(client.get(signed_in["Location"]))
    again = html_of(client.get(purpose))
    client.post(purpose, hidden_in(again) | form)
    later = html_of(client.get(purpose))

    assert (to_sign_in.status_code, signed_in["Location"]) == (401, purpose)
    assert to_sign_in["Cache-Control"] == (
        "max-age=0, no-cache, no-store, must-revalidate, private"
    )
    assert kept_for_nobody == 0
    for shown in (page, again):
        assert "You were signed out before these answers were saved" in shown
        assert 'name="state" value="none" id="id_state_0" checked' in shown
        assert 'name="goal" value="style" id="id_goal_2" checked' in shown
    assert answers(cast) == {"state": "none", "goal": ["format", "style"]}
    assert "You were signed out" not in later


@pytest.mark.once
def test_form_too_long_to_hold_is_not_held(cast: Cast, purpose: str) -> None:
    client = Client()

    page = client.post(purpose, {"shown": ["state"], "note-state": "x" * 70_000})

    assert "held_answers" not in client.session
    assert "held" not in fields_of(page)
    assert "too long for this page to hold" in html_of(page)


@pytest.mark.once
def test_form_of_too_many_fields_is_not_held(purpose: str) -> None:
    client = Client()
    body = "&".join(["shown=state"] * 280)

    held = {"login": "x", "password": "x", "held": f"{body}&{body}"}
    page = client.post(reverse("account_login"), held)

    assert "held" not in fields_of(page)


def test_any_other_form_is_sent_again_once_its_person_is_back(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    home = client.get(reverse("home"))
    token = fields_of(home)["csrfmiddlewaretoken"]
    path = reverse("add_comment", args=[cast.ours.draft.pk, "goal"])
    text = 'Who <b>counted</b> "these"?\nAnd & how?'

    form = {"text": text, "page-of": ticket_of(cast.ours.contributor)}
    page = client.post(path, {**form, "csrfmiddlewaretoken": token})
    signed_in = sign_in(client, page, cast.ours.contributor.email)
    offer = client.get(signed_in["Location"])
    again = {**fields_of(offer), "csrfmiddlewaretoken": ""}
    refused = client.post(path, again)
    again["csrfmiddlewaretoken"] = client.cookies["__Host-csrf"].value
    client.post(path, again)

    assert "<b>counted" not in html_of(page)
    assert signed_in["Location"] == reverse("send_held")
    assert f'action="{path}"' in html_of(offer)
    assert refused.status_code == 403
    with scope(organization=cast.ours.organization):
        assert Comment.objects.filter(question="goal", text=text).count() == 1


@pytest.mark.once
def test_sign_in_page_carries_no_password(cast: Cast) -> None:
    path = reverse("add_comment", args=[cast.ours.draft.pk, "goal"])

    page = Client().post(path, {"text": "Well done", "password": "my own secret"})

    assert fields_of(page)["held"] == "text=Well+done"
    assert "secret" not in html_of(page)


@pytest.mark.once
@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_held_form_is_handed_to_no_other_site(cast: Cast, target: str) -> None:
    client = Client()

    response = client.post(
        reverse("account_login"),
        {
            "login": cast.ours.contributor.email,
            "password": PASSWORD,
            "next": target,
            "held": "state=none",
        },
    )

    assert response["Location"] in {reverse("use_cases"), reverse("send_held")}
    assert "evil" not in html_of(client.get(reverse("send_held")))


def test_forged_sign_in_brings_nothing(cast: Cast, purpose: str) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post(
        reverse("account_login"),
        {
            "login": cast.ours.contributor.email,
            "password": PASSWORD,
            "next": purpose,
            "held": "state=none",
        },
        headers={"Origin": "https://evil.example"},
    )

    assert response.status_code == 403
    assert not Session.objects.exists()
    assert "state" not in fields_of(response)


def test_whole_form_with_an_old_token_is_not_lost(cast: Cast, purpose: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ours.contributor)

    response = client.post(purpose, {"shown": ["state"], "state": "none"})

    assert response.status_code == 403
    assert "Back button" in html_of(response)


@pytest.mark.on_both
def test_longest_note_in_any_script_waits_for_the_sign_in(
    cast: Cast, ana: Client
) -> None:
    page = reverse("question", args=[cast.ours.draft.pk, "state"])
    note = "𠀀" * 10_000
    out = Client()
    asked = out.post(page, {**hidden(ana, page), "note-state": note})

    sign_in(out, asked, cast.ours.contributor.email)

    assert note in html_of(out.get(page))


def test_form_with_an_old_token_is_sent_again_from_our_page_only(
    cast: Cast, purpose: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ours.contributor)
    form = {"shown": "state", "state": "none", "password": "my own secret"}
    form["page-of"] = ticket_of(cast.ours.contributor)

    from_ours = client.post(purpose, form, headers={"Origin": "http://testserver"})
    again = client.post(purpose, fields_of(from_ours))
    elsewhere = client.post(purpose, form, headers={"Origin": "https://evil.example"})

    assert from_ours.status_code == elsewhere.status_code == 403
    assert fields_of(from_ours)["state"] == "none"
    assert "secret" not in html_of(from_ours)
    assert again.status_code == 302
    assert answers(cast) == {"state": "none"}
    assert "state" not in fields_of(elsewhere)
