"""A page that one person opened saves nothing in the name of another."""

import json
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.signing import Signer, b62_encode
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.access.opened_pages import ticket_of
from audits.models import Audit, Comment, Review, Role, UseCase, User
from audits.models.audits import values
from tests.casting import PASSWORD, Cast
from tests.examples import some_of
from tests.pages import html_of
from tests.wizard.page_forms import fields_of, hidden, resend, sign_in

HTMX = {"HX-Request": "true"}
OURS = {"Origin": "http://testserver"}


@pytest.fixture
def purpose(cast: Cast) -> str:
    return reverse("section", args=[cast.ours.draft.pk, "purpose"])


@pytest.fixture
def reviewer(cast: Cast) -> User:
    return cast.ours.people[Role.REVIEWER]


def client_of(person: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


def said_of(opener: User, reader: User) -> str:
    return (
        f"This page was opened by {opener}. You are signed in as {reader}, so nothing "
        "was saved."
    )


def with_token_of(client: Client, form: dict[str, Any]) -> dict[str, Any]:
    """Return a form with the token that a page gets once its own is refused."""
    client.get(reverse("home"), follow=True)
    return {**form, "csrfmiddlewaretoken": client.cookies["__Host-csrf"].value}


def answers(cast: Cast) -> object:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).answers)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("next_question", marks=pytest.mark.on_both),
        *("section", "question", "numbers"),
    ],
)
@pytest.mark.parametrize("headers", [HTMX, OURS])
def test_page_of_one_person_saves_nothing_for_another(
    cast: Cast, reviewer: User, page: str, headers: dict[str, str]
) -> None:
    more = {"section": ["purpose"], "numbers": []}.get(page, ["state"])
    url = reverse(page, args=[cast.ours.draft.pk, *more])
    lead = cast.ours.contributor
    fields = {"requests": "1200"} if page == "numbers" else {"state": "none"}
    opened = {**hidden(client_of(reviewer), url), **fields}
    client = client_of(lead)

    response = client.post(url, with_token_of(client, opened), headers=headers)

    assert response.status_code == 409
    assert said_of(reviewer, lead) in html_of(response)
    shown = html_of(response)
    assert headers is HTMX or next(iter(fields.values())) in shown
    assert headers is OURS or "Reload the page to answer in your own name." in shown
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
    assert (audit.answers, audit.numbers) == ({}, {})


@pytest.mark.thorough
def test_old_token_of_the_page_of_another_is_not_renewed(
    cast: Cast, reviewer: User, purpose: str
) -> None:
    opened = {**hidden(client_of(reviewer), purpose), "state": "none"}
    client = client_of(cast.ours.contributor)

    stale = client.post(purpose, opened, headers=HTMX)
    refused = client.post(purpose, with_token_of(client, opened), headers=HTMX)
    whole = client.post(purpose, opened, headers=OURS)

    assert (stale.status_code, refused.status_code) == (409, 409)
    assert "HX-Trigger" not in stale
    assert whole.status_code == 409
    assert "Send it again" not in html_of(whole)
    assert answers(cast) == {}


@pytest.mark.thorough
def test_colleague_who_signs_in_on_the_page_does_not_answer_for_it(
    cast: Cast, reviewer: User, purpose: str
) -> None:
    client = client_of(reviewer)
    opened = {**hidden(client, purpose), "state": "none"}
    client.session.flush()
    lead = cast.ours.contributor
    login = {"login": lead.email, "password": PASSWORD}
    in_place = with_token_of(client, login)

    client.post(reverse("sign_in_again"), in_place, headers=HTMX)
    response = client.post(purpose, with_token_of(client, opened), headers=HTMX)

    assert response.status_code == 409
    assert said_of(reviewer, lead) in html_of(response)
    assert answers(cast) == {}


@pytest.mark.thorough
@pytest.mark.parametrize("route", ["section", "add_comment"])
def test_what_one_person_sent_is_not_handed_to_another_who_signs_in(
    cast: Cast, reviewer: User, purpose: str, route: str
) -> None:
    comments = reverse("add_comment", args=[cast.ours.draft.pk, "goal"])
    url = {"section": purpose, "add_comment": comments}[route]
    form = {**hidden(client_of(reviewer), purpose), "state": "none", "text": "Mine"}
    client, lead = Client(), cast.ours.contributor

    asked = client.post(url, form)
    signed_in = sign_in(client, asked, lead.email)
    shown = client.get(signed_in["Location"])
    page = html_of(client.get(purpose))

    assert signed_in["Location"] == reverse("send_held")
    assert said_of(reviewer, lead) in html_of(shown)
    assert "Mine" in html_of(shown)
    assert "Send it now" not in html_of(shown)
    assert "before these answers were saved" not in page
    assert answers(cast) == {}


