"""Signing in by SAML, at a provider that the test starts, and forged responses."""

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from lxml import etree
from pytest_django import Settings

from audits.identity.asserted import Asserted, NotProved
from audits.identity.saml import Party, address_to_ask, person_of_response
from audits.models import (
    DirectoryGroup,
    Membership,
    ProviderAccount,
    Role,
    SignOnProvider,
    User,
)
from audits.services.single_sign_on.domains import prove_domain
from tests.casting import Cast
from tests.pages import html_of
from tests.sign_on.providers import start_of
from tests.sign_on.saml_providers import (
    SamlProvider,
    form_of,
    make_key,
    saml_provider,
)
from tests.signed_in import let_prove, sign_in

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:saml2")
ADA = {"subject": "ada-1", "mail": "ada@firm.example", "displayName": "Ada Byron"}
COOKIE = "__Host-sign-on"
NS = {
    "p": "urn:oasis:names:tc:SAML:2.0:protocol",
    "a": "urn:oasis:names:tc:SAML:2.0:assertion",
}


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SamlProvider]:
    with saml_provider(tmp_path_factory.mktemp("saml")) as provider:
        yield provider


@pytest.fixture
def ours(cast: Cast, running: SamlProvider, settings: Settings) -> SignOnProvider:
    """The provider, as our administrator pastes it, and it the metadata of Attune."""
    settings.SIGN_ON_ORIGINS = frozenset({running.origin})
    organization, admin = cast.ours.organization, cast.ours.people[Role.ADMIN]
    client, running.who, running.knows = Client(), ADA, []
    sign_in(client, admin)
    let_prove(client, admin)
    form = {"metadata": running.metadata, "groups_claim": "groups"}
    sent = {f"saml-{name}": value for name, value in form.items()}
    saved = client.post(
        reverse("single_sign_on"),
        {"do": "saml", "saml-default_role": "viewer", **sent},
    )
    assert saved.status_code == 302
    with scope(organization=organization):
        prove_domain(organization=organization, domain="firm.example")
        found = SignOnProvider.objects.get()
    told = client.get(reverse("saml_metadata", args=[organization.pk]))
    running.knows = [told.content.decode()]
    return found


def form_at(provider: SignOnProvider) -> str:
    return reverse("saml_form", args=[provider.organization_id])


def begin(client: Client, provider: SignOnProvider, **query: str) -> dict[str, str]:
    """Go to the provider; return the form that comes from there."""
    there = client.get(start_of(provider, **query))
    assert there.status_code == 302, there.content
    return form_of(there["Location"])


def come_in(client: Client, provider: SignOnProvider, **query: str) -> HttpResponseBase:
    """Come back with the form of the provider, as a browser sends it."""
    form = begin(client, provider, **query)
    session = client.cookies.pop("__Host-session", None)  # not from another site
    sent = client.post(form_at(provider), form)
    if session is not None:
        client.cookies["__Host-session"] = session.value
    return client.get(sent["Location"]) if sent.status_code == 302 else sent


def role_of(email: str) -> str | None:
    with scopes_disabled():
        rows = Membership.objects.filter(user__email=email)
        return rows.values_list("role", flat=True).first()


@pytest.mark.on_both
def test_who_is_new_comes_in_with_the_role_of_their_groups(
    cast: Cast, ours: SignOnProvider, running: SamlProvider
) -> None:
    with scope(organization=cast.ours.organization):
        DirectoryGroup.objects.create(
            organization=cast.ours.organization, name="Leads", role=Role.REVIEWER
        )
    client, page = Client(), reverse("portfolio")

    viewer = come_in(client, ours, next=page)
    told = [role_of("ada@firm.example")]
    running.who = {**ADA, "groups": ["Leads", "Others"]}
    come_in(Client(), ours)
    told.append(role_of("ada@firm.example"))

    assert viewer["Location"] == page
    assert client.get(page).status_code == 200
    assert told == [Role.VIEWER, Role.REVIEWER]
    person = User.objects.get(email="ada@firm.example")
    assert person.name == "Ada Byron"
    with scopes_disabled():
        assert ProviderAccount.objects.get(user=person).subject == "ada-1"


def test_cookie_comes_with_the_form_and_a_session_does_not(
    ours: SignOnProvider,
) -> None:
    client = Client()
    begin(client, ours)
    kept = client.cookies[COOKIE]

    assert (kept["samesite"], kept["secure"], kept["httponly"]) == ("None", True, True)


