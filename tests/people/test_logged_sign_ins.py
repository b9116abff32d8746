"""Each sign-in, later proof and failure is a line of the log, with its kind."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Invitation, User
from tests.casting import PASSWORD, Cast
from tests.people.factors import code_of, enter_password, recovery_codes, with_app

NAME = "audits.services.people.sign_in_log"


def test_each_sign_in_and_each_failure_is_a_line_with_its_kind(
    cast: Cast, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SIGN_IN_TRIES = 2
    caplog.set_level("INFO", NAME)
    plain, person, client = cast.unassigned, cast.ours.contributor, Client()
    secret = with_app(person)
    again = reverse("account_reauthenticate")

    enter_password(Client(), plain)
    form = {"login": "no@example.org", "password": PASSWORD}
    Client().post(reverse("account_login"), form)
    Client().post(reverse("account_login"), {**form, "login": plain.email.upper()})
    for _ in range(3):
        form = {"login": plain.email, "password": "a guess"}
        Client().post(reverse("account_login"), form)
    step = enter_password(client, person)
    client.post(step, {"code": "000000"})
    client.post(step, {"code": recovery_codes(person)[0]})
    client.post(again, {"code": code_of(secret)})

    link = cast.ours.invitation
    with scope(organization=cast.ours.organization):
        link.digest = Invitation.digest_of("a-link")
        link.save(update_fields=["digest"])
    new = "a new horse battery"
    name = {"name": "Guest", "password1": new, "password2": new}
    Client().post(reverse("accept_invitation", args=["a-link"]), name)
    guest = User.objects.get(email=link.email)

    said = [each.getMessage() for each in caplog.records if each.name == NAME]
    assert said == [
        f"person {plain.pk} signed in with password",
        "password of an unknown account was wrong",
        f"person {plain.pk} signed in with password",
        f"password of person {plain.pk} was wrong",
        f"password of person {plain.pk} was wrong",
        "sign-in was not looked at: too many attempts",
        f"second factor of person {person.pk} was wrong",
        f"person {person.pk} signed in with password, recovery code",
        f"person {person.pk} proved who they are with authenticator app",
        f"person {guest.pk} signed in with password",
    ]
    assert not any(text in " ".join(said) for text in (plain.email, "no@example.org"))
