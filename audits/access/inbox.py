"""What a member may see in their inbox, by the rights that they have now."""

import functools
import operator
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.db import models
from django.http import Http404
from django.utils import timezone

from audits.landscape.change_days import ending_between
from audits.models import Membership, NoticeKind, User
from audits.models.audits import number_of
from audits.models.inbox import sources
from audits.models.inbox.columns import Notice, Reader, Source
from audits.models.inbox.marks import WAITING
from audits.models.organizations import REVIEWERS
from audits.models.queries.written_once import written_once

# What only happened is left out after as many days; so soon is a model's end told.
DAYS = timedelta(days=90)
_LAST = 12  # as many rows are shown of what waits
_MEMBERS = 5000  # of so many at most, a server process keeps numbers
# Before anything happened.
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


def reader_of(member: Membership) -> Reader:
    """Return who reads, with what their rights let them see."""
    today, zone = timezone.localdate(), timezone.get_current_timezone()
    ends, began = ending_between(today, today + DAYS), _begin_of(today, zone)
    return Reader(
        person=member.user,
        member=member,
        read=member.inbox_read_until or _EVER,
        horizon=_begin_of(today - DAYS, zone),
        today=began,
        over=_over_by(began),
        contributes=member.may_register or None,
        reviews=member.role in REVIEWERS or None,
        reviews_teams=_reviews_teams(member),
        ending={model: _begin_of(day - DAYS, zone) for model, day in ends.items()},
    )


def _reviews_teams(member: Membership) -> Membership | None:
    """Return a member who reviews for single teams alone; None for any other."""
    some = {*member.team_roles.values()} & {*REVIEWERS}
    return member if some and member.role not in REVIEWERS else None


def with_inbox_state[Row: models.Model](
    member: Membership, row: Row | None
) -> Row | None:
    """Return a row that was read with the state of the inboxes, and keep that."""
    if row is not None:
        member.inbox_state = vars(row)["inbox_state"]
    return row


class _Kept[Value]:
    """What a server process keeps of each member's inbox, as long as it is right."""

    def __init__(self, most: int) -> None:
        self._kept: dict[int, tuple[Hashable, Value]] = {}
        self._most = most

    def of(self, member: Membership, key: Hashable) -> Value | None:
        """Return what is kept of a member, if it still depends on the same."""
        kept = self._kept.get(member.pk)
        return kept[1] if kept is not None and kept[0] == key else None

    def has(self, member: Membership) -> bool:
        """Return whether anything is kept of a member."""
        return member.pk in self._kept

    def keep(self, member: Membership, key: Hashable, value: Value) -> None:
        """Keep a value in place of the one before."""
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[member.pk] = key, value

    def forget(self) -> None:
        """Keep nothing any more."""
        self._kept.clear()


_UNREAD: _Kept[int] = _Kept(most=_MEMBERS)
_WAITING_KINDS: _Kept[tuple[int, ...]] = _Kept(most=_MEMBERS)


def forget_numbers() -> None:
    """Count all again."""
    _UNREAD.forget()
    _WAITING_KINDS.forget()


def number_unread(member: Membership) -> int:
    """Count what a member has not read.

    One quick query asks for the state of the inboxes, unless the request knows it.
    Another counts, if the state is not that for which a number is kept.
    """
    reader, inbox, number = reader_of(member), member.inbox_state, None
    if inbox is None and not _UNREAD.has(member):
        [(inbox, number)] = _both(**reader.given)
    elif inbox is None:
        [inbox] = _state(person=member.user)
    key = (member.inbox_read_until, member.inbox_marks, *_depends_on(reader, inbox))
    if number is None:
        number = _UNREAD.of(member, key)
    if number is None:
        [number] = _unread(**reader.given)
    _UNREAD.keep(member, key, number)
    return int(number)


def _depends_on(reader: Reader, inbox: str | None) -> tuple[Hashable, ...]:
    """Return what the rows of an inbox depend on, beside what somebody read.

    `inbox` is the state of the inboxes.
    """
    ends = tuple(reader.ending.items())
    roles = reader.member.role, *sorted(reader.member.team_roles.items())
    return (roles, inbox, reader.horizon, ends)


def numbers_of(member: Membership) -> tuple[dict[str, int], int, int]:
    """Count a member's inbox in one query.

    Returns:
        How many rows of each kind there are, how many are unread, and how many wait.
    """
    [numbers] = _numbers(**reader_of(member).given_in_full)
    *of_kinds, unread, waiting = numbers
    return dict(zip(NoticeKind.values, of_kinds, strict=True)), unread, waiting


def notices_of(
    member: Membership, kinds: Container[str] = NoticeKind.values, *, unread: bool
) -> sources.Columns | Sequence[tuple[Any, ...]]:
    """Return the rows of a member's inbox as columns of notices, the latest first."""
    return sources.listed(reader_of(member), kinds, unread=unread)


