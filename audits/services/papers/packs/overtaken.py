"""Whether a pack is out of date: what its page says beside the file."""

from django.db.models import Exists, F, OuterRef, Q

from audits.models import (
    Audit,
    BoardDecision,
    BoardPack,
    CoverVersion,
    Override,
    PackDecision,
    Review,
)

_IN_A_PACK = (Audit.State.IN_REVIEW, Audit.State.SIGNED_OFF)
# What is said of a decision, or written for it, after a pack was made.
_SAID = (BoardDecision, Review, Override, CoverVersion)


def is_overtaken(pack: BoardPack) -> bool:
    """Return whether a decision of a pack was recorded, signed or changed since.

    Note: one query, which reads nothing of what the pack froze.
    """
    since = {"audit": OuterRef("audit"), "at__gt": pack.frozen_at}
    moved = ~Q(audit__submitted_at=F("submitted_at"))
    moved |= ~Q(audit__state__in=_IN_A_PACK)
    for model in _SAID:
        moved |= Q(Exists(model._base_manager.filter(**since)))
    return PackDecision.objects.filter(moved, pack=pack).exists()
