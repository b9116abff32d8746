"""Shares papers and packs with board readers and by links; records each opening."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audits.models import (
    BoardPack,
    Event,
    Membership,
    Organization,
    Report,
    Role,
    Share,
    User,
)
from audits.models.sharing.shares import ShareQuerySet
from audits.services.papers.packs.board_packs import is_as_asked
from audits.services.papers.reports import is_current
from audits.services.record import events
from audits.services.record.late_lines import record_soon

# Open ones of one paper or pack.
MOST = 50
_SECRET_BYTES = 32
OPENED, REFUSED, ENDED = "share.opened", "share.refused", "share.ended"


@transaction.atomic
def share_with_reader(
    *, job: Report | BoardPack, by: Membership, reader: User
) -> Share:
    """Share a paper or a pack with a board reader, until that is ended.

    Args:
        job: What is shared, as it was made.
        by: The reviewer.
        reader: A board reader of the organization; once more changes nothing.

    Raises:
        ValidationError: They are none, or enough shares of it are open.
    """
    _lock(by)
    if not readers_of(by).filter(pk=reader.pk).exists():
        message = "Choose a board reader"
        raise ValidationError({"reader": message})
    known: Share | None = shares_of(job).open().filter(reader=reader).first()
    return known or _made(job, by, "share.given", Share(reader=reader))


@transaction.atomic
def share_by_link(
    *, job: Report | BoardPack, by: Membership, words: str, passphrase: str, days: int
) -> tuple[Share, str]:
    """Make a link that opens a paper or a pack for who knows its passphrase.

    Args:
        job: What is shared, as it was made.
        by: The reviewer.
        words: For whom the link is.
        passphrase: What is asked before it opens; only a slow hash is stored.
        days: After how many days it opens nothing any more.

    Returns:
        The share, and the secret of its link, which is not stored.

    Raises:
        ValidationError: Enough shares of it are open.
    """
    _lock(by)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    share = Share(
        words=words,
        digest=Share.digest_of(secret),
        passphrase=make_password(passphrase),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return _made(job, by, "share.link_made", share), secret


@transaction.atomic
def end_share(*, share: Share, by: User) -> None:
    """Let what was shared open no more; ending it twice changes nothing."""
    rows = Share.objects.filter(pk=share.pk, ended_at=None)
    if rows.update(ended_at=timezone.now()):
        _record(share, by, ENDED)


def is_passphrase(share: Share, typed: str) -> bool:
    """Return whether a text is the passphrase of a link."""
    return check_password(typed, share.passphrase)


def record_opening(*, share: Share, by: User | None) -> None:
    """Record that somebody opens what was shared; call it before sending anything.

    Args:
        share: What is opened.
        by: The board reader; None for who has a link, whom nobody knows.
    """
    record_soon(
        organization=share.organization,
        by=by,
        verb=OPENED,
        subject=str(share.public_id),
        what=str(share.job.pk),
    )


def record_refusal(*, share: Share) -> None:
    """Record that somebody entered a wrong passphrase; limits keep the number low.

    Args:
        share: The share of the link.
    """
    record_soon(
        organization=share.organization,
        by=None,
        verb=REFUSED,
        subject=str(share.public_id),
        what=str(share.job.pk),
    )


def is_out_of_date(job: Report | BoardPack) -> bool:
    """Return whether a finished paper or pack would say something else if made now.

    Note: the queries of making its key.
    """
    if isinstance(job, BoardPack):
        return not is_as_asked(job)
    return not is_current(report=job)


def shares_of(job: Report | BoardPack) -> ShareQuerySet:
    """Return what was shared of a paper or a pack, the latest first."""
    own = {"pack": job} if isinstance(job, BoardPack) else {"report": job}
    return Share.objects.select_related("by", "reader").filter(**own)


def readers_of(member: Membership) -> QuerySet[User]:
    """Return the board readers of a member's organization, by name."""
    own = Membership.objects.filter(
        organization=member.organization_id, role=Role.BOARD
    )
    people = User.objects.filter(pk__in=own.values("user"), is_active=True)
    return people.order_by("name", "pk")


def tries_of(shares: Iterable[Share]) -> QuerySet[Event]:
    """Return the lines of the record on openings and on wrong passphrases of shares."""
    subjects = [str(share.public_id) for share in shares]
    found = Event.objects.filter(verb__in=(OPENED, REFUSED), subject__in=subjects)
    return found.order_by("-number")


def copies_stay(share: Share) -> str:
    """Say how often a share was downloaded, which stopping it does not take back.

    Note: one query.
    """
    return copies_said(tries_of([share]).filter(verb=OPENED).count())


def copies_said(number: int) -> str:
    """Say of so many downloads that they stay; empty without one.

    >>> copies_said(1)
    'Downloaded once: that copy stays with who has it.'
    """
    if not number:
        return ""
    if number == 1:
        return "Downloaded once: that copy stays with who has it."
    return f"Downloaded {number:,} times: those copies stay with who has them."


def _made(job: Report | BoardPack, by: Membership, verb: str, share: Share) -> Share:
    if shares_of(job).open().count() >= MOST:
        message = f"It is shared {MOST} times already. End one to share it again."
        raise ValidationError(message)
    if isinstance(job, BoardPack):
        share.pack = job
    else:
        share.report = job
    share.organization, share.by = by.organization, by.user
    share.save(force_insert=True)
    _record(share, by.user, verb)
    return share


def _record(share: Share, by: User, verb: str) -> None:
    told: dict[str, object] = {"what": str(share.job.pk)}
    if share.reader_id:
        told["reader"] = share.reader_id
    if share.expires_at:
        told["until"] = share.expires_at.isoformat()
    events.record(
        organization=share.organization,
        actor=by,
        verb=verb,
        subject=str(share.public_id),
        **told,
    )


def _lock(by: Membership) -> None:
    Organization.objects.select_for_update(no_key=True).get(pk=by.organization_id)
