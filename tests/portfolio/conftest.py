import pytest
from django.test import Client

from tests.casting import Cast
from tests.signed_in import let_prove, sign_in


@pytest.fixture
def client(cast: Cast) -> Client:
    """Our contributor's browser."""
    client = Client()
    sign_in(client, cast.ours.contributor)
    let_prove(client, cast.ours.contributor)
    return client
