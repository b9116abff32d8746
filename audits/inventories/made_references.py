"""References of rows that have none: the same in the next file."""

import hashlib
from collections.abc import Iterable

from audits.inventories.presets import key_of

# Chosen in place of a heading, none of which begins with a space: the file has no
# references, so each is made.
MADE = " made"
_DIGITS = 12  # of a digest: two of a million rows are the same once in 500 years


def made_reference(made_as: str, texts: Iterable[str]) -> str:
    """Return the reference that is made of some cells; empty if all of them are.

    >>> made_reference("ROW", ["Sales", "Quotes"])
    'ROW-75e0eedcd90b'
    >>> made_reference("ROW", [""])
    ''
    """
    keys = [key_of(text) for text in texts]
    digest = hashlib.sha256("\x00".join(keys).encode()).hexdigest()
    return f"{made_as}-{digest[:_DIGITS]}" if any(keys) else ""
