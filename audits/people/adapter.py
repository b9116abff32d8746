"""How people come in: by invitation only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedPeopleOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Leave no message: each page says itself what happened."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
