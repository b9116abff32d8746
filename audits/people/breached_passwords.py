"""Looks a password up in a set of breached ones, which an operator keeps as a file.

Attune asks nobody on the network. The set has SHA-1 digests in the format in which the
public ones come: one sorted file with a digest, a colon and a count in each line, or a
folder of range files, each named by the first five digits, with the rest in its lines.
"""

import hashlib
import logging
from bisect import bisect_left
from os import SEEK_END
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError

from audits.models import User

logger = logging.getLogger(__name__)
_OF_RANGE = 5
_PAST_ALL = "G"  # after each digit


class NotBreached:
    """Refuses passwords that are in the set that `BREACHED_PASSWORDS` names."""

    def validate(self, password: str, user: User | None = None) -> None:
        if not settings.BREACHED_PASSWORDS:
            return
        try:
            found = is_breached(password, Path(settings.BREACHED_PASSWORDS))
        except OSError as error:
            logger.exception("BREACHED_PASSWORDS cannot be read")
            message = "Passwords cannot be checked now. Try again later."
            raise ValidationError(message, code="password_unchecked") from error
        if found:
            message = (
                "This password is in a public list of stolen passwords. "
                "Use a few other words."
            )
            raise ValidationError(message, code="password_breached")

    def get_help_text(self) -> str:
        return "Do not use a password that was stolen somewhere."


def is_breached(password: str, place: Path) -> bool:
    """Return whether a password is in a set.

    Args:
        password: The password.
        place: The file, or the folder of range files.

    Raises:
        OSError: It cannot be read; a range that is not there, too.
    """
    text = password.encode("utf-8", "surrogatepass")
    digest = hashlib.sha1(text, usedforsecurity=False).hexdigest().upper()
    if not place.is_dir():
        with place.open("rb") as lines:
            return _is_in(digest, lines)
    start, rest = digest[:_OF_RANGE], digest[_OF_RANGE:]
    with (place / f"{start}.txt").open("rb") as lines:
        return any(_digest_in(line) == rest for line in lines)


def _digest_in(line: bytes) -> str:
    return line.partition(b":")[0].strip().decode("ascii", "replace").upper()


def _is_in(digest: str, lines: IO[bytes]) -> bool:
    """Return whether a sorted file has a line of a digest, by halving it."""

    def digest_after(place: int) -> str:
        lines.seek(place)
        if place:
            lines.readline()  # the rest of a line that began before
        return _digest_in(lines.readline()) or _PAST_ALL

    places = range(lines.seek(0, SEEK_END))
    found = bisect_left(places, digest, key=digest_after)
    return digest_after(found) == digest
