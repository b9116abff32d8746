"""Gives people their words back in messages, without letting a session grow.

A message waits in the session until a page shows it. Somebody who never opens that page
could fill the session, which each of their requests reads whole.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse

# More than any field takes whose words are given back.
MOST_WORDS = 2000
# Of all messages that wait; one of page 1 fits.
MOST_WAITING = 32_000


def shortened(words: str) -> str:
    """Return somebody's words, cut after more than any field takes."""
    return words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]}…"


class NewestMessages(FallbackStorage):
    """Keeps the newest messages until a page shows them; the last one always."""

    def _store(
        self, messages: Iterable[Message], response: HttpResponse, *args: Any, **kw: Any
    ) -> list[Message]:
        store = super()._store  # type: ignore[misc] # django-stubs leaves it out
        kept: list[Message] = store(_newest(messages), response, *args, **kw)
        return kept


def _newest(messages: Iterable[Message]) -> list[Message]:
    kept: list[Message] = []
    room = MOST_WAITING
    for message in reversed(list(messages)):
        room -= len(str(message))
        if kept and room < 0:
            break
        kept.insert(0, message)
    return kept
