from collections.abc import Iterator

import pytest
from django.test import Client
from django_scopes import scope

from audits.models import Audit, Role
from tests.board.boards import sign
from tests.casting import Cast
from tests.reviews.conftest import client_of
from tests.signed_in import let_prove, sign_in


@pytest.fixture
def client(cast: Cast) -> Client:
    """Our contributor's browser."""
    client = Client()
    sign_in(client, cast.ours.contributor)
    let_prove(client, cast.ours.contributor)
    return client


@pytest.fixture
def audit(cast: Cast) -> Iterator[Audit]:
    with scope(organization=cast.ours.organization):
        yield sign(cast.ours)


@pytest.fixture
def viewer(cast: Cast) -> Client:
    return client_of(cast, Role.VIEWER)
