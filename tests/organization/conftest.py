"""What tests of an organization's pages share."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django_scopes import scope

from audits.models import Membership, Role
from tests.casting import Cast
from tests.signed_in import let_prove, sign_in


@pytest.fixture
def admin(cast: Cast) -> Client:
    """Our administrator, who just proved who they are."""
    client = Client()
    sign_in(client, cast.ours.people[Role.ADMIN])
    let_prove(client, cast.ours.people[Role.ADMIN])
    return client


@pytest.fixture
def away(cast: Cast) -> Client:
    """The open session of our administrator, who is away."""
    client = Client()
    sign_in(client, cast.ours.people[Role.ADMIN])
    return client


@pytest.fixture
def in_ours(cast: Cast) -> Iterator[Cast]:
    """Read and write our organization's rows."""
    with scope(organization=cast.ours.organization):
        yield cast


@pytest.fixture
def boss(in_ours: Cast) -> Membership:
    """Our administrator."""
    return in_ours.ours.people[Role.ADMIN].memberships.get()