def test_every_other_form_of_a_page_is_refused_too(cast: Cast, reviewer: User) -> None:
    ours = cast.ours
    admin = ours.people[Role.ADMIN]
    opened = hidden(client_of(reviewer), reverse("use_cases"))
    client = client_of(admin)
    shown = with_token_of(client, {"page-of": opened["page-of"]})

    for route, places, fields in (
        ("cover", [ours.submitted.pk], {"why_now": "Costs rose."}),
        ("add_comment", [ours.draft.pk, "goal"], {"text": "Who counted?"}),
        ("submit", [ours.draft.pk], {}),
        ("reopen", [ours.submitted.pk], {}),
        (
            *("review", [ours.submitted.pk]),
            {"outcome": "sent_back", "words": "Look again."},
        ),
        ("register", [], {"name": "Toy", "team": "x", "summary": "y"}),
        ("import", [ours.inventory.pk], {"reference": "Reference"}),
        ("import_write", [ours.inventory.pk], {}),
    ):
        response = client.post(reverse(route, args=places), {**shown, **fields})

        assert response.status_code == 409, route
        page = html_of(response)
        assert said_of(reviewer, admin) in page, route
        assert all(value in page for value in fields.values()), route
    with scope(organization=ours.organization):
        assert Audit.objects.get(pk=ours.draft.pk).is_draft
        state = Audit.objects.get(pk=ours.submitted.pk).state
        assert state == Audit.State.IN_REVIEW
        assert not Review.objects.exists()
        assert not UseCase.objects.filter(name="Toy").exists()
        assert not Comment.objects.filter(text="Who counted?").exists()


def forged(cast: Cast, how: str) -> dict[str, str]:
    """Return what a page says of its reader once the reviewer changed it."""
    lead = cast.ours.contributor
    if how == "none":
        return {}
    if how == "bare":
        return {"page-of": str(lead.public_id)}
    if how == "signed by another":
        own = ticket_of(cast.ours.people[Role.REVIEWER])
        return {"page-of": own.replace(own.partition(":")[0], str(lead.public_id))}
    old = b62_encode(int(time.time()) - 15 * 24 * 60 * 60)
    return {"page-of": Signer(salt="page-of").sign(f"{lead.public_id}:{old}")}


FORGERIES = ("none", "bare", "signed by another", "old")
FORGED = pytest.mark.parametrize("how", FORGERIES)
UNPROVEN = "This page does not prove who opened it."


@pytest.mark.parametrize(
    ("how", "already"),
    [*((how, False) for how in FORGERIES), *some_of((how, True) for how in FORGERIES)],
)
def test_form_without_a_ticket_of_who_signs_in_is_shown_and_not_saved(
    cast: Cast, purpose: str, how: str, *, already: bool
) -> None:
    lead = cast.ours.contributor
    client = Client()
    form = {"shown": ["state"], "state": "none", **forged(cast, how)}

    asked = client.post(purpose, form)
    if already:
        client.force_login(lead)
    signed_in = sign_in(client, asked, lead.email)
    offer = client.get(signed_in["Location"])
    page = html_of(client.get(purpose))

    assert offer.status_code == 409
    assert UNPROVEN in html_of(offer)
    assert '<dd class="keep-lines" dir="auto">none</dd>' in html_of(offer)
    assert f'action="{purpose}"' not in html_of(offer)
    assert "before these answers were saved" not in page
    assert answers(cast) == {}


@FORGED
def test_form_with_an_old_token_and_no_ticket_is_not_sent_again(
    cast: Cast, purpose: str, how: str
) -> None:
    form = {"shown": ["state"], "state": "none", **forged(cast, how)}
    client = client_of(cast.ours.contributor)

    whole = client.post(purpose, form, headers=OURS)
    carried = client.post(
        reverse("account_login"),
        {"next": purpose, "held": urlencode(form, doseq=True)},
        headers=OURS,
    )
    automatic = client.post(purpose, form, headers=HTMX)

    for refused in (whole, carried):
        assert '<dd class="keep-lines" dir="auto">none</dd>' in html_of(refused)
        assert f'action="{purpose}"' not in html_of(refused)
    assert automatic.status_code == 409
    assert "HX-Trigger" not in automatic


@FORGED
def test_page_without_a_ticket_gets_no_token_from_a_sign_in_in_place(
    cast: Cast, how: str
) -> None:
    login = {"login": cast.ours.contributor.email, "password": PASSWORD}

    asked = {**login, **forged(cast, how)}
    signed_in = Client().post(reverse("sign_in_again"), asked, headers=HTMX)

    assert list(json.loads(signed_in["HX-Trigger"])) == ["signed-in"]


def test_page_of_a_stranger_names_nobody(cast: Cast, purpose: str) -> None:
    stranger = cast.theirs.contributor
    there = reverse("use_cases")
    opened = hidden(client_of(stranger), there)
    client = client_of(cast.ours.contributor)

    response = client.post(purpose, with_token_of(client, {**opened, "state": "none"}))

    assert response.status_code == 409
    assert "This page was opened by somebody else." in html_of(response)
    assert str(stranger) not in html_of(response)


