"""Shares the places for reading files among people and organizations."""

import time
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Condition

from audits.uploads.reading.refusals import BusyError

_BUSY = "Attune is reading other files. Try again in a moment."
_OWN = "Attune is still reading another file of yours. Try again in a moment."
_SHARED = "Attune is reading files of your colleagues. Try again in a moment."


@dataclass(frozen=True, slots=True)
class Sender:
    """The person and the organization that a file comes from; None if unknown."""

    person: Hashable = None
    organization: Hashable = None


_NOBODY = Sender()
_sender: ContextVar[Sender] = ContextVar("sender", default=_NOBODY)


@contextmanager
def reading_for(person: Hashable, organization: Hashable) -> Iterator[None]:
    """Say whose files are read inside; nested, the inner one counts."""
    token = _sender.set(Sender(person, organization))
    try:
        yield
    finally:
        _sender.reset(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How many places there are, and how many of them one sender may have.

    `waiting` is how many files of a person may wait, as each occupies a thread.
    """

    all: int = 3
    of_person: int = 1
    of_organization: int = 2
    waiting: int = 2


class Places:
    """Places, of which no person and no organization takes all."""

    def __init__(self, shares: Shares) -> None:
        self.shares = shares
        self._changed = Condition()
        self._taken: Counter[Hashable] = Counter()
        self._waiting: Counter[Hashable] = Counter()
        self.free = shares.all

    @contextmanager
    def taken(self, patience: float, longer: float) -> Iterator[None]:
        """Take a place, and give it back at the end.

        Args:
            patience: Seconds to wait while the sender has their share.
            longer: Seconds to wait if others have all places.

        Raises:
            BusyError: None was given back in that time.
        """
        sender = _sender.get()
        self._take(sender, time.monotonic(), patience, longer)
        try:
            yield
        finally:
            with self._changed:
                self._count(sender, -1)
                self._changed.notify_all()

    def _take(
        self, sender: Sender, begun: float, patience: float, longer: float
    ) -> None:
        person = ("person", sender.person)
        with self._changed:
            if sender.person and self._waiting[person] >= self.shares.waiting:
                raise BusyError(_OWN)
            self._waiting[person] += 1
            try:
                while reason := self._reason(sender):
                    most = longer if reason is _BUSY else patience
                    left = begun + most - time.monotonic()
                    if left <= 0 or not self._changed.wait(left):
                        if reason := self._reason(sender):
                            raise BusyError(reason)
                        break
                self._count(sender, 1)
            finally:
                self._waiting[person] -= 1

    def _reason(self, sender: Sender) -> str:
        """Return why a sender has no place now; empty if they have."""
        shares = self.shares
        own = self._taken["person", sender.person]
        if sender.person and own >= shares.of_person:
            return _OWN
        shared = self._taken["organization", sender.organization]
        if sender.organization and shared >= shares.of_organization:
            return _SHARED
        return "" if self.free else _BUSY

    def _count(self, sender: Sender, more: int) -> None:
        self.free -= more
        self._taken["person", sender.person] += more
        self._taken["organization", sender.organization] += more
        self._taken += Counter()  # drops those that have none
