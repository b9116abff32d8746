import pytest
from django.test import Client

from tests.casting import Cast


@pytest.fixture
def client(cast: Cast) -> Client:
    """Our contributor's browser."""
    client = Client()
    client.force_login(cast.ours.contributor)
    return client
