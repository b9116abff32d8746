"""Slows down guessing, by account and, after many more failures, by network address.

Codes come after a right password, so that the session that enters wrong ones waits; all
sessions of an account wait only after many more, as its owner would wait with them.

People who sign in very often wait a little too: each time costs the work of checking a
password, a session, and a line of the record that is kept for good.

A wait grows with each failure, up to a limit, and nobody is locked out. Devices that
signed in to the account before share a separate count, so that strangers do not slow
them, even from the same address, and collecting devices gives no further attempts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audits.models import RecentCount
from audits.services.people.rate_limits import HOUR, in_words, key_of, locked_count
from audits.services.people.sign_in_log import log_refusal

FIRST_WAIT = timedelta(seconds=30)
# After this long without another failure, the count starts again.
_KEPT = timedelta(days=1)
_MOST_DOUBLINGS = 20
# How long somebody waits each time who signed in often enough in this hour.
OFTEN_WAIT = timedelta(minutes=5)


class TooManyAttempts(Exception):  # noqa: N818 - the state it is in, not a fault
    """The next attempt must wait; the message is for people."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Too many attempts. Try again in {in_words(wait)}.")
        self.wait = wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An allowed attempt, which counts as failed until taken back.

    `tries` has the number of attempts without a wait by key. `is_one_of_many` says that
    the next attempt on the account must wait after so many failures.
    """

    tries: Mapping[str, int]
    is_one_of_many: bool


@transaction.atomic(durable=True)
def begin_attempt(
    *,
    what: str,
    account: str,
    address: str,
    is_known_device: bool,
    place: str | None = None,
    is_guessable: bool = True,
) -> Attempt:
    """Allow an attempt, and count it before checking anything.

    Of simultaneous attempts, only as many pass as need no wait.

    Args:
        what: The action, such as "sign-in"; each has separate counts.
        account: The email address entered, whether or not the account exists.
        address: The network address it comes from.
        is_known_device: Whether it comes from a device that signed in to this account
            before.
        place: What waits in place of the account, such as a session.
        is_guessable: Whether many guesses from many places could find it. If so, the
            account waits, too, after many more failures.

    Raises:
        TooManyAttempts: It must wait, and does not count.
        RuntimeError: It was called in a transaction, whose rollback would undo the
            count.
    """
    kind = "known device" if is_known_device else "account"
    own = by_account = key_of(f"{what} by {kind}", account.lower())
    tries = {}
    if not is_known_device:
        by_address = key_of(f"{what} by address", address)
        tries[by_address] = settings.SIGN_IN_TRIES_PER_ADDRESS
    if place and not is_known_device:
        own = key_of(f"{what} by place", f"{account.lower()}\n{place}")
        if is_guessable:
            tries[by_account] = settings.SIGN_IN_TRIES_OF_SESSIONS
    tries[own] = settings.SIGN_IN_TRIES
    rows = [locked_count(key, _KEPT) for key in sorted(tries)]
    now = timezone.now()
    waits = [row.blocked_until - now for row in rows if row.blocked_until]
    if waits and max(waits) > timedelta(0):
        log_refusal(what)
        raise TooManyAttempts(max(waits))
    for row in rows:
        row.count += 1
        wait = _wait_after(row.count, tries[row.key])
        row.blocked_until = now + wait if wait else None
        row.ends_at = now + _KEPT
        row.save()
    blocked = {row.key for row in rows if row.blocked_until}
    return Attempt(tries=tries, is_one_of_many=own in blocked)


@transaction.atomic(durable=True)
def take_back(attempt: Attempt) -> None:
    """Take back an attempt that did not fail."""
    for key in sorted(attempt.tries):
        row = locked_count(key, _KEPT)
        row.count = max(0, row.count - 1)
        row.blocked_until = None
        row.save()


def require_few_sign_ins(*, account: str) -> None:
    """Let an account sign in, before its password is checked.

    Only somebody with the right password can make it wait, and never for long.

    Raises:
        TooManyAttempts: It signed in often in this hour, and just before.
    """
    row = RecentCount.objects.filter(key=_key_of_sign_ins(account)).first()
    now = timezone.now()
    if row and row.blocked_until and row.blocked_until > now:
        raise TooManyAttempts(row.blocked_until - now)


@transaction.atomic(durable=True)
def count_sign_in(*, account: str) -> None:
    """Count a sign-in with the right password."""
    row = locked_count(_key_of_sign_ins(account), HOUR)
    row.count += 1
    if row.count >= settings.SIGN_INS_PER_HOUR:
        row.blocked_until = timezone.now() + OFTEN_WAIT
    row.save()


def _key_of_sign_ins(account: str) -> str:
    return key_of("signed in", account.lower())


def _wait_after(failures: int, tries: int) -> timedelta | None:
    """Return how long the next attempt waits: twice as long each time."""
    if failures < tries:
        return None
    longest = timedelta(seconds=settings.SIGN_IN_LONGEST_WAIT)
    doublings: int = min(failures - tries, _MOST_DOUBLINGS)
    return min(FIRST_WAIT * (1 << doublings), longest)
