"""SAML 2.0: asks a provider by a redirect, and checks the response that comes back.

python3-saml checks the XML, its one assertion, what is signed, whom it is for, when and
in answer to what. A response to nothing that was asked is refused, so is one for no
audience in particular.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

from lxml.etree import LxmlError
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from audits.identity.asserted import Asserted, NotProved, asserted

_FAULTS = (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, LxmlError, ValueError)
_POST = OneLogin_Saml2_Constants.BINDING_HTTP_POST
_REDIRECT = OneLogin_Saml2_Constants.BINDING_HTTP_REDIRECT
_SKEW = OneLogin_Saml2_Constants.ALLOWED_CLOCK_DRIFT
_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
_EMAILS = (
    "email",
    "mail",
    "urn:oid:0.9.2342.19200300.100.1.3",
    f"{_CLAIMS}/emailaddress",
)
_NAMES = ("displayName", "name", "urn:oid:2.16.840.1.113730.3.1.241", f"{_CLAIMS}/name")


class NoMetadata(Exception):  # noqa: N818 - what it is
    """A text is not the metadata of a provider; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A provider by its metadata, and where Attune is for it."""

    issuer: str
    sign_in_at: str
    certificates: tuple[str, ...]
    entity_id: str
    back: str

    @classmethod
    def read(cls, metadata: str, *, entity_id: str, back: str) -> Self:
        """Read the metadata of a provider.

        Raises:
            NoMetadata: It is something else.
        """
        try:
            found = OneLogin_Saml2_IdPMetadataParser.parse(
                metadata.encode(), required_sso_binding=_REDIRECT
            )
        except (*_FAULTS, KeyError, TypeError, AttributeError) as error:
            message = "this is not the metadata of a provider"
            raise NoMetadata(message) from error
        idp = found.get("idp", {})
        several = idp.get("x509certMulti", {}).get("signing", [])
        one = [idp["x509cert"]] if idp.get("x509cert") else []
        sign_in_at = idp.get("singleSignOnService", {}).get("url", "")
        if not idp.get("entityId") or not sign_in_at or not (several or one):
            message = "it has no entity ID, no address to sign in, or no certificate"
            raise NoMetadata(message)
        return cls(
            issuer=idp["entityId"],
            sign_in_at=sign_in_at,
            certificates=tuple(several or one),
            entity_id=entity_id,
            back=back,
        )

    def as_settings(self) -> dict[str, Any]:
        """Return it as python3-saml takes it."""
        return {
            "strict": True,
            "sp": {
                "entityId": self.entity_id,
                "assertionConsumerService": {"url": self.back, "binding": _POST},
            },
            "idp": {
                "entityId": self.issuer,
                "singleSignOnService": {"url": self.sign_in_at, "binding": _REDIRECT},
                "x509certMulti": {"signing": [*self.certificates]},
            },
            "security": {
                "rejectDeprecatedAlgorithm": True,
                "requestedAuthnContext": False,
                "wantAttributeStatement": False,
                "wantNameId": True,
                "allowRepeatAttributeName": True,
            },
        }

    def as_request(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Return a request to it as python3-saml takes one."""
        parts = urlsplit(self.back)
        return {
            "https": "on" if parts.scheme == "https" else "off",
            "http_host": parts.netloc,
            "script_name": parts.path,
            "get_data": {},
            "post_data": dict(form),
        }


def address_to_ask(party: Party, relay: str, *, again: bool) -> tuple[str, str]:
    """Return where a browser asks the provider who its person is, and the id of that.

    Args:
        party: The provider.
        relay: What comes back with the response.
        again: Whether the person has to sign in there though they did already.
    """
    auth = OneLogin_Saml2_Auth(party.as_request({}), party.as_settings())
    address: str = auth.login(
        return_to=relay, force_authn=again, set_nameid_policy=False
    )
    return address, auth.get_last_request_id()


def person_of_response(
    party: Party,
    *,
    response: str,
    request_id: str,
    groups_claim: str,
    since: float = 0,
) -> Asserted:
    """Return who a browser came back as.

    Args:
        party: The provider.
        response: What the browser brought, in base64.
        request_id: The id of the request that it answers.
        groups_claim: The attribute with the groups of a person.
        since: When the person signed in there, at the earliest.

    Raises:
        NotProved: It does not prove who somebody is.
    """
    try:
        settings = OneLogin_Saml2_Settings(party.as_settings())
        found = OneLogin_Saml2_Response(settings, response)
        found.is_valid(
            party.as_request({}), request_id=request_id, raise_exceptions=True
        )
        _require_asked_for(found, party, request_id)
        if since:
            _require_since(found, since)
        return _person(found, groups_claim)
    except NotProved:
        raise
    except (*_FAULTS, AttributeError, TypeError, KeyError) as error:
        message = f"the SAML response is refused: {str(error)[:100]!r}"
        raise NotProved(message) from error


def _require_asked_for(
    found: OneLogin_Saml2_Response, party: Party, request_id: str
) -> None:
    """Refuse what python3-saml lets pass where it is left out."""
    data = "/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData"
    confirmed = [
        node
        for node in found._query_assertion(data)
        if node.get("Recipient") == party.back
        and node.get("InResponseTo") == request_id
        and node.get("NotOnOrAfter")
    ]
    answers = found.get_in_response_to() == request_id
    if not (answers and confirmed and party.entity_id in found.get_audiences()):
        message = "the SAML response is for nobody, or answers nothing that was asked"
        raise NotProved(message)


def _require_since(found: OneLogin_Saml2_Response, since: float) -> None:
    for node in found._query_assertion("/saml:AuthnStatement"):
        when = datetime.fromisoformat(node.get("AuthnInstant", ""))
        if when.replace(tzinfo=when.tzinfo or UTC).timestamp() < since - _SKEW:
            message = "the person did not sign in again"
            raise NotProved(message)


def _person(found: OneLogin_Saml2_Response, groups_claim: str) -> Asserted:
    said: Mapping[str, Sequence[str]] = found.get_attributes()
    name_id, form = found.get_nameid(), found.get_nameid_format() or ""
    email = _first(said, _EMAILS)
    if email is None and form.endswith(":emailAddress"):
        email = name_id
    groups = said.get(groups_claim)
    return asserted(
        # One that is new each time says nothing of who it is.
        subject=email if form.endswith(":transient") else name_id,
        email=email,
        name=_first(said, _NAMES),
        groups=None if groups is None else list(groups),
    )


def _first(said: Mapping[str, Sequence[str]], names: Sequence[str]) -> str | None:
    return next((said[name][0] for name in names if said.get(name)), None)
