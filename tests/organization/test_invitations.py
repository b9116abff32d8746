"""Who is invited, what the link opens, and what a dead one says."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from audits.access.members import membership_of
from audits.models import Event, Invitation, Membership, Role, User
from audits.services.organizations.ended_invitations import forget_old
from audits.services.organizations.invitations import (
    NotOpen,
    accept_as,
    accept_as_new,
)
from tests.casting import Cast
from tests.pages import html_of
from tests.queued_mails import send_queued_mails
from tests.signed_in import let_prove, sign_in

NEW = "ada@example.org"
PASSWORD = "a new horse battery"  # noqa: S105 - of nobody
FORM = {"name": "Ada Lovelace", "password1": PASSWORD, "password2": PASSWORD}
pytestmark = pytest.mark.on_both


def invite(admin: Client, *emails: str, role: str = "reviewer") -> Any:
    form = {"emails": "\n".join(emails), "role": role}
    return admin.post(reverse("members"), form)


def mailed(mailoutbox: list[EmailMessage]) -> str:
    """Send what is queued, and return the path in the last email."""
    send_queued_mails()
    return link_in(mailoutbox[-1])


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"(/invitation/\S+)", str(mail.body))
    assert found
    return found.group()


def invitation(email: str = NEW) -> Invitation:
    with scopes_disabled():
        found: Invitation = Invitation.objects.select_related("organization").get(
            email=email
        )
        return found


def verbs(cast: Cast) -> list[str]:
    with scope(organization=cast.ours.organization):
        kinds = ("invitation", "membership")
        told = Event.objects.order_by("number").values_list("verb", flat=True)
        return [verb for verb in told if verb.startswith(kinds)]


def test_invited_person_reads_who_invites_and_is_signed_in_as_a_member(
    cast: Cast, admin: Client, mailoutbox: list[EmailMessage]
) -> None:
    response = invite(admin, f" {NEW.upper()} ")

    queued = DBTaskResult.objects.latest("enqueued_at").args_kwargs
    path, guest = mailed(mailoutbox), Client()
    secret = path.split("/")[2]
    page = html_of(guest.get(path))
    # A line of a file that lists people has one name.
    accepted = guest.post(path, {**FORM, "name": "Ada\r\nLovelace"})
    person = User.objects.get(email=NEW)
    assert response["Location"] == reverse("members")
    assert mailoutbox[-1].to == [NEW]
    shown = html_of(admin.get(reverse("members")))
    assert str(mailoutbox[-1].subject) in shown
    said = str(mailoutbox[-1].body).splitlines()
    assert [line for line in said[3:5] if line not in shown] == []
    # Neither the queue nor the database has the secret.
    assert secret not in str(queued)
    assert invitation().digest == Invitation.digest_of(secret)
    assert "Northgate Mutual" in page
    assert f"<bdi>{cast.ours.people[Role.ADMIN]}</bdi> invites" in page
    assert accepted["Location"] == reverse("use_cases")
    assert guest.get(reverse("use_cases")).status_code == 200
    assert (person.name, person.check_password(PASSWORD)) == ("Ada Lovelace", True)
    with scope(organization=cast.ours.organization):
        assert person.memberships.get().role == Role.REVIEWER
        events = Event.objects.filter(verb__startswith="invitation.")
        assert NEW not in str([*events.values_list("subject", "details")])
    assert verbs(cast) == ["invitation.sent", "invitation.accepted", "membership.added"]


def test_another_role_says_which_invitation_it_replaces(
    cast: Cast, admin: Client
) -> None:
    invite(admin, NEW, role="contributor")
    invite(admin, NEW, role="contributor")
    same = html_of(admin.get(reverse("members")))
    invite(admin, NEW, role="board")
    other = html_of(admin.get(reverse("members")))

    assert "replaces" not in same
    told = f"This replaces the first invitation of {NEW} (contributor): the old link"
    assert told in " ".join(other.split())
    with scope(organization=cast.ours.organization):
        assert invitation().role == Role.BOARD


def test_link_that_opens_nothing_says_why_and_makes_no_account(
    cast: Cast, admin: Client, mailoutbox: list[EmailMessage]
) -> None:
    invite(admin, NEW)
    first = mailed(mailoutbox)
    found, manage = invitation(), reverse("invitation", args=[invitation().public_id])

    admin.post(manage, {"do": "renew"})
    path = mailed(mailoutbox)
    told = {"renewed": dead(first)}
    store(expires_at=timezone.now() - timedelta(seconds=1))
    told["expired"] = dead(path)
    store(expires_at=found.expires_at)
    admin.post(manage, {"do": "withdraw"})
    told["withdrawn"] = dead(path)
    store(withdrawn_at=None, accepted_at=timezone.now())
    told["accepted"] = dead(path)

    assert told == {
        "renewed": (404, "This link opens no invitation"),
        "expired": (410, "This invitation has expired"),
        "withdrawn": (410, "This invitation was withdrawn"),
        "accepted": (410, "This invitation was used"),
    }
    assert not User.objects.filter(email=NEW).exists()
    assert verbs(cast) == [
        "invitation.sent",
        "invitation.renewed",
        "invitation.withdrawn",
    ]


def store(**columns: Any) -> None:
    with scopes_disabled():
        Invitation.objects.filter(email=NEW).update(**columns)


def dead(path: str) -> tuple[int, str]:
    """Post to a link, and return what it answers; the page names no address."""
    response = Client().post(path, FORM)
    page = html_of(response)
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found
    assert NEW not in page
    return response.status_code, found[1]


def test_person_with_an_account_signs_in_and_accepts(
    cast: Cast, admin: Client, mailoutbox: list[EmailMessage]
) -> None:
    nix = cast.unassigned
    invite(admin, nix.email, NEW)
    send_queued_mails()
    links = {mail.to[0]: link_in(mail) for mail in mailoutbox}
    path, unknown, guest = links[nix.email], links[NEW], Client()
    pages = [without_what_differs(guest.get(each), each) for each in (path, unknown)]
    refused = guest.post(path, FORM)
    sign_in(guest, nix)

    other = guest.post(unknown)
    accepted = guest.post(path)

    # Who holds a link sees the same page whether or not there is an account.
    assert pages[0] == pages[1]
    assert refused.status_code == 422
    assert "This address has an account already" in html_of(refused)
    assert (other.status_code, "another email address" in html_of(other)) == (403, True)
    assert NEW not in html_of(other)
    assert accepted["Location"] == reverse("use_cases")
    assert guest.get(reverse("use_cases")).status_code == 200
    nix.refresh_from_db()
    assert (nix.name, nix.check_password(PASSWORD)) == ("Nix", False)


def without_what_differs(response: Any, path: str) -> str:
    page = html_of(response).replace(path, "")
    for email in (NEW, "nobody@example.org"):
        page = page.replace(email, "")
    page = page.replace(path.replace("/", "%2F"), "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_member_of_another_organization_joins_a_second_one_and_works_there(
    cast: Cast, admin: Client, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    theirs, guest = cast.theirs.contributor, Client()
    invite(admin, theirs.email)
    path = mailed(mailoutbox)
    sign_in(guest, theirs)
    left = html_of(admin.get(reverse("members")))
    settings.DEMO = True
    in_demo = html_of(admin.get(reverse("members")))
    settings.DEMO = False
    settings_page = html_of(guest.get(reverse("own_settings")))

    page = html_of(guest.get(path))
    accept, found = reverse("accept_own_invitation"), invitation(theirs.email)
    stranger = Client()
    sign_in(stranger, cast.ours.contributor)
    let_prove(stranger, cast.ours.contributor)
    let_prove(guest, theirs)
    form = {"invitation": found.public_id}
    assert stranger.post(accept, form).status_code == 404
    response = guest.post(accept, form)

    now = membership_of(theirs)
    assert "The mail server took the email." in left
    assert "The demo wrote the email to its log, so nobody got it." in in_demo
    assert f"for <bdi>{cast.ours.organization}</bdi>, as " in settings_page
    assert f'action="{accept}"' in settings_page
    assert "You were invited." not in html_of(guest.get(reverse("own_settings")))
    assert f"You work in <bdi>{cast.theirs.organization}</bdi> now." in page
    assert response.status_code == 302
    assert now is not None
    assert now.organization == cast.ours.organization
    assert [m.organization for m in now.others] == [cast.theirs.organization]
    assert invitation(theirs.email).state == "accepted"


def _memberships(person: User) -> list[Membership]:
    with scopes_disabled():
        return list(Membership.ever.select_related("organization").filter(user=person))


def test_invitation_is_accepted_once(
    cast: Cast, admin: Client, mailoutbox: list[EmailMessage]
) -> None:
    """Whoever comes second holds what they read before."""
    invite(admin, NEW)
    read = invitation()
    with scope(organization=cast.ours.organization):
        person = accept_as_new(invitation=read, name="Ada", password=PASSWORD)

        with pytest.raises(NotOpen) as again:
            accept_as(invitation=read, person=person)

    assert again.value.state == "accepted"
    assert len(_memberships(person)) == 1


@pytest.mark.parametrize(
    ("emails", "said"),
    [
        ("ada@", "“ada@” is not an email address"),
        ("contributor@northgate.example", "is a member already"),
        (" ".join(f"p{n}@example.org" for n in range(21)), "20 addresses at most"),
        ("", "Enter an email address"),
    ],
)
def test_addresses_that_cannot_be_invited_are_refused(
    cast: Cast, admin: Client, emails: str, said: str
) -> None:
    if "northgate" in emails:
        emails, said = (
            cast.ours.contributor.email,
            f"{cast.ours.contributor.email} {said}",
        )

    response = invite(admin, emails)

    assert response.status_code == 422
    assert said in html_of(response)
    with scopes_disabled():
        assert not Invitation.objects.exclude(email__startswith="guest@").exists()


def test_passwords_have_the_rules_of_all_passwords(
    admin: Client, mailoutbox: list[EmailMessage]
) -> None:
    invite(admin, NEW)
    path, guest = mailed(mailoutbox), Client()

    short = guest.post(path, {**FORM, "password1": "short", "password2": "short"})
    other = guest.post(path, {**FORM, "password2": "another horse battery"})

    assert "at least 12 characters" in html_of(short)
    assert "Enter the same password twice" in html_of(other)
    assert not User.objects.filter(email=NEW).exists()


def test_invitations_of_an_hour_are_limited(admin: Client, settings: Settings) -> None:
    settings.INVITATIONS_PER_HOUR = 2

    refused = invite(admin, "a@example.org", "b@example.org", "c@example.org")

    assert refused.status_code == 429
    assert "You can invite 2 people an hour." in refused.content.decode()
    with scopes_disabled():
        sent = Invitation.objects.filter(email__endswith="@example.org")
        emails = sent.order_by("pk").values_list("email", flat=True)
        assert [*emails] == ["a@example.org", "b@example.org"]


def test_invitation_whose_mail_failed_says_so(
    admin: Client, settings: Settings
) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
    }
    invite(admin, NEW)
    waiting = html_of(admin.get(reverse("members")))

    send_queued_mails()

    page = html_of(admin.get(reverse("members")))
    assert "“Open invitations” says when an email has left." in waiting
    assert "The email has not left yet." in waiting
    assert "The mail server did not take the email." in page
    assert invitation().mail_failed


def test_ended_invitation_is_forgotten_after_a_month(cast: Cast, admin: Client) -> None:
    invite(admin, NEW, "grace@example.org", "mary@example.org")
    now = timezone.now()
    store(expires_at=now - timedelta(days=31))
    with scopes_disabled():
        mary = Invitation.objects.filter(email="mary@example.org")
        mary.update(withdrawn_at=now - timedelta(days=29))

    assert forget_old() == 1

    with scopes_disabled():
        left = Invitation.objects.filter(email__endswith="@example.org")
        emails = left.order_by("email").values_list("email", flat=True)
        assert [*emails] == ["grace@example.org", "mary@example.org"]
