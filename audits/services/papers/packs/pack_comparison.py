"""Which earlier pack a board pack is compared with: its asker chooses."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from audits.models import BoardPack, Job, User
from audits.services.due.meeting_day import meeting_day

# What a request says instead of a pack's id, for a pack that is compared with none.
NOTHING = "none"
_MADE = (Job.State.READY, Job.State.EXPIRED)
_MOST = 20


class NoSuchPack(Exception):  # noqa: N818 - the state it is in, not a fault
    """There is no such pack over the same filter; the message is for people."""


def earlier_pack(
    *, by: User, filters: str, meeting: str, content: str, since: str
) -> BoardPack | None:
    """Return the pack that a new one is compared with; None for none.

    Without a choice, it is the newest of an earlier day and meeting: one that the
    person asked for over this filter, else one of anybody. A pack that exists stays as
    it is: who asks again for what they, or first of all anybody, asked for gets the
    same pack.

    Args:
        by: Who asks.
        filters: The filter, as the portfolio's query.
        meeting: The purpose of the new pack.
        content: What it covers, as `BoardPack.content`.
        since: The id of the pack that they chose, or NOTHING; empty for no choice.

    Raises:
        NoSuchPack: There is no pack with this id over the filter.
    """
    if since == NOTHING:
        return None
    packs = BoardPack.objects.light().filter(filters=filters).order_by("-frozen_at")
    if since:
        return _chosen(packs, since)
    made = packs.filter(state__in=_MADE)
    own = made.filter(requested_by=by)
    same = packs.filter(meeting=meeting, content=content)
    known = same.filter(requested_by=by) if own.exists() else same
    if again := known.select_related("previous").first():
        return again.previous
    held, today = meeting_day(meeting), timezone.localdate()
    return _of_an_earlier_day(own, held, today) or _of_an_earlier_day(made, held, today)


def _of_an_earlier_day(
    packs: "QuerySet[BoardPack]", held: date | None, today: date
) -> BoardPack | None:
    """Return the first pack of an earlier day, and of an earlier meeting than `held`.

    Of a meeting whose day is not known, only the day of the pack counts.
    """
    for pack in packs.iterator():
        before = meeting_day(pack.meeting)
        is_earlier = held is None or before is None or before < held
        if is_earlier and timezone.localdate(pack.frozen_at) < today:
            return pack
    return None


def to_compare_with(
    filters: str, pack: BoardPack | None = None
) -> "QuerySet[BoardPack]":
    """Return the latest packs that one of the same filter may be compared with.

    Args:
        filters: The filter, as the portfolio's query.
        pack: One that is left out, as nothing is compared with itself.
    """
    made = BoardPack.objects.light().filter(filters=filters, state__in=_MADE)
    if pack:
        made = made.exclude(pk=pack.pk)
    newest = made.select_related("requested_by")
    return newest.order_by("-frozen_at")[:_MOST]


def _chosen(packs: "QuerySet[BoardPack]", since: str) -> BoardPack:
    try:
        return packs.get(pk=UUID(since))
    except (ValueError, BoardPack.DoesNotExist) as error:
        message = (
            "The pack to compare with is no pack of this filter. Choose another pack."
        )
        raise NoSuchPack(message) from error