@pytest.mark.thorough
def test_own_page_saves_as_before(cast: Cast, purpose: str) -> None:
    client = Client()
    client.force_login(cast.ours.contributor)
    opened = hidden(client, purpose)

    response = resend(client, purpose, opened, state="none")

    assert response.status_code == 302
    assert answers(cast) == {"state": "none"}


def test_no_template_draws_a_token_of_its_own() -> None:
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    texts = {str(path): path.read_text() for path in templates}

    # What htmx sends of a form may name it.
    own = [
        name
        for name, text in texts.items()
        if "csrfmiddlewaretoken" in re.sub(r'hx-params="[^"]*"', "", text)
    ]

    # The page of a failure sends again all that was sent, and this with it.
    assert [Path(name).name for name in own] == ["failure.html"]


@pytest.mark.parametrize("outcome", ["approved", "sent_back"])
def test_review_is_never_held_for_who_signs_in(
    cast: Cast, reviewer: User, outcome: str
) -> None:
    url = reverse("review", args=[cast.ours.submitted.pk])
    client = Client()
    form = {"outcome": outcome, "words": "Well <b>done</b>", "password": "x y z"}

    asked = client.post(url, form, headers={"Referer": f"http://testserver{url}"})
    signed_in = sign_in(client, asked, reviewer.email)
    page = html_of(client.get(signed_in["Location"]))

    assert "held" not in fields_of(asked)
    assert "Nothing was sent, because you were signed out." in html_of(asked)
    assert "Well &lt;b&gt;done&lt;/b&gt;" in html_of(asked)
    assert "x y z" not in html_of(asked)
    assert signed_in["Location"].removeprefix("http://testserver") == url
    assert "Review the verdict on" in page
    assert "checked" not in page
    assert client.get(reverse("send_held"))["Location"] == reverse("home")


@pytest.mark.parametrize(
    ("route", "of"),
    [
        ("review", "submitted"),
        ("submit", "draft"),
        ("reopen", "submitted"),
        ("again", "submitted"),
        ("discard", "draft"),
        ("import_write", "inventory"),
    ],
)
def test_decision_is_neither_held_by_a_made_up_sign_in_nor_sent_again(
    cast: Cast, reviewer: User, route: str, of: str
) -> None:
    url = reverse(route, args=[getattr(cast.ours, of).pk])
    client = Client()
    form = {"login": reviewer.email, "password": PASSWORD, "next": url}

    client.post(reverse("account_login"), {**form, "held": "outcome=approved"})
    offer = client.get(reverse("send_held"))
    stale = client_of(reviewer).post(url, {"outcome": "approved"}, headers=OURS)

    assert offer["Location"] == reverse("home")
    assert stale.status_code == 403
    assert "Send it again" not in html_of(stale)
    assert "Open the page again" in html_of(stale)
    assert "outcome" not in fields_of(stale)


def test_what_is_held_is_named_and_shown_before_it_is_sent(cast: Cast) -> None:
    client = Client()
    url = reverse("add_comment", args=[cast.ours.draft.pk, "goal"])

    form = {"text": "Who counted?", "comments-shown": "2"}
    form["page-of"] = ticket_of(cast.ours.contributor)
    asked = client.post(url, form)
    signed_in = sign_in(client, asked, cast.ours.contributor.email)
    page = html_of(client.get(signed_in["Location"]))

    assert "<dd>A comment on a question</dd>" in page
    assert f'<span class="code">{url}</span>' in page
    assert '<dt>Text</dt><dd class="keep-lines" dir="auto">Who counted?</dd>' in page
    assert "Comments shown" not in page


@pytest.mark.once
def test_page_with_an_old_token_says_why_it_was_refused(cast: Cast) -> None:
    url = reverse("submit", args=[cast.ours.draft.pk])
    out = Client(enforce_csrf_checks=True)

    signed_in = html_of(client_of(cast.ours.contributor).post(url, headers=OURS))
    signed_out = html_of(out.post(url, headers=OURS))

    again = "You have signed in again since you opened this page"
    assert again in signed_in
    assert again not in signed_out
    assert "You are signed out, and this page is from an earlier visit" in signed_out


@pytest.mark.once
@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}])
def test_form_from_another_site_is_called_just_that(
    cast: Cast, headers: dict[str, str]
) -> None:
    url = reverse("submit", args=[cast.ours.draft.pk])

    response = client_of(cast.ours.contributor).post(url, headers=headers)

    page = html_of(response)
    assert response.status_code == 403
    assert "could not confirm that this form came from one of its own pages" in page
    assert "signed in again" not in page
    assert "open for too long" not in page
