"""Above the title of a pack: for whom it is, and by when the first decision is due."""

from collections.abc import Sequence
from datetime import date

from audits.reports.packs.pack_asked import Asked
from audits.reports.packs.said.total_words import listed, word
from audits.scoring.days import in_words
from audits.services.due.meeting_day import meeting_day, without_day

_MOST_EARLY = 3
_OVERDUE = " (overdue)"


def meeting_of(items: Sequence[Asked], on: date) -> str:
    """Return the meeting that all papers name; of several days, only who meets.

    Empty if a paper names none, or another one.

    Args:
        items: The rows that the board decides.
        on: The day of the pack: no meeting before it is named.
    """
    named = {_still(item.meeting, on) for item in items}
    if len(named) > 1:
        named = {without_day(words) for words in named}
    return named.pop() if len(named) == 1 else ""


def first_due(items: Sequence[Asked]) -> str:
    """Say by when the first of some decisions is due; empty if none has a day."""
    dated = [(item.by, not item.is_late) for item in items if item.by and not item.told]
    if not dated:
        return ""
    day, is_ahead = min(dated)
    first = "first " if len(items) > 1 else ""
    return f"{first}{'' if is_ahead else 'was '}due {in_words(day)}"


def early_names(items: Sequence[Asked], of: int) -> str:
    """Name those whose day is before the meeting, with what is overdue.

    Args:
        items: The rows; where they are many, only how many they are.
        of: How many rows there are in all.
    """
    if len(items) > _MOST_EARLY:
        return f"{len(items)} of {of}"
    return listed([f"“{x.name}”{_OVERDUE * x.is_late}" for x in items])


def apart(not_ready: int, deferred: int, *, has_more: bool) -> str:
    """Say how many rows are not for this meeting; empty if all are.

    Args:
        not_ready: How many lack something before a vote.
        deferred: How many the board deferred.
        has_more: Whether there are others, which are for this meeting.
    """
    more = " more" if has_more else ""
    said = [
        f"{word(number)}{more} {'is' if number == 1 else 'are'} {what}"
        for number, what in ((not_ready, "not ready"), (deferred, "deferred"))
        if number
    ]
    return f"{'. '.join(said)}." if said else ""


def due_before_next(items: Sequence[Asked], held: date | None) -> str:
    """Say what else a board settles at a meeting: days of what it cannot vote on yet.

    That is a later meeting while none is named, and new days for what is overdue.

    Args:
        items: The rows on which the board cannot vote at the meeting.
        held: The day of the meeting, if it is known.
    """
    found = [
        (item.by, item.name)
        for item in items
        if held and item.by and item.by > held and not _is_later(item.meeting, held)
    ]
    found.sort()
    late = [item.name for item in items if item.by and item.is_late]
    said = []
    if found:
        named, first = listed([name for _, name in found]), in_words(found[0][0])
        said.append(f"name a later meeting by {first}, or new days, for {named}")
    if late:
        said.append(f"set a new day for {listed(late)}, whose day has passed")
    return f"Also to settle: {'; '.join(said)}." if said else ""


def _is_later(meeting: str, held: date) -> bool:
    day = meeting_day(meeting)
    return day is not None and day > held


def _still(words: str, on: date) -> str:
    day = meeting_day(words)
    return without_day(words) if day and day < on else " ".join(words.split())
