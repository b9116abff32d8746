"""A person sees where they are signed in, and ends it; so does time, and a password."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import Event, Session, User
from audits.people.devices import device_in_words
from audits.services.people.back_office import record_membership, record_person
from audits.services.portfolio.saved_views import make_feed
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.people.factors import code_of, enter_password, with_app
from tests.signed_in import sign_in

PAGE, END = reverse("sign_in_security"), reverse("end_session")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def person(cast: Cast) -> User:
    return cast.ours.contributor


def signed_in(person: User, agent: str = FIREFOX, address: str = "192.0.2.7") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    enter_password(client, person)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("own_settings")).status_code == 200


def age(person: User, **ago: float) -> None:
    """Move all that is stored of a person's sessions into the past."""
    for session in Session.objects.filter(person=person):
        past = timedelta(**ago)
        session.began_at -= past
        session.seen_at -= past
        session.save(update_fields=["began_at", "seen_at"])


def test_sessions_are_listed_and_ended_one_by_one_and_all(
    cast: Cast, person: User
) -> None:
    here, phone = signed_in(person), signed_in(person, PHONE, "203.0.113.5")
    third = signed_in(person)
    age(person, minutes=10)
    page = html_of(here.get(PAGE))

    assert page.count("Firefox on Linux") >= 2
    assert "Safari on iPhone" in page
    assert "From 203.0.113.5" in page
    assert page.count("· this one") == 1
    names = re.findall(r'name="session" value="([0-9a-f]{20})"', page)
    assert len(names) == 2
    for key in (here, phone, third):
        assert str(key.session.session_key) not in page

    [of_phone] = [
        name
        for name in names
        if "iPhone" in page.partition(f'value="{name}"')[2].partition("</button>")[0]
    ]
    here.post(END, {"session": of_phone})
    assert [is_in(x) for x in (here, phone, third)] == [True, False, True]
    here.post(END, {"session": "others"})
    assert [is_in(x) for x in (here, third)] == [True, False]
    calendar = make_calendar(cast, person)
    assert Client().get(calendar).status_code == 200
    here.post(END, {"session": "all"})
    assert not is_in(here)
    # Who was in the account may have its address.
    assert Client().get(calendar).status_code == 404
    with scope(organization=cast.ours.organization):
        assert Event.objects.filter(verb="feed.removed", actor=person).exists()
    assert not Session.objects.filter(person=person).exists()


def test_open_session_ends_no_other_without_a_proof(cast: Cast, person: User) -> None:
    found, phone = Client(), signed_in(person, PHONE)
    sign_in(found, person)

    asked = found.post(END, {"session": "others"})

    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert is_in(phone)


def make_calendar(cast: Cast, person: User) -> str:
    with scope(organization=cast.ours.organization):
        _, secret = make_feed(member=person.memberships.get(), view=None)
    return reverse("calendar_feed", args=[secret])


def test_session_of_another_person_is_not_ended(cast: Cast, person: User) -> None:
    theirs, mine = signed_in(cast.theirs.contributor), signed_in(person)
    [name] = {
        *re.findall(r'value="([0-9a-f]{20})"', html_of(signed_in(person).get(PAGE)))
    } or {""}

    theirs.post(END, {"session": name})

    assert is_in(mine)


def test_session_ends_unused_and_at_last_whatever_it_does(person: User) -> None:
    used = signed_in(person)
    age(person, hours=2, minutes=59)
    assert is_in(used)
    [session] = Session.objects.filter(person=person)
    assert timezone.now() - session.seen_at < timedelta(minutes=1)
    age(person, hours=3, minutes=1)
    assert not is_in(used)

    long = signed_in(person)
    began = long.session["began"]
    store = long.session
    store["began"] = {**began, "at": began["at"] - 11.9 * 3600}
    store["something"] = "new"
    store.save()
    left = Session.objects.get(pk=store.session_key).expire_date - timezone.now()
    assert timedelta(minutes=5) < left < timedelta(minutes=7)
    assert is_in(long)
    store["began"] = {**began, "at": began["at"] - 12.1 * 3600}
    store.save()
    assert not is_in(long)


def test_new_password_and_lost_access_end_other_sessions(
    cast: Cast, person: User
) -> None:
    here, other = signed_in(person), signed_in(person, PHONE)
    new = "a brand new horse battery"
    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert (is_in(here), is_in(other)) == (True, False)
    assert Session.objects.filter(person=person).count() == 1

    colleague = cast.theirs.contributor
    gone = signed_in(colleague)
    with scopes_disabled():
        membership = colleague.memberships.select_related("organization").get()
        record_membership(membership=membership, by=person, before="viewer", after=None)
    assert not is_in(gone)
    closed = signed_in(colleague)
    colleague.is_active = False
    record_person(person=colleague, by=person, changed=["is_active"])
    assert not Session.objects.filter(person=colleague).exists()
    assert not is_in(closed)


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Edg/140.0", "Edge on Windows"),
        ("<script>", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_browser_is_named(agent: str, said: str) -> None:
    assert device_in_words(agent) == said


def test_session_has_a_new_key_at_each_sign_in_and_proof(person: User) -> None:
    client, confirm = Client(), reverse("account_reauthenticate")
    cookies = client.cookies
    cookies["__Host-session"] = "a" * 32  # one that somebody else knows
    keys = [enter_password(client, person) and cookies["__Host-session"].value]
    client.post(confirm, {"next": PAGE, "password": PASSWORD})
    keys.append(cookies["__Host-session"].value)
    secret = with_app(person)
    client.post(confirm, {"next": PAGE, "code": code_of(secret)})
    keys.append(cookies["__Host-session"].value)

    assert len({"a" * 32, *keys}) == 4
    assert all(re.fullmatch("[0-9a-z]{32}", key) for key in keys)  # 165 bits
    assert is_in(client)
    [row] = Session.objects.filter(person=person)
    assert row.pk == keys[-1]
    for old in ("a" * 32, *keys[:-1]):
        cookies["__Host-session"] = old
        assert not is_in(client)
