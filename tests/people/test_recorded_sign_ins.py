"""Who signs in and out, and what becomes of passwords, is in the record."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from audits.models import Event, Membership, User
from audits.services.people.sign_ins import record_failure
from audits.services.record import late_lines
from tests.casting import PASSWORD, Cast, build_cast
from tests.locked_records import locked_record


def lines(cast: Cast) -> list[Event]:
    """Return what the record has of people."""
    with scopes_disabled():
        own = Event.objects.filter(organization=cast.ours.organization)
        return list(own.filter(verb__startswith="person."))


def verbs(cast: Cast) -> list[str]:
    return [line.verb for line in lines(cast)]


def sign_in(client: Client, person: User, password: str = PASSWORD) -> None:
    client.post(reverse("account_login"), {"login": person.email, "password": password})


def test_sign_in_and_out_are_recorded(cast: Cast) -> None:
    client, person = Client(), cast.ours.contributor

    sign_in(client, person)
    client.post(reverse("account_logout"))

    assert [(e.verb, e.actor_id, e.subject, e.details) for e in lines(cast)] == [
        ("person.signed_in", person.pk, str(person.pk), {}),
        ("person.signed_out", person.pk, str(person.pk), {}),
    ]


def test_signing_in_again_in_place_is_recorded(cast: Cast) -> None:
    form = {"login": cast.ours.contributor.email, "password": PASSWORD}

    Client().post(reverse("sign_in_again"), form)

    assert verbs(cast) == ["person.signed_in"]


def test_each_organization_of_a_person_is_told(cast: Cast) -> None:
    person = cast.ours.contributor
    with scopes_disabled():
        tenant = cast.theirs.organization
        Membership.objects.create(user=person, organization=tenant, role="viewer")

    sign_in(Client(), person)

    with scopes_disabled():
        told = Event.objects.filter(verb="person.signed_in")
        assert {event.organization_id for event in told} == {
            cast.ours.organization.pk,
            cast.theirs.organization.pk,
        }


def test_failed_sign_in_of_a_known_account_is_recorded(cast: Cast) -> None:
    person = cast.ours.contributor

    sign_in(Client(), person, "guess")

    [line] = lines(cast)
    assert (line.verb, line.actor_id, line.subject, line.details) == (
        "person.sign_in_failed",
        None,
        str(person.pk),
        {"times_today": 1},
    )


@pytest.mark.thorough
def test_failed_sign_ins_are_recorded_a_few_times_a_day(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    person = cast.ours.contributor

    for _ in range(120):
        record_failure(person=person)

    assert [line.details["times_today"] for line in lines(cast)] == [1, 10, 100]
    assert f"sign-in as person {person.pk} failed, 120 times today" in caplog.text
    User.objects.filter(pk=person.pk).update(failed_on="2026-01-01")
    record_failure(person=person)
    assert lines(cast)[-1].details == {"times_today": 1}


def test_unknown_person_leaves_no_line(cast: Cast) -> None:
    form = {"login": "no@example.org", "password": "guess"}

    Client().post(reverse("account_login"), form)
    sign_in(Client(), cast.unassigned, "guess")

    with scopes_disabled():
        assert not Event.objects.filter(verb__startswith="person.").exists()


def test_changed_password_is_recorded(cast: Cast) -> None:
    client, new = Client(), "a brand new horse battery"
    sign_in(client, cast.ours.contributor)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert "person.password_changed" in verbs(cast)


@pytest.mark.usefixtures("mails_at_once")
@pytest.mark.on_both
def test_reset_password_is_recorded(cast: Cast) -> None:
    client, new = Client(), "a brand new horse battery"
    client.post(
        reverse("account_reset_password"), {"email": cast.ours.contributor.email}
    )
    found = re.search(
        r"https?://[^/]+(/password/reset/key/\S+)", str(mail.outbox[0].body)
    )
    assert found
    page = client.get(found.group(1), follow=True)

    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

    assert verbs(cast) == ["person.password_reset"]


def test_no_name_and_no_address_is_recorded(cast: Cast) -> None:
    client, person = Client(), cast.ours.contributor
    sign_in(client, person, "guess")
    sign_in(client, person)

    for line in lines(cast):
        told = f"{line.subject} {line.details}"
        assert person.email not in told
        assert person.name not in told


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one lock for all"
)
@pytest.mark.on_both
def test_nobody_waits_long_for_a_locked_record_to_sign_in_or_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(late_lines, "PATIENCE_MS", 200)
    cast, client = build_cast(), Client()
    person = cast.ours.contributor

    with locked_record(cast.ours.organization):
        sign_in(client, person)
        assert client.get(reverse("use_cases")).status_code == 200
        assert client.get(reverse("portfolio_json")).status_code == 200
        kept = client.cookies["__Host-session"].value
        assert client.post(reverse("account_logout")).status_code == 302

    client.cookies["__Host-session"] = kept
    assert client.get(reverse("use_cases")).status_code == 302
    assert verbs(cast) == []
    late_lines.write_late_lines()
    assert verbs(cast) == ["person.signed_in", "person.signed_out"]


@pytest.mark.on_both
def test_session_ends_even_if_nothing_can_be_recorded(
    cast: Cast, client: Client
) -> None:
    def broken(execute: Any, sql: str, *others: Any) -> Any:
        if "audits_event" in sql:
            message = "the record is gone"
            raise DatabaseError(message)
        return execute(sql, *others)

    kept = client.cookies["__Host-session"].value
    with connection.execute_wrapper(broken), pytest.raises(DatabaseError):
        client.post(reverse("account_logout"))

    client.cookies["__Host-session"] = kept
    assert client.get(reverse("use_cases")).status_code == 302


def test_who_was_deactivated_is_recorded_unless_they_work_elsewhere(cast: Cast) -> None:
    person = cast.ours.contributor
    with scopes_disabled():
        Membership.ever.filter(user=person).update(ended_at=timezone.now())

    sign_in(Client(), person, "guess")
    sign_in(Client(), person)

    told = [(line.verb, line.details) for line in lines(cast)]
    assert told == [
        ("person.sign_in_failed", {"times_today": 1, "deactivated": True}),
        ("person.signed_in", {"deactivated": True}),
    ]
    with scopes_disabled():
        tenant = cast.theirs.organization
        Membership.objects.create(user=person, organization=tenant, role="viewer")
    sign_in(Client(), person)
    assert len(lines(cast)) == 2
