"""How people come in: by invitation only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest

from audits.models import User


class InvitedPeopleOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Leave no message: each page says itself what happened."""

    def reauthenticate(self, user: User, password: str) -> bool:
        """Check a password as a sign-in does, with its limit of attempts."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
