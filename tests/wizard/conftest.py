"""Somebody of ours at the wizard."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Role
from tests.casting import Cast
from tests.signed_in import sign_in


@pytest.fixture
def ana(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.ours.contributor)
    return client


@pytest.fixture
def ben(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.ours.people[Role.REVIEWER])
    return client


@pytest.fixture
def purpose(cast: Cast) -> str:
    """The page of the section that asks for the shape of the job."""
    return reverse("section", args=[cast.ours.draft.pk, "purpose"])


@pytest.fixture
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield
