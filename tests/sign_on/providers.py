"""An identity provider that a test starts, and how a browser goes through it."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Organization, SignOnProvider, User
from audits.services.single_sign_on.domains import prove_domain
from audits.services.single_sign_on.providers import save_provider

_SECRET = "hush"  # noqa: S105 - of a client in a test


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


_OPENER = build_opener(_NoRedirect)


def send(method: str, url: str, body: bytes, kind: str) -> tuple[int, str]:
    """Send something to the provider; return its status, and where it leads."""
    request = Request(url, body, {"Content-Type": kind}, method=method)  # noqa: S310 - to this machine
    try:
        with _OPENER.open(request) as answer:
            return answer.status, ""
    except OSError as error:  # a redirect that is not followed
        headers: Any = getattr(error, "headers", {})
        return getattr(error, "code", 0), headers.get("Location", "")


@dataclass(frozen=True, slots=True)
class OpenIdProvider:
    """A provider that speaks OpenID Connect, at an address of this machine."""

    issuer: str

    def knows(self, subject: str, **claims: object) -> None:
        """Let it know somebody."""
        url, body = f"{self.issuer}/users/{subject}", json.dumps(claims).encode()
        status, _ = send("PUT", url, body, "application/json")
        assert status < 300, status

    def sign_in(self, address: str, subject: str) -> str:
        """Sign somebody in there; return where it leads their browser."""
        body = f"sub={subject}".encode()
        kind = "application/x-www-form-urlencoded"
        status, back = send("POST", address, body, kind)
        assert status == 302, status
        return back


def set_up(
    organization: Organization, issuer: str, domain: str = "", **more: Any
) -> SignOnProvider:
    """Give an organization this provider, and a domain that it proved."""
    with scope(organization=organization):
        columns = {
            "issuer": issuer,
            "client_id": "attune",
            "default_role": "viewer",
            **more,
        }
        by = organization.memberships.get(role="admin").user
        found = save_provider(
            organization=organization, by=by, changed=columns, secret=_SECRET
        )
        if domain:
            prove_domain(organization=organization, domain=domain)
    return found


def start_of(provider: SignOnProvider, **query: str) -> str:
    return reverse("start_sign_on", args=[provider.organization_id], query=query)


def come_in(
    client: Client,
    provider: SignOnProvider,
    idp: OpenIdProvider,
    subject: str,
    **query: str,
) -> HttpResponseBase:
    """Go to a provider, sign in there, and come back."""
    there = client.get(start_of(provider, **query))
    assert there.status_code == 302, there.status_code
    back = idp.sign_in(there["Location"], subject)
    return client.get(path_of(back))


def path_of(address: str) -> str:
    """Return an address of ours without its host."""
    return address.partition("//")[2].partition("/")[2].join(("/", ""))


def move(person: User, email: str) -> User:
    person.email = email
    person.save(update_fields=["email"])
    return person
