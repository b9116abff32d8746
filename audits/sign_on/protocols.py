"""The protocols of providers behind one shape: each says who somebody is."""

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from audits.identity.asserted import Asserted, NotProved
from audits.identity.outside import Outside
from audits.models import SignOnProvider
from audits.services.single_sign_on.addresses import (
    back_address,
    entity_address,
    form_address,
)
from audits.services.single_sign_on.providers import secret_of
from audits.sign_on.begun import Begun

if TYPE_CHECKING:
    from audits.identity.oidc import Client
    from audits.identity.saml import Party


class SignOnProtocol(Protocol):
    """Leads to a provider, and reads what a browser comes back with."""

    def begin(self, *, page: str, again: bool) -> tuple[Begun, str]:
        """Return what the browser keeps, and the address that it goes to."""

    def who_came(self, given: Mapping[str, str], begun: Begun) -> Asserted:
        """Return who came back, once all proofs are checked."""


def protocol_of(provider: SignOnProvider) -> SignOnProtocol:
    """Return how to speak with a provider."""
    return Saml(provider) if provider.is_saml else OpenIdConnect(provider)


def outside() -> Outside:
    """Return what asks the servers of providers."""
    return Outside(allowed=settings.SIGN_ON_ORIGINS)


class OpenIdConnect:
    """OpenID Connect; what checks tokens loads when somebody signs in by it."""

    def __init__(self, provider: SignOnProvider) -> None:
        self.provider = provider

    def begin(self, *, page: str, again: bool) -> tuple[Begun, str]:
        """Return what the browser keeps, and where it asks who its person is."""
        from audits.identity import oidc  # noqa: PLC0415 - see the class

        asked, client = oidc.Asked.new(), self._client()
        found = oidc.discover(outside(), client.issuer)
        begun = Begun.new(
            self.provider,
            state=asked.state,
            nonce=asked.nonce,
            verifier=asked.verifier,
            page=page,
            again=again,
        )
        back = back_address(self.provider.organization)
        address = oidc.address_to_ask(found, client, asked, back, again=again)
        return begun, address

    def who_came(self, given: Mapping[str, str], begun: Begun) -> Asserted:
        """Return who came back with a code."""
        from audits.identity import oidc  # noqa: PLC0415 - see the class

        client = self._client()
        if given.get("error") or not given.get("code"):
            message = f"the provider said {given.get('error', 'nothing')[:40]!r}"
            raise NotProved(message)
        if given.get("iss", client.issuer) != client.issuer:
            message = "the answer is of another issuer"
            raise NotProved(message)
        asks = outside()  # all that is asked now has one deadline
        found = oidc.discover(asks, client.issuer)
        return oidc.person_of_code(
            asks,
            found,
            client,
            oidc.Asked(state=begun.state, nonce=begun.nonce, verifier=begun.verifier),
            code=given["code"],
            back=back_address(self.provider.organization),
            since=begun.at if begun.again else 0,
        )

    def _client(self) -> "Client":
        from audits.identity.oidc import Client  # noqa: PLC0415 - see the class

        return Client(
            issuer=self.provider.issuer,
            client_id=self.provider.client_id,
            secret=secret_of(self.provider),
            groups_claim=self.provider.groups_claim,
        )


class Saml:
    """SAML; what reads its XML loads when somebody signs in by it."""

    def __init__(self, provider: SignOnProvider) -> None:
        self.provider = provider

    def begin(self, *, page: str, again: bool) -> tuple[Begun, str]:
        """Return what the browser keeps, and where it asks who its person is."""
        from audits.identity import saml  # noqa: PLC0415 - see the class

        party, state = self._party(), secrets.token_urlsafe(32)
        outside().checked(party.sign_in_at)
        address, request_id = saml.address_to_ask(party, state, again=again)
        begun = Begun.new(
            self.provider,
            state=state,
            nonce=request_id,
            verifier="",
            page=page,
            again=again,
        )
        return begun, address

    def who_came(self, given: Mapping[str, str], begun: Begun) -> Asserted:
        """Return who came back with a response."""
        from audits.identity import saml  # noqa: PLC0415 - see the class

        return saml.person_of_response(
            self._party(),
            response=given.get("SAMLResponse", ""),
            request_id=begun.nonce,
            groups_claim=self.provider.groups_claim,
            since=begun.at if begun.again else 0,
        )

    def _party(self) -> "Party":
        from audits.identity.saml import NoMetadata, Party  # noqa: PLC0415 - see the class

        organization = self.provider.organization
        try:
            return Party.read(
                self.provider.metadata,
                entity_id=entity_address(organization),
                back=form_address(organization),
            )
        except NoMetadata as error:
            raise NotProved(str(error)) from error
