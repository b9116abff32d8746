"""Setting single sign-on up: by an administrator on its page, and by an operator."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import StringIO
from threading import Thread

import dns.message
import dns.rrset
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.models import (
    DirectoryGroup,
    Event,
    MailDomain,
    ProviderAccount,
    Role,
    SignOnProvider,
)
from audits.services.single_sign_on.domains import prove_domain
from audits.services.single_sign_on.providers import NoSecret, secret_of
from tests.casting import Cast
from tests.pages import html_of
from tests.sign_on.providers import OpenIdProvider, come_in, set_up
from tests.signed_in import let_prove, sign_in

PAGE = reverse("single_sign_on")
on_both = pytest.mark.on_both


FOLLOWS = {
    "unmap": "Members keep the role that they have, and administrators give roles.",
    "remove domain": "Nobody with an address at firm.example can come in",
}


@pytest.fixture
def admin(cast: Cast) -> Client:
    client, person = Client(), cast.ours.people[Role.ADMIN]
    sign_in(client, person)
    let_prove(client, person)
    return client


def form(idp: OpenIdProvider, **other: str) -> dict[str, str]:
    usual = {"do": "provider", "issuer": idp.issuer, "client_id": "attune"}
    more = {"secret": "hush", "groups_claim": "groups", "default_role": "viewer"}
    return {**usual, **more, **other}


def provider() -> SignOnProvider:
    with scopes_disabled():
        return SignOnProvider.objects.select_related("organization").get()


@on_both
def test_administrator_sets_it_up_and_the_record_says_so(
    cast: Cast, admin: Client, idp: OpenIdProvider
) -> None:
    group = {"do": "group", "name": "Leads", "role": "reviewer", "sure": "on"}
    unsure = {**group}
    del unsure["sure"]
    warned = html_of(admin.post(PAGE, unsure))
    assert "No provider is saved yet" in warned
    assert "No group makes an administrator." in warned
    with scopes_disabled():
        assert not DirectoryGroup.objects.exists()
    sent = [form(idp), {"do": "domain", "domain": "Firm.Example"}, group]

    statuses = [admin.post(PAGE, each).status_code for each in sent]
    page = html_of(admin.get(PAGE))

    assert statuses == [302, 302, 302]
    stored = provider()
    assert "hush" not in stored.secret
    assert secret_of(stored) == "hush"
    assert "hush" not in page
    with scope(organization=cast.ours.organization):
        domain, mapped = MailDomain.objects.get(), DirectoryGroup.objects.get()
        lines = Event.objects.order_by("-number")[:3]
        assert [line.verb for line in lines] == [
            "group.mapped",
            "domain.added",
            "provider.added",
        ]
    assert f'<code class="to-copy">{domain.record}</code>' in page
    texts = [
        " ".join(x.split()) for x in re.findall(r'to-copy small">(.*?)<', page, re.S)
    ]
    whole = f"(many services call that name “@”): {domain.record}"
    assert [x for x in texts if x.endswith(whole)]
    slug = domain.organization.slug
    assert [x for x in texts if x.endswith(f"sign_on {slug} --check {domain}")]
    told = html_of(admin.get(reverse("record")))
    for words in ("Identity provider added", "Mail domain added", "firm.example"):
        assert words in told
    assert "Role given to a group" in told
    assert "Leads" in told
    for of, do in ((mapped, "unmap"), (domain, "remove domain")):
        taken = {"do": do, "of": str(of.public_id)}
        asked = html_of(admin.post(PAGE, taken))
        assert FOLLOWS[do] in asked
        assert f'value="{of.public_id}"' in asked
        with scopes_disabled():
            assert type(of)._base_manager.filter(pk=of.pk).exists()
        admin.post(PAGE, {**taken, "sure": "on"})
    asked = html_of(admin.post(PAGE, {"do": "remove provider"}))
    assert "0 people came in by it so far" in asked
    assert provider()
    admin.post(PAGE, {"do": "remove provider", "sure": "on"})
    with scopes_disabled():
        assert not DirectoryGroup.objects.exists()
        assert not MailDomain.objects.exists()
        assert not SignOnProvider.objects.exists()


def test_secret_stays_unless_it_would_go_to_another_issuer(
    cast: Cast, admin: Client, idp: OpenIdProvider, settings: Settings
) -> None:
    other = idp.issuer.replace("localhost", "127.0.0.1")
    settings.SIGN_ON_ORIGINS |= {other}
    admin.post(PAGE, form(idp))
    with scope(organization=cast.ours.organization):
        ProviderAccount.objects.create(
            organization=cast.ours.organization,
            user=cast.ours.contributor,
            subject="ada",
        )

    kept = admin.post(PAGE, form(idp, secret="", default_role="contributor"))
    moved = admin.post(PAGE, form(idp, secret="", issuer=other))
    sealed = secret_of(provider())
    admin.post(PAGE, form(idp, issuer=other))

    assert (kept.status_code, moved.status_code) == (302, 422)
    assert "Enter the client secret" in html_of(moved)
    assert sealed == "hush"
    with scopes_disabled():
        assert ProviderAccount.objects.get().subject == ""


def test_sign_in_page_says_whether_anybody_can_sign_in_at_the_provider(
    cast: Cast, admin: Client, idp: OpenIdProvider
) -> None:
    page, told = reverse("organization_sign_in"), []
    told.append(html_of(admin.get(page)))
    set_up(cast.ours.organization, idp.issuer)
    told.append(html_of(admin.get(page)))
    with scope(organization=cast.ours.organization):
        prove_domain(organization=cast.ours.organization, domain="firm.example")
    told.append(html_of(admin.get(page)))

    words = (
        "can sign in at your own",
        "until one of your domains",
        "Members sign in at",
    )
    assert [[word in said for word in words] for said in told] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_issuer_is_asked_before_it_is_stored(
    admin: Client, idp: OpenIdProvider
) -> None:
    for issuer in ("https://localhost/", "http://10.0.0.1/", f"{idp.issuer}/none"):
        refused = admin.post(PAGE, form(idp, issuer=issuer))

        assert refused.status_code == 422
        assert "This issuer cannot be used" in html_of(refused)
    admin.post(PAGE, form(idp, issuer=""))  # nothing was entered
    with scopes_disabled():
        assert not SignOnProvider.objects.exists()
        lines = Event.objects.filter(verb="provider.refused").order_by("number")
        told = [each.details for each in lines]
    assert [each["issuer"] for each in told][1:] == [
        "http://10.0.0.1/",
        f"{idp.issuer}/none",
    ]
    assert all("This issuer cannot be used" in each["reason"] for each in told)
    page = html_of(admin.get(reverse("record")))
    assert "Identity provider could not be saved" in page


def test_single_sign_on_is_required_by_who_came_by_it(
    cast: Cast, admin: Client, idp: OpenIdProvider
) -> None:
    organization = cast.ours.organization
    ours = set_up(organization, idp.issuer, "firm.example")
    person = cast.ours.people[Role.ADMIN]
    person.email = "ada@firm.example"
    person.save()
    idp.knows("ada", email=person.email)
    rules, came = {"do": "rules", "required": "on", "has_factor": "on"}, Client()

    locked_out = admin.post(PAGE, rules)
    come_in(came, ours, idp, "ada")
    asked_first = came.post(PAGE, rules)
    come_in(came, ours, idp, "ada", again="1")
    required = came.post(PAGE, rules)
    kept = came.post(PAGE, {"do": "remove provider", "sure": "on"}, follow=True)

    assert (locked_out.status_code, required.status_code) == (422, 302)
    assert "/sign-in/confirm/" in asked_first["Location"]
    organization.refresh_from_db()
    assert organization.requires_single_sign_on
    assert organization.sign_on_has_factor
    assert "Let members sign in with a password first" in html_of(kept)
    assert provider() == ours
    call_command("sign_on", organization.slug, "--allow-passwords", stdout=StringIO())
    organization.refresh_from_db()
    assert (organization.requires_single_sign_on, organization.sign_on_has_factor) == (
        False,
        True,
    )


def test_ids_of_another_organization_are_unknown(cast: Cast, admin: Client) -> None:
    theirs = cast.theirs.organization
    with scope(organization=theirs):
        domain = MailDomain.objects.create(organization=theirs, domain="their.example")
        group = DirectoryGroup.objects.create(
            organization=theirs, name="Zanzibar", role=Role.ADMIN
        )

    told = [
        admin.post(PAGE, {"do": do, "of": of}).status_code
        for do, of in (
            ("remove domain", str(domain.public_id)),
            ("unmap", str(group.public_id)),
            ("remove domain", "x"),
        )
    ]

    assert told == [404, 404, 404]
    page = html_of(admin.get(PAGE))
    assert "their.example" not in page
    assert "Zanzibar" not in page


def test_domain_belongs_to_who_proved_it_first(cast: Cast) -> None:
    call_command("sign_on", "northgate", "--prove", "firm.example", stdout=StringIO())

    with pytest.raises(CommandError, match="Another organization has proved"):
        call_command("sign_on", "zanzibar", "--prove", "@FIRM.example.")

    with scopes_disabled():
        proved = MailDomain.objects.proved().get()
    assert proved.organization == cast.ours.organization


@contextmanager
def name_server(text: str) -> Iterator[str]:
    """Answer every question for TXT records with a text."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                asked, whom = server.recvfrom(4096)
            except OSError:
                return
            question = dns.message.from_wire(asked)
            reply = dns.message.make_response(question)
            name = question.question[0].name
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", f'"{text}"'))
            server.sendto(reply.to_wire(), whom)

    Thread(target=answer, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.close()


def test_operator_proves_a_domain_by_its_txt_record(cast: Cast) -> None:
    ours = cast.ours.organization
    with scope(organization=ours):
        domain = MailDomain.objects.create(organization=ours, domain="firm.example")
    told = StringIO()

    for text, is_proved in (("attune-domain=other", False), (domain.record, True)):
        with name_server(text) as server:
            ask = ("sign_on", ours.slug, "--check", "firm.example")
            with nullcontext() if is_proved else pytest.raises(CommandError):
                call_command(*ask, "--name-server", server, stdout=told)
        with scopes_disabled():
            domain.refresh_from_db()
        assert bool(domain.proved_at) == is_proved

    assert "firm.example: proved on" in told.getvalue()


def test_operator_sets_a_provider_up_by_the_environment(
    cast: Cast, admin: Client, idp: OpenIdProvider, settings: Settings
) -> None:
    given = {"issuer": idp.issuer, "client_id": "attune", "client_secret": "of env"}
    more = {"default_role": "viewer", "domains": ["firm.example"]}
    settings.SIGN_ON_PROVIDERS = {cast.ours.organization.slug: {**given, **more}}
    idp.knows("ada", email="ada@firm.example")

    call_command("sign_on", "northgate", "--from-environment", stdout=StringIO())
    response = come_in(Client(), provider(), idp, "ada")
    page = html_of(admin.get(PAGE))
    refused = admin.post(PAGE, form(idp))

    assert response["Location"] == reverse("use_cases")
    assert "Your operator set the provider up" in page
    assert refused.status_code == 422
    assert provider().secret == ""
    settings.SIGN_ON_PROVIDERS = {}
    with pytest.raises(NoSecret):
        secret_of(provider())
