"""What happened with a use case: its audits, submissions, reviews and files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from audits.models import (
    Audit,
    BoardDecision,
    ConditionStep,
    CoverVersion,
    DecisionStep,
    RemovedUsage,
    Report,
    ResultsCheck,
    ResultsFile,
    Review,
    Submission,
    UsageUpload,
    UseCase,
    User,
    Version,
)
from audits.scoring.results_behind.replaced_results import change_said
from audits.scoring.scored.replaced.replacing import state_of
from audits.scoring.scored.values import candidates_of
from audits.services.due.board_words import said_of_decision, step_said
from audits.services.due.contradictions import cause_of
from audits.services.reviews.contributions import contributions_to, starters_of
from audits.services.reviews.drafts.origin import Origin, origin_of
from audits.services.reviews.resubmissions import submitted_verdict
from audits.services.timelines.changes import Change, changes_of, sponsors_in

type Kind = Literal[
    "started",
    "copied",
    "submitted",
    "taken_back",
    "approved",
    "conditions",
    "sent_back",
    "condition_met",
    "condition_confirmed",
    "condition_open",
    "board",
    "board_step",
    "board_back",
    "due",
    "discarded",
    "results",
    "results_read",
    "results_removed",
    "result_changed",
    "results_back",
    "checked",
    "usage",
    "usage_read",
    "usage_removed",
    "paper",
    "page_one",
    "changed",
    "asked",
    "asked_answered",
    "answered",
    "notes",
    "numbers",
    "offer",
    "both_answered",
]
_FROM_FILES: dict[str, Any] = {
    "kind": Version.Kind.CANDIDATE,
    "set_aside": False,
    "value__sha256__isnull": False,
}
_NOT_READ = ("answers", "levels", "numbers", "notes", "candidates", "assessment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened.

    `number` is that of its audit, counted from 1 in the order in which the audits of
    the use case began; it and `audit` are None where it belongs to none. `other`,
    `about`, `named` and `count` are those of a contribution; `about` is the id of a
    condition, whose words are its `name`. Else `name` is a file's name, `verdict`
    what was submitted, `words` what a reviewer wrote, what a submitter answered or why
    a review is due, and `origin` what the use case was copied from. `changes` are those
    of the use case itself, and `count` then how many others changed with it.
    """

    kind: Kind
    at: datetime
    by: User | None = None
    audit: UUID | None = None
    number: int | None = None
    name: str = ""
    verdict: str = ""
    words: str = ""
    origin: Origin | None = None
    other: User | None = None
    about: str = ""
    named: str = ""
    count: int = 0
    changes: tuple[Change, ...] = ()


def audits_of(use_case: UseCase) -> list[Audit]:
    """Return the audits of a use case without their answers, the first one first."""
    found = Audit.objects.filter(use_case=use_case).defer(*_NOT_READ)
    return list(found.select_related("discarded_by").order_by("created_at", "pk"))


def timeline_of(use_case: UseCase) -> list[Moment]:
    """Return what happened, the newest first."""
    audits = {
        audit.pk: (number, audit)
        for number, audit in enumerate(audits_of(use_case), start=1)
    }
    starters = starters_of(use_case, [*audits])
    moments = [
        *(each for pair in audits.values() for each in _of_audit(*pair, starters)),
        *_contributions(audits),
        *_submissions(audits),
        *_reviews(audits),
        *_conditions(audits),
        *_board(audits),
        *_papers(audits),
        *_pages_one(audits),
        *_checks(audits),
        *_wrong_files(audits),
        *_changed_results(audits),
        *_files(use_case),
        *_changes(use_case),
    ]
    return sorted(moments, key=lambda each: each.at, reverse=True)


type _Numbered = dict[UUID, tuple[int, Audit]]


