"""What tests of single sign-on share."""

from collections.abc import Iterator

import pytest
from oidc_provider_mock import run_server_in_thread
from pytest_django import Settings

from audits.models import SignOnProvider
from tests.casting import Cast
from tests.sign_on.providers import OpenIdProvider, set_up


@pytest.fixture(scope="session")
def running_idp() -> Iterator[OpenIdProvider]:
    with run_server_in_thread(require_nonce=True) as server:
        yield OpenIdProvider(f"http://localhost:{server.server_port}")


@pytest.fixture
def idp(running_idp: OpenIdProvider, settings: Settings) -> OpenIdProvider:
    """A provider on this machine, which the operator allows."""
    settings.SIGN_ON_ORIGINS = frozenset({running_idp.issuer})
    return running_idp


@pytest.fixture
def ours(cast: Cast, idp: OpenIdProvider) -> SignOnProvider:
    """The provider of our organization, whose domain is firm.example."""
    return set_up(cast.ours.organization, idp.issuer, "firm.example")
