"""Requests board papers and their annexes."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from audits.models import (
    Audit,
    Evidence,
    Organization,
    Override,
    Report,
    Review,
    User,
)
from audits.models.clock import database_now
from audits.services.due.asking import decided_until
from audits.services.due.board_decisions import said_by_board
from audits.services.due.contradictions import Contradiction, contradiction_of
from audits.services.files.file_checks import problem_of
from audits.services.jobs import jobs, leases
from audits.services.papers.annexed import annexed
from audits.services.papers.page_one_writers import cover_and_writers
from audits.services.record import events

TEMPLATE_VERSION = "board-52"
ANNEX_VERSION = "annex-1"
LANGUAGE = "en"


class NotSubmitted(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit is a draft: a paper needs a frozen verdict."""


@transaction.atomic
def request_report(
    *, audit: Audit, by: User, alone: bool = True, kind: str = Report.Kind.PAPER
) -> tuple[Report, bool]:
    """Return the paper of a submitted audit, and whether to make it.

    A paper that failed, or lost its worker or task, is queued again; a finished one or
    one in progress is not.

    Args:
        audit: The audit.
        by: Who asks.
        alone: False for a paper that only a pack needs, and that is cancelled with it.
        kind: The paper, or its annex.

    Raises:
        NotSubmitted: The audit is a draft.
    """
    if audit.assessment is None:
        raise NotSubmitted
    report, created = Report.objects.get_or_create(
        organization=audit.organization,
        key=_key(audit, kind),
        defaults={
            "audit": audit,
            "kind": kind,
            "requested_by": by,
            "asked_alone": alone,
            "leased_until": database_now() + leases.PATIENCE,
        },
    )
    hurried = alone and not report.asked_alone
    if hurried:
        report.asked_alone = True
        report.save(update_fields=["asked_alone"])
    if not created and not jobs.queue_lost(job=report):
        # A paper that waits among those of a pack is also queued alone.
        return report, hurried and report.state == Report.State.QUEUED
    line = events.record(
        organization=audit.organization,
        actor=by,
        verb="report.requested",
        subject=str(report.pk),
        audit=str(audit.pk),
        **({} if kind == Report.Kind.PAPER else {"kind": kind}),
    )
    events.keep_line(job=report, line=line)
    return report, True


def is_to_be_made(*, audit: Audit, kind: str = Report.Kind.PAPER) -> bool:
    """Return whether somebody who asks for a paper or annex of an audit makes work."""
    if audit.assessment is None:
        return False
    key = _key(audit, kind)
    same = Report.objects.filter(organization=audit.organization, key=key)
    report = same.exclude(state=Report.State.FAILED).first()
    if report is None or report.state in Report.WAITING:
        return report is None
    return problem_of(report) is not None


def is_current(*, report: Report) -> bool:
    """Return whether a paper or annex made now would say the same."""
    audit = report.audit
    return audit.assessment is not None and report.key == _key(audit, report.kind)


def contradiction_unknown_to(report: Report) -> Contradiction | None:
    """Return what contradicts the verdict of a finished paper and is newer than it."""
    if report.kind != Report.Kind.PAPER or report.finished_at is None:
        return None
    found = contradiction_of(report.audit)
    return found if found and report.finished_at < found.last_at else None


def _key(audit: Audit, kind: str) -> str:
    """Digest the inputs of a paper or annex: a submission, its names, and its reviews.

    An import may rename a use case whose audit is submitted.
    """
    is_annex = kind == Report.Kind.ANNEX
    parts = [*_own(audit), *(_of_annex(audit) if is_annex else _of_paper(audit))]
    content = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()


def form_of(organization: Organization) -> tuple[str, ...]:
    """Return the form of its papers, if it is not that of most."""
    return ("pdf/a-3a",) if organization.archives_papers else ()


def _own(audit: Audit) -> list[Any]:
    organization, use_case = audit.organization, audit.use_case
    parts: list[Any] = [
        *(str(audit.pk), str(audit.submitted_at), LANGUAGE),
        *(audit.framework, audit.framework_version, audit.framework_hash),
        *(
            organization.paper_size,
            organization.accent,
            str(organization.logo),
            str(organization),
            *form_of(organization),
        ),
        *(use_case.name, use_case.summary, use_case.stage),
        *(str(use_case.team), str(use_case.owner)),
        str(audit.submitted_by),
    ]
    lost = Evidence.objects.lost_of(audit)
    parts += sorted(f"{item.question}: {item.problem}" for item in lost)
    if problem_of(organization):
        parts.append("without its logo")
    reviews = Review.objects.of_submission(audit)
    signed = [[str(review.pk), review.signed_under] for review in reviews]
    parts += [step.pk for review in reviews for step in review.steps]
    if audit.signed_off_at:
        signed_over = Override.objects.of_audit(audit).values_list("pk", "by__name")
        parts += [list(map(str, each)) for each in signed_over]
    return [*parts, audit.assessment, audit.state, signed]


def _of_annex(audit: Audit) -> list[Any]:
    """Return what it prints of the answers, with their comments and history."""
    return [ANNEX_VERSION, repr(annexed(audit))]


def _of_paper(audit: Audit) -> list[Any]:
    """Return what it prints beside the verdict: page 1 says if its date has passed."""
    cover, writers = cover_and_writers(audit)
    words = [cover.words, writers.of_others(), writers.after_sign_off()]
    is_late = cover.is_late(timezone.localdate())
    parts = [TEMPLATE_VERSION, words, decided_until(audit, cover), is_late]
    found, board = contradiction_of(audit), said_by_board(audit)
    today = timezone.localdate()
    following = board and board.next_date(today, condition_due=None, otherwise="")
    decided = [repr(board), following] if board else []
    return [*parts, *([found.sentence] if found else []), *decided]