def last_of(
    member: Membership, kind: str, most: int, *, unread: bool
) -> Sequence[tuple[Any, ...]]:
    """Return the last rows of one kind, or of all, by a query that is written once.

    A kind of which a member may see nothing has no query: count its rows before.
    """
    return _last_of(kind, most, unread)(**reader_of(member).given_in_full)


def waiting_of(reader: Reader) -> tuple[int, list[Notice]]:
    """Count what waits in a reader's inbox, and return the last rows of it.

    It is counted once for a state of the inboxes, which the member keeps.
    """
    member, numbers = reader.member, None
    if member.inbox_state is not None:
        key = _depends_on(reader, member.inbox_state)
        numbers = _WAITING_KINDS.of(member, key)
    if numbers is None:
        [(member.inbox_state, *found)] = _waiting(**reader.given_in_full)
        numbers = tuple(found)
        _WAITING_KINDS.keep(member, _depends_on(reader, member.inbox_state), numbers)
    # Mostly nothing or little waits, and to count is far quicker than to read no rows.
    kinds = tuple(x for x, one in zip(WAITING, numbers, strict=True) if one)
    rows = _last_waiting(kinds)(**reader.given_in_full) if kinds else ()
    return sum(numbers), [Notice.of(columns) for columns in rows]


def _numbers_waiting(found: Iterable[Source]) -> dict[str, Any]:
    """Return how many rows of each kind wait, as parts of a query."""
    numbers: dict[str, Any] = {}
    for each in found:
        if each.kind in WAITING:
            number = number_of(each.waiting())
            before = numbers.get(each.kind)
            numbers[each.kind] = number if before is None else before + number
    return numbers


def notice_for_opening(member: Membership, kind: str, subject: UUID) -> Notice:
    """Return one row of a member's inbox, or raise Http404."""
    reader = reader_of(member)
    for source in sources.sources(reader):
        if source.kind == kind:
            named = source.listed(reader).filter(**{source.subject: subject})
            for columns in named[:1]:
                return Notice.of(columns)
    message = "No such row of the inbox"
    raise Http404(message)


def _over_by(moment: datetime) -> date:
    """Return the last day that is over by a moment; a day of a decision ends in UTC.

    >>> _over_by(datetime(2026, 11, 30, tzinfo=UTC))
    datetime.date(2026, 11, 29)
    >>> _over_by(datetime.fromisoformat("2026-11-30T00:00+01:00"))
    datetime.date(2026, 11, 28)
    """
    return (moment.astimezone(UTC) - timedelta(days=1)).date()


@functools.lru_cache(maxsize=256)
def _begin_of(day: date, zone: tzinfo) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), zone)


@written_once
def _state(*, person: Any) -> Any:
    people = User.objects.filter(pk=person)
    return people.values_list(sources.state(), flat=True)


@written_once
def _unread(*, person: Any, **given: Any) -> Any:
    reader = Reader.of_given(person=person, **given)
    people = User.objects.filter(pk=person)
    return people.values_list(sources.number_unread(reader), flat=True)


@written_once
def _both(*, person: Any, **given: Any) -> Any:
    reader = Reader.of_given(person=person, **given)
    people = User.objects.filter(pk=person)
    return people.values_list(sources.state(), sources.number_unread(reader))


@functools.cache
def _last_of(
    kind: str, most: int, unread: bool
) -> Callable[..., Sequence[tuple[Any, ...]]]:
    kinds = (kind,) if kind else NoticeKind.values

    @written_once
    def last(**given: Any) -> Any:
        reader = Reader.of_given(**given)
        return sources.listed(reader, kinds, unread=unread)[:most]

    return last


@written_once
def _numbers(*, person: Any, **given: Any) -> Any:
    reader = Reader.of_given(person=person, **given)
    found = list(sources.sources(reader))
    of_kinds = {
        kind: [number_of(each.rows) for each in found if each.kind == kind]
        for kind in NoticeKind
    }
    counts = (
        *of_kinds.values(),
        [number_of(each.unread(reader)) for each in found],
        list(_numbers_waiting(found).values()),
    )
    none = models.Value(0)
    return User.objects.filter(pk=person).values_list(
        *(functools.reduce(operator.add, numbers, none) for numbers in counts)
    )


# A query of a few kinds is a tenth as long as that of all.
@functools.lru_cache(maxsize=256)
def _last_waiting(kinds: tuple[str, ...]) -> Callable[..., Sequence[tuple[Any, ...]]]:
    @written_once
    def last(**given: Any) -> Any:
        rows = sources.listed(Reader.of_given(**given), kinds, waiting=True)
        return rows[:_LAST]

    return last


@written_once
def _waiting(*, person: Any, **given: Any) -> Any:
    reader = Reader.of_given(person=person, **given)
    found = _numbers_waiting(sources.sources(reader))
    numbers = (found.get(kind, models.Value(0)) for kind in WAITING)
    people = User.objects.filter(pk=person)
    return people.values_list(sources.state(), *numbers)
