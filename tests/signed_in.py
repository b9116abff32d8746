"""Signs people of the cast in without doing it anew for each test.

Signing in checks, counts and records, which costs more than the page that a test then
asks for. So a person signs in once in a process, and each test gets that session back.
A test of signing in itself, or of what it records, uses `Client.force_login`.
"""

import time

from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.test import Client
from django.utils import timezone

from audits.models import Session, User
from tests.replayed import as_cast_still

_known: dict[tuple[object, str], Session] = {}


def sign_in(client: Client, person: User) -> None:
    """Let a person be signed in in this browser; two browsers share their session."""
    # A session ends with the password it was begun with.
    which = (person.pk, person.password)
    if which not in _known:
        client.force_login(person)
        _known[which] = Session.objects.get(pk=client.session.session_key)
    # Else the first request of a test in a long run would write it, and others not.
    _known[which].seen_at = timezone.now()
    with as_cast_still():
        Session.objects.bulk_create([_known[which]], ignore_conflicts=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = _known[which].session_key


def let_prove(client: Client, person: User) -> None:
    """Let a person who is signed in have just proved who they are."""
    session = client.session
    proof = {"method": "mfa", "at": time.time(), "reauthenticated": True}
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [proof]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(person)
    session.save()