def test_who_confirms_who_they_are_signs_in_there_again(
    cast: Cast, ours: SignOnProvider, running: SamlProvider
) -> None:
    client, page = Client(), reverse("add_app")
    come_in(client, ours)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 600
    session.save()
    asked = client.get(page)["Location"]

    back = come_in(client, ours, again="1", next=page)
    running.who = {**ADA, "subject": "bo-1", "mail": "bo@firm.example"}
    another = come_in(client, ours, again="1", next=page)

    assert asked.startswith(reverse("account_reauthenticate"))
    assert back["Location"] == page
    assert another.status_code == 403
    assert client.get(page).status_code == 200


def test_response_counts_once_and_only_where_it_was_asked_for(
    ours: SignOnProvider,
) -> None:
    client, other = Client(), Client()
    form = begin(client, ours)
    kept = client.cookies[COOKIE].value
    begin(other, ours)

    told = [
        Client().post(form_at(ours), form).status_code,  # nobody asked for it
        other.post(form_at(ours), form).status_code,  # another asked for it
        Client().post(form_at(ours), {**form, "RelayState": ""}).status_code,
    ]
    sent = client.post(form_at(ours), form)
    arrived = client.cookies[COOKIE].value
    told.append(client.get(sent["Location"]).status_code)
    client.cookies[COOKIE] = arrived
    told.append(client.get(sent["Location"]).status_code)
    client.cookies[COOKIE] = kept
    told.append(client.post(form_at(ours), form).status_code)

    assert told == [400, 400, 400, 302, 400, 400]


def _xml(alter: Callable[[etree._Element], None]) -> Callable[[bytes], bytes]:
    def altered(response: bytes) -> bytes:
        root = etree.fromstring(response)
        alter(root)
        return bytes(etree.tostring(root))

    return altered


def _one(root: etree._Element, path: str) -> etree._Element:
    return root.xpath(f"//{path}", namespaces=NS)[0]


def _text(path: str, text: str) -> Callable[[bytes], bytes]:
    def alter(root: etree._Element) -> None:
        _one(root, path).text = text

    return _xml(alter)


def _no_signature(root: etree._Element) -> None:
    for node in root.xpath("//*[local-name()='Signature']"):
        node.getparent().remove(node)


def _forged(root: etree._Element) -> etree._Element:
    """Return a copy of the assertion that says another address and has no signature."""
    copy = etree.fromstring(etree.tostring(_one(root, "a:Assertion")))
    _no_signature(copy)
    copy.set("ID", "forged")
    for node in copy.xpath("//a:AttributeValue", namespaces=NS):
        node.text = "boss@firm.example"
    return copy


def _beside(root: etree._Element) -> None:
    root.insert(1, _forged(root))


def _wrapped(root: etree._Element) -> None:
    """Hide the signed one in an extension, and put a forged one in its place."""
    signed, forged = _one(root, "a:Assertion"), _forged(root)
    root.replace(signed, forged)
    extensions = etree.SubElement(root, f"{{{NS['p']}}}Extensions")
    extensions.append(signed)


def _in_signature(root: etree._Element) -> None:
    """Hide the signed one inside of the signature of a forged one."""
    signed, forged = _one(root, "a:Assertion"), _forged(root)
    root.replace(signed, forged)
    signature = signed.xpath("*[local-name()='Signature']")[0]
    forged.insert(1, signature)
    etree.SubElement(signature, "Object").append(signed)


def _with_dtd(response: bytes) -> bytes:
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", response.strip())
    return b'<!DOCTYPE r [<!ENTITY e "x">]>' + body.replace(b"Ada", b"&e;")


def _bomb(response: bytes) -> bytes:
    many = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE r [<!ENTITY e0 "x">{many}]><r>&e9;</r>'.encode()


def _file(response: bytes) -> bytes:
    return b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>'


def _with(path: str, name: str, value: str) -> Callable[[bytes], bytes]:
    def alter(root: etree._Element) -> None:
        _one(root, path).set(name, value)

    return _xml(alter)


FORGED: dict[str, Callable[[bytes], bytes]] = {
    "no signature": _xml(_no_signature),
    "another address": _text("a:AttributeValue", "boss@firm.example"),
    "another subject": _text("a:NameID", "boss"),
    "another audience": _text("a:Audience", "https://other.example"),
    "another issuer": _text("a:Issuer", "https://other.example"),
    "a forged one beside it": _xml(_beside),
    "wrapped in an extension": _xml(_wrapped),
    "wrapped in the signature": _xml(_in_signature),
    "ended": _with("a:Conditions", "NotOnOrAfter", "2020-01-01T00:00:00Z"),
    "to another request": _with("p:Response", "InResponseTo", "other"),
    "to another place": _with("p:Response", "Destination", "https://other.example/"),
    "an entity": _with_dtd,
    "entities without end": _bomb,
    "a file of the server": _file,
    "no XML": lambda _: b"<a",
    "nothing": lambda _: b"",
}


