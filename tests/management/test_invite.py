"""`manage.py invite` prints the link of the first administrator."""

import re
from io import StringIO

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from audits.models import Invitation, Organization, Role, User

FORM = {
    "name": "Ada Lovelace",
    "password1": "a new horse battery",
    "password2": "a new horse battery",
}
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def invited(address: str, organization: str) -> str:
    out = StringIO()
    call_command("invite", address, organization, stdout=out)
    found = re.search(r"https?://[^/]+(/invitation/\S+)", out.getvalue())
    assert found
    return found[1]


@pytest.mark.thorough
def test_first_administrator_signs_in_with_the_printed_link(
    mailoutbox: list[EmailMessage],
) -> None:
    client = Client()
    first = invited("ada@example.org", "Northgate Mutual")
    path = invited("ada@example.org", "northgate-mutual")

    page = client.get(path).content.decode()
    response = client.post(path, FORM)

    organization, person = Organization.objects.get(), User.objects.get()
    assert Client().get(first).status_code == 404
    assert "The people who run this site" in page
    assert response["Location"] == reverse("members")
    assert client.get(reverse("organization")).status_code == 200
    with scope(organization=organization):
        assert person.memberships.get().role == Role.ADMIN
    assert not person.is_superuser
    assert not mailoutbox


def test_address_and_organization_are_checked() -> None:
    for slug in ("a", "b"):
        Organization.objects.create(name="Twins", slug=slug)

    for address, organization, said in (
        ("ada", "Northgate", "email"),
        ("ada@example.org", "Twins", "Give the slug"),
        ("ada@example.org", "x" * 81, "80 characters"),
    ):
        with pytest.raises(CommandError, match=said):
            invited(address, organization)
    with scopes_disabled():
        assert not Invitation.objects.exists()
