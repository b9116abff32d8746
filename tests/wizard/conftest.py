"""Somebody of ours at the wizard."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django_scopes import scope

from tests.casting import Cast
from tests.signed_in import sign_in


@pytest.fixture
def ana(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.ours.contributor)
    return client


@pytest.fixture
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield
