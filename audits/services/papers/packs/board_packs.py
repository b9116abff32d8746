"""Requests board packs, and freezes their inputs."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, When
from django.utils import timezone

from audits.models import (
    Audit,
    AuditQuerySet,
    BoardPack,
    Cover,
    CoverVersion,
    Event,
    Job,
    Organization,
    Override,
    PackDecision,
    Report,
    User,
)
from audits.models.audits import values
from audits.models.clock import database_now
from audits.models.portfolio.filters import signed_waiting
from audits.scoring.proposals.proposal import DOLLARS
from audits.services.board.before_pack import any_told, frozen_decisions
from audits.services.due.meeting_day import meeting_day
from audits.services.files.file_checks import problem_of
from audits.services.jobs import jobs, leases
from audits.services.papers.packs.pack_asked_for import OF_ASKED, frozen_asked
from audits.services.papers.packs.pack_comparison import earlier_pack
from audits.services.papers.packs.pack_conditions import (
    open_conditions,
    signed_said,
    with_open_conditions,
)
from audits.services.papers.packs.pack_outcomes import frozen_outcomes
from audits.services.papers.reports import LANGUAGE, TEMPLATE_VERSION, form_of
from audits.services.record import events

PACK_VERSION = "pack-45"
# The words of a paper that an import can change after the submission.
_NAMES = (
    *("use_case__name", "use_case__summary", "use_case__stage"),
    *("use_case__team__name", "use_case__owner__name"),
)
# Whether its paper waits for the board, and whether a reviewer could sign it.
_WAITS = ("state", "portfolio_row__is_provisional", "portfolio_row__board_state")
_OF_VERDICT = (
    *("verdict", "comes_first", "submitted_at"),
    *("use_case_id", "use_case__team_id"),
)
_SIGNED = signed_waiting("portfolio_row__", audit="")
_WRITERS = ("audit_id", "by__name", "by__email")
_FROZEN = ("answers", "levels", "numbers", "landscape_date", "framework_hash")


class NothingToDecide(Exception):  # noqa: N818 - the state it is in, not a fault
    """There is nothing to put in a pack; the message is for people."""


@transaction.atomic
def request_pack(
    *,
    organization: Organization,
    by: User,
    audits: AuditQuerySet,
    filters: str = "",
    meeting: str = "",
    since: str = "",
) -> tuple[BoardPack, bool]:
    """Return the pack of some audits as they are now, and whether to make it.

    Where none awaits a decision, it tells what became of those that were taken.

    One that was asked for before, of the same decisions, verdicts and outcomes and
    compared with the same pack, is returned; it is queued again if it failed, was
    cancelled or is lost, or its file was removed.

    Args:
        organization: Whose pack.
        by: Who asks.
        audits: The audits of the filter, in the order of decision.
        filters: The filter, as the portfolio's query.
        meeting: Its purpose, in the words of the person.
        since: The pack to compare it with, as `earlier_pack` takes it.

    Raises:
        NothingToDecide: None of the audits awaits a decision, and nothing is new about
            those that were taken.
        NoSuchPack: There is no such pack to compare it with.
    """
    rows = list(
        audits.values(
            *("pk", *_WAITS, *_OF_VERDICT, *_FROZEN, *_NAMES, *OF_ASKED),
            signed_waits=_signed_waits(),
        )
    )
    asked = sorted(filter(_awaits_board, rows), key=_place)
    frozen = _all_frozen(rows, meeting_day(meeting) or timezone.localdate())
    content = _key(organization, [frozen], asked)
    before = earlier_pack(
        by=by, filters=filters, meeting=meeting, content=content, since=since
    )
    _require_any(asked, frozen, before)
    outcomes = frozen_outcomes(audits)
    inputs = [filters, meeting, frozen, outcomes, _id(before.pk if before else None)]
    pack, created = BoardPack.objects.get_or_create(
        organization=organization,
        key=_key(organization, inputs, asked),
        defaults={
            "content": content,
            "filters": filters,
            "meeting": meeting,
            "verdicts": frozen,
            "outcomes": outcomes,
            "requested_by": by,
            "previous": before,
            "leased_until": database_now() + leases.PATIENCE,
        },
    )
    if created:
        _add_decisions(pack, asked)
    elif jobs.queue_lost(job=pack):
        # Failed papers are requested again with it.
        forget_papers(pack)
    else:
        return pack, False
    told = {"decisions": len(asked), "since": _id(pack.previous_id)}
    line = _record(pack, by, "pack.requested", **told)
    events.keep_line(job=pack, line=line)
    return pack, True


@transaction.atomic
def cancel_pack(*, pack: BoardPack, by: User) -> bool:
    """Stop an unfinished pack; False if there is nothing to stop.

    This also stops papers that only this pack needs.
    """
    own = BoardPack.objects.waiting().filter(pk=pack.pk)
    now = timezone.now()
    cancelled = own.update(state=Job.State.CANCELLED, finished_at=now)
    pack.refresh_from_db()
    if not cancelled:
        return False
    decisions = PackDecision.objects.filter(report=OuterRef("pk"))
    others = decisions.filter(pack__state__in=Job.WAITING)
    Report.objects.filter(
        Exists(decisions.filter(pack=pack)),
        ~Exists(others),
        state=Job.State.QUEUED,
        asked_alone=False,
    ).update(state=Job.State.CANCELLED, finished_at=now)
    _record(pack, by, "pack.cancelled")
    return True


def put_back_to_wait(*, pack: BoardPack) -> bool:
    """Release a pack until its papers are made; False if the lease is gone."""
    held = BoardPack.objects.held_as(pack)
    waits = held.update(
        state=Job.State.QUEUED, attempts=0, **leases.queued(database_now())
    )
    pack.refresh_from_db()
    return bool(waits)


def is_current(decision: PackDecision) -> bool:
    """Return whether an audit still has the verdict in its pack."""
    return decision.audit.submitted_at == decision.submitted_at


def is_as_asked(pack: BoardPack) -> bool:
    """Return whether a pack made today would have the same inputs."""
    audits = Audit.objects.filter(pack_decisions__pack=pack)
    asked = list(
        audits.order_by("pack_decisions__number").values(
            *("pk", *_WAITS, "submitted_at", *_NAMES), signed_waits=_signed_waits()
        )
    )
    before = _id(pack.previous_id)
    content = [pack.filters, pack.meeting, pack.verdicts, pack.outcomes, before]
    return (
        all(map(_awaits_board, asked))
        and _key(pack.organization, content, asked) == pack.key
    )


def forget_papers(pack: BoardPack) -> None:
    """Request every paper of a pack again when it is made."""
    PackDecision.objects.filter(pack=pack).update(report=None)


def _awaits_board(row: Mapping[str, Any]) -> bool:
    """Return whether the board decides: on what is submitted, or signed for decision.

    A reviewer signs, the board decides: what it decided is left out (decision 0132).
    """
    in_review = row["state"] == Audit.State.IN_REVIEW
    return bool(in_review or row["signed_waits"])


def _signed_waits() -> Case:
    """Return whether it is signed and waits, as the portfolio counts it."""
    return Case(When(_SIGNED, then=True), default=False)


def _place(row: Mapping[str, Any]) -> tuple[bool, bool]:
    """Return the place of a paper: what was deferred, then what is not ready, is last.

    Nobody can sign off what is not ready.
    """
    is_deferred = row["portfolio_row__board_state"] == "deferred"
    return bool(row["portfolio_row__is_provisional"]), is_deferred


def _all_frozen(rows: Sequence[Any], on: date) -> dict[str, dict[str, Any]]:
    """Return what a pack freezes of each use case, by its id.

    Args:
        rows: The columns of the audits.
        on: The day of the meeting, or of the pack.

    Raises:
        NothingToDecide: There are no audits.
    """
    if not rows:
        message = "No use case matches this filter, so there is nothing to decide."
        raise NothingToDecide(message)
    conditions = open_conditions(row["pk"] for row in rows)
    decided = frozen_decisions(row["use_case_id"] for row in rows)
    return {
        str(row["use_case_id"]): {
            **_frozen(row),
            **conditions.get(row["pk"], {}),
            **(board := decided.get(row["use_case_id"], {})),
            **(frozen_asked(row, board, on) if _awaits_board(row) else {}),
        }
        for row in rows
    }


def _require_any(
    asked: Sequence[Any],
    frozen: Mapping[str, Mapping[str, Any]],
    before: BoardPack | None,
) -> None:
    """Refuse a pack without anything to decide and without an earlier decision.

    Raises:
        NothingToDecide: There is nothing new about decisions that were taken.
    """
    if asked or any_told(frozen.values(), before.frozen_at if before else None):
        return
    message = (
        "No use case in this filter is waiting for a decision. Submit the answers "
        "for one, or choose another filter."
    )
    if number := with_open_conditions(frozen):
        message += f" {signed_said(number)}: the portfolio has their dates."
    raise NothingToDecide(message)


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the next pack needs to know about a use case."""
    given = json.dumps(
        [values(row["levels"]), values(row["numbers"])], sort_keys=True
    ).encode()
    day = row["landscape_date"]
    return {
        "team": row["use_case__team_id"],
        "verdict": row["verdict"],
        "comes_first": row["comes_first"],
        "answers": values(row["answers"]),
        "given": hashlib.sha256(given).hexdigest()[:16],
        "on": day.isoformat() if day else None,
        "framework": row["framework_hash"],
    }


def _key(organization: Organization, content: list[Any], asked: Sequence[Any]) -> str:
    """Digest the inputs of a pack: the decisions as submitted, and all words."""
    covers = Cover.objects.filter(audit__in=[row["pk"] for row in asked])
    words = {str(cover.audit_id): cover.words for cover in covers}
    writers = CoverVersion.objects.filter(audit__in=[row["pk"] for row in asked])
    wrote = writers.order_by(*_WRITERS).values_list(*_WRITERS).distinct()
    parts = [
        *(PACK_VERSION, TEMPLATE_VERSION, LANGUAGE, *content),
        *(
            organization.paper_size,
            organization.accent,
            str(organization.logo),
            str(organization),
            *form_of(organization),
            words,
            list(wrote),
        ),
        [
            [row[name] for name in ("pk", "state", "submitted_at", *_NAMES)]
            for row in asked
        ],
    ]
    if organization.currency != DOLLARS:
        parts.append(organization.currency)
    own = Override.objects.filter(audit__in=[row["pk"] for row in asked])
    if overrides := sorted(map(str, own.values_list("pk", flat=True))):
        parts.append(overrides)
    if problem_of(organization):
        parts.append("without its logo")
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _id(pack: UUID | None) -> str | None:
    return str(pack) if pack else None


def _add_decisions(pack: BoardPack, asked: Sequence[Any]) -> None:
    PackDecision.objects.bulk_create(
        PackDecision(
            organization=pack.organization,
            pack=pack,
            audit_id=row["pk"],
            number=number,
            submitted_at=row["submitted_at"],
        )
        for number, row in enumerate(asked, start=1)
    )


def _record(pack: BoardPack, by: User, verb: str, **details: Any) -> Event:
    return events.record(
        organization=pack.organization,
        actor=by,
        verb=verb,
        subject=str(pack.pk),
        **details,
    )
