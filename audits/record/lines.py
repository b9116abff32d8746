"""One line of a record, and the digest that chains it to the line before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, as it is stored.

    Attributes:
        organization: Whose record.
        number: Its place in it, from 1.
        at: When it was written.
        actor: The id of the person; None for the system.
        verb: The action.
        subject: The object of the action: a reference or an id.
        details: Values as JSON has them.
        previous: The digest of the line before it; empty for the first line.
        digest: Its own stored digest.
        is_emptied: Whether who signed in was removed from it since.
        seal: Of a line that may be emptied, something random, with which its content
            has a digest of its own; that digest once it is emptied. Empty of others.
    """

    organization: UUID
    number: int
    at: datetime
    actor: int | None
    verb: str
    subject: str
    details: Mapping[str, Any]
    previous: str
    digest: str = ""
    is_emptied: bool = False
    seal: str = ""

    def compute_digest(self) -> str:
        """Return the correct digest: the SHA-256 of all the rest, as JSON.

        It covers the organization, so that a line fits no other record. Of a line with
        a seal, it covers the digest of what can be removed from it.
        """
        content = [
            str(self.organization),
            self.previous,
            self.number,
            self.at.astimezone(UTC).isoformat(),
        ]
        if self.seal:
            return _digest([*content, self.verb, self.inner_digest])
        return _digest([*content, self.actor, self.verb, self.subject, self.details])

    @property
    def inner_digest(self) -> str:
        """The digest of what an emptied line has lost; nobody can guess who it was."""
        if self.is_emptied:
            return self.seal
        return _digest([self.seal, self.actor, self.subject, self.details])

    @property
    def fits_its_digest(self) -> bool:
        """Whether it is unchanged since its digest was made."""
        return self.digest == self.compute_digest()


def _digest(content: list[Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