HERE = "https://attune.example/form/"
ENTITY = "https://attune.example/metadata.xml"


@pytest.fixture
def party(running: SamlProvider) -> Iterator[Party]:
    """The provider, without a database."""
    running.who, running.says = ADA, {}
    running.knows = [
        render_to_string("sign_on/metadata.xml", {"entity_id": ENTITY, "form_at": HERE})
    ]
    yield Party.read(running.metadata, entity_id=ENTITY, back=HERE)
    running.says = {}


def asked_for(party: Party) -> tuple[str, bytes]:
    """Ask the provider; return the id of that, and its response."""
    address, request_id = address_to_ask(party, "relay", again=False)
    return request_id, base64.b64decode(form_of(address)["SAMLResponse"])


def proved(party: Party, request_id: str, response: bytes) -> Asserted | None:
    encoded = base64.b64encode(response).decode()
    try:
        return person_of_response(
            party, response=encoded, request_id=request_id, groups_claim="groups"
        )
    except NotProved:
        return None


def test_forged_response_proves_nothing(party: Party) -> None:
    request_id, response = asked_for(party)

    told = {
        name: proved(party, request_id, forge(response))
        for name, forge in FORGED.items()
    }

    right = proved(party, request_id, response)
    assert right
    assert (right.subject, right.email) == ("ada-1", "ada@firm.example")
    assert told == dict.fromkeys(FORGED)
    assert proved(party, "another", response) is None


SIGNED: dict[str, dict[str, str]] = {
    "for another service": {"sp_entity_id": "https://other.example"},
    "for no request": {"in_response_to": ""},
    "for another request": {"in_response_to": "another"},
    "for another place": {"destination": "https://other.example/form/"},
    "for a place that ends so": {"destination": f"https://other.example/?{HERE}"},
    "with an old algorithm": {"sign_alg": "http://www.w3.org/2000/09/xmldsig#rsa-sha1"},
}


@pytest.mark.parametrize("says", SIGNED.values(), ids=SIGNED)
def test_response_that_is_signed_for_something_else_proves_nothing(
    party: Party, running: SamlProvider, says: dict[str, str]
) -> None:
    running.says = says

    assert proved(party, *asked_for(party)) is None


def test_response_of_another_provider_proves_nothing(
    party: Party, tmp_path: Path
) -> None:
    request_id, response = asked_for(party)
    make_key(tmp_path)
    lines = (tmp_path / "cert.pem").read_text().splitlines()[1:-1]

    other = replace(party, certificates=("".join(lines),))

    assert proved(other, request_id, response) is None


def test_comment_in_an_address_cuts_nothing_off(
    ours: SignOnProvider, running: SamlProvider
) -> None:
    """A signature does not cover comments, and some readers stop at one."""
    running.who = {**ADA, "mail": "ada@firm.example.evil.example"}
    client = Client()
    form = begin(client, ours)
    response = base64.b64decode(form["SAMLResponse"]).decode()
    cut = response.replace("firm.example.evil", "firm.example<!---->.evil")
    form["SAMLResponse"] = base64.b64encode(cut.encode()).decode()

    refused = client.post(form_at(ours), form)

    assert cut != response
    assert refused.status_code == 403
    assert "domain" in html_of(refused)
    assert not User.objects.filter(email__startswith="ada@").exists()


def test_metadata_that_cannot_be_used_is_not_stored(
    cast: Cast, ours: SignOnProvider, settings: Settings
) -> None:
    client, admin = Client(), cast.ours.people[Role.ADMIN]
    sign_in(client, admin)
    let_prove(client, admin)
    settings.SIGN_ON_ORIGINS = frozenset()

    for text in (
        "<a/>",
        "text",
        ours.metadata,
        '<!DOCTYPE r [<!ENTITY e "x">]><r>&e;</r>',
    ):
        form = {"do": "saml", "saml-metadata": text, "saml-groups_claim": "groups"}
        refused = client.post(reverse("single_sign_on"), form)

        assert refused.status_code == 422, text[:20]
        assert "This metadata cannot be used" in html_of(refused)
    with scopes_disabled():
        assert SignOnProvider.objects.get().metadata == ours.metadata
