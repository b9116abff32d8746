"""Someone of ours who is signed in, and texts that try to be more than text."""

from collections.abc import Callable

import pytest
from django.test import Client

from audits.models import Role
from tests.casting import Cast
from tests.signed_in import sign_in

type ClientOf = Callable[[Role], Client]

MARKUP = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '<a href="/" hx-get="/sign-out/" hx-trigger="load">x</a>',
    '<b data-hx-on:click="alert(1)">x</b>',
    '"><svg/onload=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "{{ member }}{% now 'Y' %}",
)


@pytest.fixture
def client_of(cast: Cast) -> ClientOf:
    def client_of(role: Role) -> Client:
        client = Client()
        sign_in(client, cast.ours.people[role])
        return client

    return client_of


@pytest.fixture
def client(client_of: ClientOf) -> Client:
    return client_of(Role.CONTRIBUTOR)


@pytest.fixture
def owner(client_of: ClientOf) -> Client:
    """Return the owner of the draft and of what is submitted."""
    return client_of(Role.CONTRIBUTOR)
