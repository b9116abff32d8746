"""Keeps the files of packs within the room that their organization has for them.

A file goes only if it can do without: of the same decisions there are newer packs, or
the pack can be made again as it is. Its row stays, and says so.
"""

from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Sum, Window
from django.db.models.functions import RowNumber
from django_scopes import scopes_disabled

from audits.models import BoardPack, Job, Organization
from audits.services.papers.packs.board_packs import is_as_asked
from audits.services.record import events

# So many packs of the same decisions keep their files: those that were made last.
KEPT = 10
# Files are removed from this part of the room on, in hundredths, before it is full.
NEARLY_FULL = 80
_A_RUN = 100
_MEGABYTE = 1024 * 1024


class NoRoomForPacks(Exception):  # noqa: N818 - the state it is in, not a fault
    """The organization has no room for one more pack; says so in words for people."""


def require_space(organization: Organization) -> None:
    """Refuse one more pack if those that are there take all the room.

    Raises:
        NoRoomForPacks: They do.
    """
    own = BoardPack.objects.filter(organization=organization)
    if (own.aggregate(used=Sum("size"))["used"] or 0) < settings.PACK_QUOTA:
        return
    most = settings.PACK_QUOTA // _MEGABYTE
    message = (
        f"The board packs of your organization take all of its {most:,} MB. Attune "
        "removes older ones that can be made again, so try again in a few minutes. If "
        "that does not help, ask an administrator for more room."
    )
    raise NoRoomForPacks(message)


def expire_packs() -> int:
    """Remove files of packs that can do without; return how many, at most a hundred."""
    with scopes_disabled():
        older = [*_older_of_the_same()]
        removed = sum(_expire(pack) for pack in older)
        for organization in _short_of_room():
            removed += _make_room(organization)
    return removed


def _older_of_the_same() -> Iterator[BoardPack]:
    """Yield packs of which there are enough newer ones of the same decisions."""
    place = Window(
        RowNumber(),
        partition_by=[F("organization"), F("content")],
        order_by=[F("finished_at").desc(), F("pk").desc()],
    )
    packs = BoardPack.objects.light().select_related("organization")
    counted = (
        packs.filter(state=Job.State.READY).exclude(content="").annotate(place=place)
    )
    yield from counted.filter(place__gt=KEPT).order_by("finished_at")[:_A_RUN]


def _short_of_room() -> list[Organization]:
    most = settings.PACK_QUOTA * NEARLY_FULL // 100
    sizes = BoardPack.objects.order_by().values("organization")
    full = sizes.annotate(used=Sum("size")).filter(used__gte=most)
    return list(Organization.objects.filter(pk__in=full.values("organization")))


def _make_room(organization: Organization) -> int:
    """Remove the oldest files that can be made again, until there is room."""
    own = BoardPack.objects.filter(organization=organization)
    too_much = (own.aggregate(used=Sum("size"))["used"] or 0) - (
        settings.PACK_QUOTA * NEARLY_FULL // 100
    )
    removed = 0
    ready = own.filter(state=Job.State.READY).order_by("finished_at", "pk")
    for pack in ready.select_related("organization").iterator(chunk_size=_A_RUN):
        if too_much < 0 or removed == _A_RUN:
            break
        if is_as_asked(pack):
            too_much -= pack.size
            removed += _expire(pack)
    return removed


@transaction.atomic
def _expire(pack: BoardPack) -> bool:
    """Remove the file of a pack, and say so in the record; False if it has another."""
    file = pack.file.name
    own = BoardPack.objects.filter(pk=pack.pk, state=Job.State.READY, file=file)
    if not own.update(state=Job.State.EXPIRED, file="", size=0, told={}):
        return False
    events.record(
        organization=pack.organization,
        actor=None,
        verb="pack.expired",
        subject=str(pack.pk),
        sha256=pack.digest,
    )
    if file:
        discard = partial(default_storage.delete, file)
        transaction.on_commit(discard, robust=True)
    return True
