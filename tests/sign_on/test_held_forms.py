"""What somebody entered before their session ended comes back by single sign-on."""

import re
import time
from html import unescape
from random import Random
from types import SimpleNamespace

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from audits.access.opened_pages import ticket_of
from audits.models import Session, SignOnProvider, User
from audits.sign_on import held
from tests.casting import Cast
from tests.pages import html_of
from tests.sign_on.providers import OpenIdProvider, come_in, set_up

THERE, FORM = reverse("sign_on"), reverse("register")
HELD = "__Host-held"


@pytest.fixture
def ours(cast: Cast, idp: OpenIdProvider) -> SignOnProvider:
    return set_up(cast.ours.organization, idp.issuer, "firm.example")


@pytest.fixture
def ada(cast: Cast, idp: OpenIdProvider) -> User:
    person = cast.ours.contributor
    person.email = "ada@firm.example"
    person.save(update_fields=["email"])
    idp.knows("ada", email=person.email, email_verified=True)
    return person


def held_in(response: HttpResponseBase) -> dict[str, str]:
    """Return what the button for single sign-on sends."""
    _, _, form = html_of(response).partition(f'action="{THERE}"')
    [held, *_] = re.findall(r'name="held" value="([^"]*)"', form)
    return {"held": unescape(held), "next": FORM}


def test_form_is_back_after_signing_in_at_the_provider(
    ours: SignOnProvider, ada: User, idp: OpenIdProvider
) -> None:
    client = Client()
    entered = {"name": "Letters by post", "page-of": ticket_of(ada)}

    asked = client.post(FORM, entered)
    find = client.post(THERE, held_in(asked))
    client.post(THERE, {**held_in(find), "email": ada.email})
    along = client.cookies[HELD].value
    before = Session.objects.count()
    back = come_in(client, ours, idp, "ada", next=FORM)
    offered = html_of(client.get(back["Location"]))

    assert asked.status_code == 401
    assert "This page still holds what you entered." in html_of(find)
    assert "Letters" not in along
    assert before == 0
    assert client.cookies[HELD].value == ""
    assert 'name="name" value="Letters by post"' in offered
    assert "Now send what you entered." in offered


def test_form_that_is_too_long_to_come_along_says_so(
    ours: SignOnProvider, ada: User
) -> None:
    client = Client()
    words = Random(1).randbytes(9_000).hex()  # noqa: S311 - no secret

    find = client.post(THERE, {"held": f"name={words}", "next": FORM})
    client.post(THERE, {"held": f"name={words}", "next": FORM, "email": ada.email})

    assert "too long to come along" in html_of(find)
    assert HELD not in client.cookies


def test_form_of_somebody_else_or_for_another_provider_is_dropped_unseen(
    cast: Cast,
    ours: SignOnProvider,
    ada: User,
    idp: OpenIdProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theirs = set_up(cast.theirs.organization, idp.issuer, "other.example")
    for name, email in (("bo", "bo@firm.example"), ("cy", "cy@other.example")):
        idp.knows(name, email=email, email_verified=True)
    real, asked = time.time, Client().post(FORM, {"page-of": ticket_of(ada)})
    later = real() + 11 * 60
    for subject, provider, at in (
        ("bo", ours, real()),
        ("cy", theirs, real()),
        ("ada", ours, later),
    ):
        client = Client()
        client.post(THERE, {**held_in(asked), "email": ada.email})
        assert client.cookies[HELD].value
        monkeypatch.setattr(held, "time", SimpleNamespace(time=lambda at=at: at))

        back = come_in(client, provider, idp, subject, next=FORM)
        monkeypatch.setattr(held, "time", time)

        assert back["Location"] == FORM
        assert client.get(reverse("send_held")).status_code == 302


def test_forged_cookie_brings_nothing_back(
    ours: SignOnProvider, ada: User, idp: OpenIdProvider
) -> None:
    client = Client()
    client.cookies[HELD] = "gAAAA" + "x" * 50

    back = come_in(client, ours, idp, "ada", next=FORM)

    assert back["Location"] == FORM
