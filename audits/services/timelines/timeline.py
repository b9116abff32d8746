"""What happened with a use case: its audits, submissions, reviews and files."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from audits.models import (
    Audit,
    BoardDecision,
    ConditionStep,
    CoverVersion,
    DecisionStep,
    Report,
    ResultsCheck,
    Review,
    Submission,
    UseCase,
    User,
)
from audits.scoring.proposals.counted_words import listed
from audits.services.due.board_words import recorder_said, said_of_decision, step_said
from audits.services.due.contradictions import cause_of, is_of_market
from audits.services.papers.page_one_words import LABELS
from audits.services.reviews.drafts.origin import origin_of
from audits.services.reviews.resubmissions import submitted_verdict
from audits.services.timelines.changes import (
    changes_of,
    import_of,
    names_of,
    sponsors_in,
)
from audits.services.timelines.contributions import contributions_to, starters_of
from audits.services.timelines.moments import Kind, Moment
from audits.services.timelines.of_files import (
    Numbered,
    changed_results,
    files_of,
    wrong_files,
)
from audits.services.timelines.second_looks import (
    opinions_of,
    overrides_of,
    shares_of,
)
from audits.services.timelines.verdicts_then import with_verdicts

_NOT_READ = ("answers", "levels", "numbers", "notes", "candidates", "assessment")


def audits_of(use_case: UseCase) -> list[Audit]:
    """Return the audits of a use case without their answers, the first one first."""
    found = Audit.objects.filter(use_case=use_case).defer(*_NOT_READ)
    return list(found.select_related("discarded_by").order_by("created_at", "pk"))


def timeline_of(use_case: UseCase, *, with_shares: bool = False) -> list[Moment]:
    """Return what happened, the newest first.

    Args:
        use_case: The use case.
        with_shares: Whether the reader may see with whom papers are shared.
    """
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
        *opinions_of(audits),
        *overrides_of(audits),
        *(shares_of(audits) if with_shares else ()),
        *_conditions(audits),
        *_board(audits),
        *_papers(audits),
        *_pages_one(audits),
        *_checks(audits),
        *wrong_files(audits),
        *changed_results(audits),
        *files_of(use_case),
        *_changes(use_case),
    ]
    # Of what happened at once, the list has what comes first before the rest.
    return sorted(moments, key=lambda each: each.at)[::-1]


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
        kind: Kind = "market" if is_of_market(audit.review_cause) else "due"
        words = cause_of(audit)
        yield replace(started, kind=kind, at=audit.review_due_at, words=words)


def _contributions(audits: Numbered) -> Iterator[Moment]:
    of = {pk: audit for pk, (_, audit) in audits.items()}
    told = [
        Moment(
            kind=each.kind,
            at=each.at,
            by=each.by,
            audit=each.audit,
            number=audits[each.audit][0],
            other=each.other,
            about=each.about,
            named=each.named,
            count=each.count,
            answers=each.answers,
        )
        for each in contributions_to(of)
    ]
    yield from with_verdicts(of, told)


def _submissions(audits: Numbered) -> Iterator[Moment]:
    found = Submission.objects.filter(audit__in=audits).defer("frozen")
    for each in found.select_related("by", "taken_back_by"):
        number, audit = audits[each.audit_id]
        verdict = submitted_verdict(audit, each)
        submitted = Moment(
            kind="submitted",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=number,
            verdict=verdict,
            words=each.words,
        )
        yield submitted
        yield from _withdrawals(each, replace(submitted, verdict=None, words=""))
        if each.returned_at and (by := each.taken_back_by):
            at = each.returned_at
            yield replace(
                submitted, kind="taken_back", at=at, by=by, verdict=None, words=""
            )


def _withdrawals(submission: Submission, of: Moment) -> Iterator[Moment]:
    """Yield how a submission was taken back and put back into review, each time."""
    found = submission.withdrawals
    people = User.objects.in_bulk(
        {each[x] for each in found for x in ("by", "back_by")}
    )
    for each in found:
        at, back_at = map(datetime.fromisoformat, (each["at"], each["back_at"]))
        yield replace(of, kind="taken_back", at=at, by=people.get(each["by"]))
        yield replace(of, kind="put_back", at=back_at, by=people.get(each["back_by"]))


def _reviews(audits: Numbered) -> Iterator[Moment]:
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


def _conditions(audits: Numbered) -> Iterator[Moment]:
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


def _board(audits: Numbered) -> Iterator[Moment]:
    """Yield each record of a decision of the board, and what was done about it."""
    decisions = BoardDecision.objects.filter(audit__in=audits)
    for each in decisions.select_related("by", "audit__use_case"):
        yield Moment(
            kind="board",
            at=each.at,
            by=each.by,
            audit=each.audit_id,
            number=audits[each.audit_id][0],
            name=said_of_decision(each),
            about=recorder_said(each),
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


def _papers(audits: Numbered) -> Iterator[Moment]:
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


def _pages_one(audits: Numbered) -> Iterator[Moment]:
    """Yield each saving of page 1: which of its parts changed, and the sponsor."""
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
            name=listed([LABELS[field] for field in LABELS if field in each.words]),
            changes=(sponsor,) if sponsor else (),
        )


def _changes(use_case: UseCase) -> Iterator[Moment]:
    imported, changed = import_of(use_case), list(changes_of(use_case))
    ids = [imported.inventory] if imported else []
    names = names_of([*ids, *(each.inventory for each in changed)])
    if imported:
        name = names.get(imported.inventory, "")
        yield Moment(kind="imported", at=imported.at, by=imported.by, name=name)
    for each in changed:
        yield Moment(
            kind="changed_by_import" if each.inventory else "changed",
            at=each.at,
            by=each.by,
            name=names.get(each.inventory, ""),
            changes=each.changes,
            count=each.others,
        )


def _checks(audits: Numbered) -> Iterator[Moment]:
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
