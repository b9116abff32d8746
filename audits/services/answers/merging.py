"""Decides whether a page's value may replace the stored one.

Every entry has a version. A page says which version it showed, and from which tab and
in which order it sends: a response that was lost, or that overtook another, must not
look like somebody else's change.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["saved", "same", "late", "kept", "conflict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The tab that sends, and the number of its message.

    A page gets its tab from the server; its script chooses a new one and counts. A page
    without a script sends every message with the same number. Without a tab, as in an
    import, the value replaces any other.
    """

    tab: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Stored:
    """The stored state of an entry; version 0 is an entry without a value yet."""

    value: Any = None
    version: int = 0
    tab: str = ""
    seq: int = 0

    @classmethod
    def of(cls, entry: Mapping[str, Any] | None) -> "Stored":
        """Read an entry from an audit's document."""
        if entry is None:
            return cls()
        return cls(
            entry["value"],
            entry.get("version", 1),
            entry.get("tab", ""),
            entry.get("seq", 0),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The sent value of one entry, and the version that the page showed.

    `is_unsaid` is a level that the page did not have. It says nothing about the level
    that the page showed, but it does about a newer one.
    """

    value: Any
    seen: int = 0
    is_unsaid: bool = False

    @classmethod
    def no_level(cls, seen: int) -> "Sent":
        """Return what an answer without a level says about the one shown beside it."""
        return cls(value=None, seen=seen, is_unsaid=True)

    def counts_against(self, stored: Stored) -> bool:
        """Return whether it says anything about the stored state."""
        return not self.is_unsaid or self.seen != stored.version


def merge(
    stored: Stored, sent: Sent, sender: Sender, shown: Callable[[], Any]
) -> Outcome:
    """Return the outcome of a sent value.

    Args:
        stored: The stored state now.
        sent: The value, and the version it is based on.
        sender: The tab and the number of its message.
        shown: Finds the value of the version it is based on.

    Returns:
        "saved": it replaces the stored value. "same": it equals the stored value.
        "kept": somebody else changed the entry and this page did not, so the stored
        value stays. "late": the page has sent a newer value, which counts. "conflict":
        this page and another one both changed it.
    """
    if sent.value == stored.value:
        return "same"
    if not sender.tab or sent.seen == stored.version:
        return "saved"
    is_same_tab = stored.tab == sender.tab
    if is_same_tab and sender.seq > stored.seq:
        return "saved"
    if sent.value == shown():
        return "kept"
    if not is_same_tab:
        return "conflict"
    # An equal number: sent twice without a script, as after Back. The later one counts.
    return "saved" if sender.seq == stored.seq else "late"


def merge_pair(answer: Outcome, level: Outcome) -> tuple[Outcome, Outcome]:
    """Return what becomes of an answer and its evidence level, which count together.

    A level was given for one answer. So if a page changed one of the two and somebody
    else the other, or both changed the answer, the pair waits for a choice: nobody said
    what the two halves would say together.
    """
    if answer == "same" or {answer, level} <= {"saved", "same"}:
        return answer, level
    if answer == "kept" and level not in ("saved", "conflict"):
        return answer, level
    if "late" in (answer, level) and answer != "conflict":
        return "late", level if level in ("same", "kept") else "late"
    return "conflict", "conflict"