def _of_audit(
    number: int, audit: Audit, starters: Mapping[UUID, User]
) -> Iterator[Moment]:
    started = Moment(kind="started", at=audit.created_at, audit=audit.pk, number=number)
    yield replace(started, by=starters.get(audit.pk))
    if number == 1 and (origin := origin_of(audit)):
        yield Moment(kind="copied", at=audit.created_at, origin=origin)
    if audit.discarded_at:
        by = audit.discarded_by
        yield replace(started, kind="discarded", at=audit.discarded_at, by=by)
    if audit.review_due_at:
        words = cause_of(audit)
        yield replace(started, kind="due", at=audit.review_due_at, words=words)


def _contributions(audits: _Numbered) -> Iterator[Moment]:
    for each in contributions_to({pk: audit for pk, (_, audit) in audits.items()}):
        yield Moment(
            kind=each.kind,
            at=each.at,
            by=each.by,
            audit=each.audit,
            number=audits[each.audit][0],
            other=each.other,
            about=each.about,
            named=each.named,
            count=each.count,
        )


def _submissions(audits: _Numbered) -> Iterator[Moment]:
    found = Submission.objects.filter(audit__in=audits)
    for each in found.select_related("by", "taken_back_by"):
        number, audit = audits[each.audit_id]
        verdict = submitted_verdict(audit, each)
        submitted = Moment(
            kind="submitted",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=number,
            verdict=verdict.name if verdict else "",
            words=each.words,
        )
        yield submitted
        if each.returned_at and (by := each.taken_back_by):
            at = each.returned_at
            yield replace(
                submitted, kind="taken_back", at=at, by=by, verdict="", words=""
            )


def _reviews(audits: _Numbered) -> Iterator[Moment]:
    found = Review.objects.filter(audit__in=audits).select_related("by")
    kinds: dict[str, Kind] = {
        Review.Outcome.APPROVED: "approved",
        Review.Outcome.CONDITIONS: "conditions",
        Review.Outcome.SENT_BACK: "sent_back",
    }
    for each in found:
        number, _ = audits[each.audit_id]
        yield Moment(
            kind=kinds[each.outcome],
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=number,
            words=each.words,
        )


def _conditions(audits: _Numbered) -> Iterator[Moment]:
    """Yield what became of each condition of a sign-off."""
    kinds: dict[str, Kind] = {
        ConditionStep.Kind.MET: "condition_met",
        ConditionStep.Kind.CONFIRMED: "condition_confirmed",
        ConditionStep.Kind.TAKEN_BACK: "condition_open",
    }
    found = ConditionStep.objects.filter(condition__audit__in=audits)
    for each in found.select_related("by", "condition"):
        audit = each.condition.audit_id
        yield Moment(
            kind=kinds[each.kind],
            at=each.at,
            by=each.by,
            audit=audit,
            number=audits[audit][0],
            name=each.condition.words,
            about=str(each.condition_id),
            words=each.words,
        )


def _board(audits: _Numbered) -> Iterator[Moment]:
    """Yield each record of a decision of the board, and what was done about it."""
    decisions = BoardDecision.objects.filter(audit__in=audits).select_related("by")
    for each in decisions:
        yield Moment(
            kind="board",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=audits[each.audit_id][0],
            name=said_of_decision(each),
            words=each.words,
        )
    steps = DecisionStep.objects.filter(audit__in=audits)
    for step in steps.select_related("by", "decision", "undoes__decision"):
        yield Moment(
            kind="board_back" if step.undoes else "board_step",
            at=step.at,
            by=step.by,
            audit=step.audit_id,
            number=audits[step.audit_id][0],
            name=step_said(step.undoes or step),
            words=step.words,
        )


def _papers(audits: _Numbered) -> Iterator[Moment]:
    papers = Report.objects.filter(audit__in=audits, kind=Report.Kind.PAPER)
    found = papers.filter(state=Report.State.READY)
    for each in found.select_related("requested_by"):
        number, _ = audits[each.audit_id]
        yield Moment(
            kind="paper",
            at=each.finished_at or each.requested_at,
            by=each.requested_by,
            audit=each.audit_id,
            number=number,
        )


def _pages_one(audits: _Numbered) -> Iterator[Moment]:
    """Yield each saving of page 1: how many of its parts changed, and the sponsor."""
    found = CoverVersion.objects.filter(audit__in=audits).select_related("by")
    versions = list(found.order_by("at", "pk"))
    sponsors = sponsors_in(versions)
    for each in versions:
        sponsor = sponsors.get(each.pk)
        yield Moment(
            kind="page_one",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=audits[each.audit_id][0],
            count=len(each.words),
            changes=(sponsor,) if sponsor else (),
        )


def _changes(use_case: UseCase) -> Iterator[Moment]:
    for each in changes_of(use_case):
        yield Moment(
            kind="changed",
            at=each.at,
            by=each.by,
            changes=each.changes,
            count=each.others,
        )


def _checks(audits: _Numbered) -> Iterator[Moment]:
    found = ResultsCheck.objects.filter(audit__in=audits).select_related("by")
    for each in found:
        number, _ = audits[each.audit_id]
        yield Moment(
            kind="checked",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=number,
            name=each.name,
            words=each.sentence,
        )


def _wrong_files(audits: _Numbered) -> Iterator[Moment]:
    """Yield each removal of a results file as a wrong one, and each putting back.

    Both are told once for all runs of the file.
    """
    found = Version.objects.filter(audit__in=audits, **_FROM_FILES)
    gone: dict[tuple[UUID, str], str] = {}
    were_wrong: set[tuple[UUID, str]] = set()
    for each in found.select_related("by").order_by("at", "pk"):
        value = each.value or {}
        file, row = (each.audit_id, value["sha256"]), (each.audit_id, each.item)
        number, _ = audits[each.audit_id]
        moment = Moment(
            kind="results_removed",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=number,
        )
        if wrong := value.get("wrong"):
            were_wrong.add(row)
            if file not in gone:
                gone[file] = wrong["file"]
                yield replace(moment, name=wrong["file"], words=wrong["reason"])
        elif row in were_wrong:
            were_wrong.remove(row)
            if name := gone.pop(file, ""):
                yield replace(moment, kind="results_back", name=name)


def _changed_results(audits: _Numbered) -> Iterator[Moment]:
    """Yield each change of a result that counted, once for all audits that have it."""
    found = Version.objects.filter(
        audit__in=audits, kind=Version.Kind.CANDIDATE, value__replaced__isnull=False
    )
    told: set[tuple[str, int, str]] = set()
    for each in found.select_related("by").order_by("at"):
        [row] = candidates_of({each.item: each.value}).rows
        last = str(row.replaced[-1])
        change = (each.item, len(row.replaced), last)
        if change in told or row.wrong:
            continue
        told.add(change)
        number, _ = audits[each.audit_id]
        yield Moment(
            kind="result_changed",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=number,
            words=change_said(row, row.replaced[-1], state_of(row)),
        )


def _files(use_case: UseCase) -> Iterator[Moment]:
    saved = {
        (value or {})["sha256"]
        for value in Version.objects.filter(
            audit__use_case=use_case, **_FROM_FILES
        ).values_list("value", flat=True)
    }
    results = ResultsFile.objects.filter(use_case=use_case).defer("runs")
    for file in results.select_related("added_by"):
        kind: Kind = "results" if file.digest in saved else "results_read"
        yield Moment(kind=kind, at=file.added_at, by=file.added_by, name=file.name)
    usage = UsageUpload.objects.filter(use_case=use_case).defer("content")
    for month in usage.select_related("added_by"):
        is_saved = month.measured or month.counted_models is not None
        kind = "usage" if is_saved else "usage_read"
        yield Moment(kind=kind, at=month.added_at, by=month.added_by, name=month.name)
    removed = RemovedUsage.objects.filter(use_case=use_case)
    for gone in removed.select_related("added_by", "by"):
        yield Moment(kind="usage_removed", at=gone.at, by=gone.by, name=gone.name)
        yield Moment(kind="usage", at=gone.added_at, by=gone.added_by, name=gone.name)
