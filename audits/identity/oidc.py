"""OpenID Connect: the code flow with PKCE, a nonce, and an ID token that is checked.

The ID token is checked in full although it comes over TLS: its signature by a key of
the provider, who made it, for whom, when, and for which request.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any, Self
from urllib.parse import quote, urlencode

import jwt

from audits.identity.asserted import Asserted, NotProved, asserted, claim_at
from audits.identity.outside import NotAsked, Outside

# No shared secret may sign: who knows the client's secret could be anybody.
_ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
)
_SKEW = 60  # seconds: clocks may differ by so much
_WELL_KNOWN = "/.well-known/openid-configuration"
_SCOPE = "openid profile email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """What a provider knows Attune as."""

    issuer: str
    client_id: str
    secret: str
    groups_claim: str = "groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one sign-in is known by: none of it can be guessed, and all is used once."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Self:
        """Return what a new sign-in is known by."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state=state, nonce=nonce, verifier=verifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """Where a provider answers, as it says itself."""

    issuer: str
    authorize_at: str
    token_at: str
    keys_at: str
    person_at: str
    takes_basic: bool
    scope: str


def discover(outside: Outside, issuer: str) -> Discovered:
    """Ask a provider where it answers.

    Raises:
        NotAsked: It cannot be asked, or says it is another one.
    """
    found = outside.json(issuer.rstrip("/") + _WELL_KNOWN)
    if found.get("issuer") != issuer:
        message = "the server says that it is another issuer"
        raise NotAsked(message)
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    authorize_at, token_at, keys_at = (str(found.get(name) or "") for name in names)
    outside.checked(authorize_at)
    methods = found.get("token_endpoint_auth_methods_supported")
    scopes = found.get("scopes_supported") or ()
    takes = methods if isinstance(methods, list) else ["client_secret_basic"]
    return Discovered(
        issuer=issuer,
        authorize_at=authorize_at,
        token_at=token_at,
        keys_at=keys_at,
        person_at=str(found.get("userinfo_endpoint") or ""),
        takes_basic="client_secret_basic" in takes,
        scope=f"{_SCOPE} groups" if "groups" in scopes else _SCOPE,
    )


def address_to_ask(
    found: Discovered, client: Client, asked: Asked, back: str, *, again: bool
) -> str:
    """Return where a browser asks the provider who its person is.

    Args:
        found: The provider.
        client: What it knows Attune as.
        asked: The sign-in.
        back: Where the browser comes back to.
        again: Whether the person has to sign in there though they did already.
    """
    digest = hashlib.sha256(asked.verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "scope": found.scope,
        "client_id": client.client_id,
        "redirect_uri": back,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if again else {}),
    }
    joint = "&" if "?" in found.authorize_at else "?"
    return f"{found.authorize_at}{joint}{urlencode(query)}"


def person_of_code(
    outside: Outside,
    found: Discovered,
    client: Client,
    asked: Asked,
    *,
    code: str,
    back: str,
    since: float = 0,
) -> Asserted:
    """Return who a browser came back as.

    Args:
        outside: Asks the provider.
        found: The provider.
        client: What it knows Attune as.
        asked: The sign-in.
        code: What the browser brought.
        back: Where it came back to.
        since: When the person signed in there, at the earliest.

    Raises:
        NotAsked: The provider gave no answer that counts.
        NotProved: Its answer does not prove who somebody is.
    """
    answer = outside.json(
        found.token_at, **_for_token(found, client, asked, code, back)
    )
    token = answer.get("id_token")
    if not isinstance(token, str):
        message = "no ID token"
        raise NotProved(message)
    claims = checked_claims(
        token, keys=outside.json(found.keys_at), client=client, nonce=asked.nonce
    )
    # The request for it went through the browser, which may drop it.
    if since and claims.get("auth_time", 0) < since - _SKEW:
        message = "the person did not sign in again"
        raise NotProved(message)
    more = _of_userinfo(outside, found, claims, answer.get("access_token"), client)
    return _person(claims, more, client)


def _for_token(
    found: Discovered, client: Client, asked: Asked, code: str, back: str
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": asked.verifier,
    }
    if not found.takes_basic:
        more = {"client_id": client.client_id, "client_secret": client.secret}
        return {"form": form | more}
    both = f"{quote(client.client_id, safe='')}:{quote(client.secret, safe='')}"
    basic = base64.b64encode(both.encode()).decode()
    return {"form": form, "headers": {"Authorization": f"Basic {basic}"}}


def checked_claims(
    token: str, *, keys: Mapping[str, Any], client: Client, nonce: str
) -> dict[str, Any]:
    """Return what an ID token says, once everything about it is checked.

    Raises:
        NotProved: Something about it is wrong; the message says what.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_of(token, keys),
            algorithms=_ALGORITHMS,
            audience=client.client_id,
            issuer=client.issuer,
            leeway=_SKEW,
            options={"require": ["exp", "iat", "aud", "iss", "sub"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        message = f"the ID token is refused: {type(error).__name__}"
        raise NotProved(message) from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client.client_id) != client.client_id:
        message = "the ID token is for another client"
        raise NotProved(message)
    given = claims.get("nonce")
    if not isinstance(given, str) or not compare_digest(given.encode(), nonce.encode()):
        message = "the ID token is for another sign-in"
        raise NotProved(message)
    return claims


def _key_of(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """Return the key of the provider that a token names, or the only one."""
    name = jwt.get_unverified_header(token).get("kid")
    of_signing = [
        key
        for key in jwt.PyJWKSet.from_dict(dict(keys)).keys
        if key.public_key_use in (None, "sig") and key.key_type != "oct"
    ]
    named = [key for key in of_signing if key.key_id == name]
    found = named if name is not None else of_signing
    if len(found) != 1:
        message = "no key of the provider"
        raise NotProved(message)
    return found[0]


def _of_userinfo(
    outside: Outside,
    found: Discovered,
    claims: Mapping[str, Any],
    access: object,
    client: Client,
) -> Mapping[str, Any]:
    """Ask for what the ID token leaves out; it has to be of the same person."""
    is_whole = "email" in claims and claim_at(claims, client.groups_claim) is not None
    if is_whole or not found.person_at or not isinstance(access, str):
        return {}
    bearer = {"Authorization": f"Bearer {access}"}
    more = outside.json(found.person_at, headers=bearer)
    if more.get("sub") != claims["sub"]:
        message = "the answer is of another person"
        raise NotProved(message)
    return more


def _person(
    claims: Mapping[str, Any], more: Mapping[str, Any], client: Client
) -> Asserted:
    said = {**more, **claims}
    if said.get("email_verified") in (False, "false"):
        message = "the provider did not check the email address"
        raise NotProved(message)
    name = said.get("preferred_username")
    return asserted(
        subject=claims["sub"],
        email=said.get("email"),  # many let people choose their other names
        name=said.get("name") or name,
        groups=claim_at(said, client.groups_claim),
    )
