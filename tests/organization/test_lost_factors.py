"""An administrator lets a member in again who lost their second factor."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoCaptureOnCommitCallbacks

from audits.access.opened_pages import ticket_of
from audits.models import Event, Membership, Role, User
from audits.services.organizations.lost_factors import (
    NotTheirs,
    remove_factors_of_member,
)
from audits.services.people.factors.factors import Factors
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.people.factors import with_app
from tests.queued_mails import send_queued_mails
from tests.signed_in import let_prove, sign_in

pytestmark = pytest.mark.on_both


def page_of(person: User, name: str = "remove_member_factors") -> str:
    return reverse(name, args=[person.public_id])


def test_second_factors_are_removed_by_who_just_proved_who_they_are(
    in_ours: Cast,
    away: Client,
    boss: Membership,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    person, client = in_ours.ours.contributor, Client()
    with_app(person)
    sign_in(client, person)
    page = html_of(away.get(page_of(person, "member")))
    form = {"page-of": ticket_of(boss.user)}

    asked = away.post(page_of(person), form)["Location"]
    here, _, after = asked.partition("?next=")
    before = Factors.of(person).is_there
    away.post(here, {"next": after, "password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        done = away.post(page_of(person), form, follow=True)

    assert f'action="{page_of(person)}"' in page
    assert here == reverse("account_reauthenticate")
    assert before
    assert not Factors.of(person).is_there
    assert f"{person} has no second factor now" in html_of(done)
    assert page_of(person) not in html_of(done)
    send_queued_mails()
    [told] = mail.outbox
    assert told.to == [person.email]
    assert "authenticator app was removed" in told.subject
    [line] = Event.objects.filter(verb="person.factor_removed")
    assert (line.actor, line.subject) == (boss.user, str(person.pk))
    # They are signed out, and come in by password.
    assert client.get(reverse("use_cases"))["Location"].startswith("/sign-in/")


def test_account_that_opens_more_than_the_organization_keeps_its_factors(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    operator, both = in_ours.ours.people[Role.REVIEWER], in_ours.ours.contributor
    left = in_ours.ours.people[Role.VIEWER]
    left.memberships.update(ended_at=timezone.now())
    User.objects.filter(pk=operator.pk).update(is_staff=True)
    theirs = in_ours.theirs.organization
    with scope(organization=theirs):
        Membership.objects.create(user=both, organization=theirs, role=Role.VIEWER)
    people = (operator, both, left, boss.user)
    for person in people:
        with_app(person)
    let_prove(admin, boss.user)

    pages = [html_of(admin.post(page_of(each), follow=True)) for each in people]

    assert [Factors.of(person).is_there for person in people] == [True] * 4
    run_it = "Ask the people who run this site to do this for"
    assert [run_it in page for page in pages] == [True, True, True, False]
    assert "Change your own second factors" in pages[3]
    # Who was demoted just now, too.
    Membership.objects.filter(pk=boss.pk).update(role=Role.REVIEWER)
    member = in_ours.ours.people[Role.BOARD].memberships.get()
    with pytest.raises(NotTheirs):
        remove_factors_of_member(member=member, by=boss)
